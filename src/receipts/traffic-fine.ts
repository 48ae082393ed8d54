import { formatAmount, normaliseCode, normaliseText, parseAmount } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import type { CoreData } from '../proof/index.js';
import { canonicalInstant, CLOCK_SKEW_MS } from './instant.js';
import { largestLateFee } from './late-fee.js';
import { checkPlate } from './plate-rules.js';
import type { ReceiptDefinition } from './receipt-definition.js';
import { type ReceiptDraft, readReceiptDraft } from './receipt-draft.js';
import { gridFields, textOf } from './receipt-labels.js';
import type { Report } from './receipt-report.js';
import type { ReceiptRulesContext } from './receipt-rules.js';
import { BILL_LIFE_CYCLE } from './receipt.life-cycle.js';
import { fact } from './receipt.public-facts.js';
import { printedTime } from './receipt.pdf.words.js';
import { DecisionHasReceipt } from './receipts.errors.js';
import { TrafficFineDto, type TrafficFineRequest } from './traffic-fine.dto.js';

/** 罚没款 and its type: SAMPLE codes of the finance department. */
const BILL = { category: '01', type: '03', title: '罚没款统一票据（电子）' };

/** 交通罚款: issued for one decision, once, when it has been paid. */
export const trafficFine: ReceiptDefinition<TrafficFineRequest> = {
  name: 'receipt.traffic-fine',
  title: { zh: '交通罚款电子票据', en: 'Traffic fine receipt' },
  isSupervised: true,
  lifeCycle: BILL_LIFE_CYCLE,
  claims: {
    of: ({ particulars }) => [`decision ${textOf(particulars, 'decisionNo')}`],
    refusal: () => new DecisionHasReceipt(),
  },
  parse: compileValidator(TrafficFineDto),
  read: (request) => readReceiptDraft(request, request, readParticulars(request.particulars)),
  check: checkFine,
  formOf: () => BILL,
  amountFields: ['fineAmount', 'lateFee'],
  gridOf: ({ particulars }) => ({
    columns: 3,
    fields: gridFields(particulars, [
      ['decisionNo', '处罚决定书编号'],
      ['decidedAt', '决定时间', 1, printedTime],
      ['points', '记分', 1],
      ['plateNo', '号牌号码'],
      ['plateType', '号牌种类'],
      ['violationCode', '违法代码'],
      ['violationTime', '违法时间', 1, printedTime],
      ['violationPlace', '违法地点', 2],
      ['violationText', '违法行为', 3],
      ['violatedArticle', '违反条款', 1],
      ['penaltyArticle', '处罚依据', 2],
      ['fineAmount', '罚款金额'],
      ['lateFee', '加处罚款'],
      ['paidAt', '缴款时间', 1, printedTime],
      ['paymentChannel', '缴款渠道'],
      ['payOrderNo', '缴款流水号', 2],
      ['enforcementUnit', '执法单位', 2],
      ['enforcementUnitCode', '单位代码'],
    ]),
  }),
  listsOf: () => [],
  // Never the plate, the place or the time: together they tell where a person was.
  publicFacts: ({ items }) => [fact('项目名称', 'Item', items[0]?.name ?? '')],
};

function readParticulars(fine: TrafficFineRequest['particulars']): CoreData {
  const { enforcementUnitCode, paidAt, paymentChannel, payOrderNo } = fine;
  return {
    decisionNo: normaliseCode(fine.decisionNo),
    decidedAt: canonicalInstant(normaliseCode(fine.decidedAt)),
    plateNo: normaliseCode(fine.plateNo),
    plateType: normaliseCode(fine.plateType),
    violationCode: normaliseCode(fine.violationCode),
    violationText: normaliseText(fine.violationText),
    violatedArticle: normaliseText(fine.violatedArticle),
    penaltyArticle: normaliseText(fine.penaltyArticle),
    violationTime: canonicalInstant(normaliseCode(fine.violationTime)),
    violationPlace: normaliseText(fine.violationPlace),
    points: fine.points,
    fineAmount: formatAmount(parseAmount(fine.fineAmount)),
    lateFee: formatAmount(parseAmount(fine.lateFee ?? '0.00')),
    enforcementUnit: normaliseText(fine.enforcementUnit),
    ...(enforcementUnitCode !== undefined && { enforcementUnitCode: normaliseCode(enforcementUnitCode) }),
    ...(paidAt !== undefined && { paidAt: canonicalInstant(normaliseCode(paidAt)) }),
    ...(paymentChannel !== undefined && { paymentChannel: normaliseText(paymentChannel) }),
    ...(payOrderNo !== undefined && { payOrderNo: normaliseCode(payOrderNo) }),
  };
}

function checkFine(draft: ReceiptDraft, context: ReceiptRulesContext, report: Report): void {
  const { particulars } = draft;
  for (const field of ['paidAt', 'paymentChannel', 'payOrderNo']) {
    if (textOf(particulars, field) === '') {
      report(`particulars.${field}`, 'not-paid', 'A receipt is issued only for a fine that is paid; say how and when.');
    }
  }
  checkViolation(draft, context, report);
  checkOrder(draft, context.now, report);
  checkAmounts(draft, report);
}

/** What was forbidden, and which plates there were, is told by the day of the violation. */
function checkViolation({ particulars }: ReceiptDraft, { tables }: ReceiptRulesContext, report: Report): void {
  const day = textOf(particulars, 'violationTime').slice(0, 10);
  const code = textOf(particulars, 'violationCode');
  if (tables.table('violation-codes').find(code, day) === undefined) {
    const message = `The violation code ${code} is not in force on ${day}, the day of the violation; see the table violation-codes.`;
    report('particulars.violationCode', 'violation-code-not-in-force', message);
  }
  checkPlate(textOf(particulars, 'plateNo'), day, tables, report.bind(null, 'particulars.plateNo'));
}

/** Violation ≤ decision ≤ payment ≤ now. Canonical instants sort as text. */
function checkOrder({ particulars }: ReceiptDraft, now: Date, report: Report): void {
  const [violated, decided, paid] = ['violationTime', 'decidedAt', 'paidAt'].map((field) => textOf(particulars, field));
  if (violated !== undefined && decided !== undefined && decided < violated) {
    report('particulars.decidedAt', 'time-order', 'A decision is not made before the violation.');
  }
  if (paid === undefined || paid === '') {
    return;
  }
  if (decided !== undefined && paid < decided) {
    report('particulars.paidAt', 'time-order', 'A fine is not paid before the decision.');
  }
  if (new Date(paid).getTime() > now.getTime() + CLOCK_SKEW_MS) {
    report('particulars.paidAt', 'time-order', 'This payment lies in the future.');
  }
}

function checkAmounts({ particulars, items }: ReceiptDraft, report: Report): void {
  const [fine, late] = ['fineAmount', 'lateFee'].map((field) => parseAmount(textOf(particulars, field))) as [
    bigint,
    bigint,
  ];
  if (fine <= 0n) {
    report('particulars.fineAmount', 'amount-not-positive', 'A fine is more than 0.00.');
  }
  if (items[0]?.amount !== fine) {
    report('items[0].amount', 'fine-mismatch', `The first item is the fine, ${formatAmount(fine)}.`);
  }
  const isLateFeeListed = late === 0n ? items.length === 1 : items.length === 2 && items[1]?.amount === late;
  if (!isLateFeeListed) {
    report('items', 'late-fee-mismatch', 'The late fee is an item of its own behind the fine; there are no others.');
  }
  checkLateFee(particulars, { fine, late }, report);
}

function checkLateFee(
  particulars: CoreData | undefined,
  { fine, late }: { fine: bigint; late: bigint },
  report: Report,
): void {
  const paidAt = textOf(particulars, 'paidAt');
  if (late < 0n) {
    report('particulars.lateFee', 'amount-negative', 'The late fee must not be negative.');
  } else if (late > 0n && paidAt !== '') {
    const most = largestLateFee(fine, new Date(textOf(particulars, 'decidedAt')), new Date(paidAt));
    if (late > most) {
      const said = formatAmount(most);
      report('particulars.lateFee', 'late-fee-too-high', `Paid on that day, the late fee is at most ${said}.`);
    }
  }
}
