import { formatAmount, parseAmount } from '../kernel/index.js';
import { INPATIENT_ITEMS, OUTPATIENT_ITEMS } from './medical-items.data.js';
import type { ReceiptDraft } from './receipt-draft.js';
import { textOf } from './receipt-labels.js';
import type { Report } from './receipt-report.js';
import type { ReceiptRulesContext } from './receipt-rules.js';

const OUTPATIENT_FIELDS = ['outpatientNo', 'visitDate'];
const INPATIENT_TEXTS = ['inpatientNo', 'department', 'admittedOn', 'dischargedOn'];
const INPATIENT_AMOUNTS = ['prepaid', 'supplement', 'refund'];
const PAYMENTS = ['fundPay', 'otherPay', 'accountPay', 'cashPay', 'selfPay', 'ownExpense'] as const;
export const MEDICAL_AMOUNTS: readonly string[] = [...PAYMENTS, 'negotiatedDrugs', ...INPATIENT_AMOUNTS];

export function isInpatient({ particulars }: Pick<ReceiptDraft, 'particulars'>): boolean {
  return textOf(particulars, 'setting') === 'inpatient';
}

/** The rules of 医疗收费票据（电子）. */
export function checkMedical(draft: ReceiptDraft, context: ReceiptRulesContext, report: Report): void {
  if (draft.payer.type !== '1') {
    report('payer.type', 'payer-not-a-person', 'The payer of a medical receipt is the patient, a person.');
  }
  checkSetting(draft, report);
  checkDates(draft, context.issuedOn, report);
  checkItemOrder(draft, report);
  checkPayments(draft, report);
}

function checkSetting(draft: ReceiptDraft, report: Report): void {
  const inpatientFields = [...INPATIENT_TEXTS, 'recordNo', ...INPATIENT_AMOUNTS];
  const [required, foreign] = isInpatient(draft)
    ? [[...INPATIENT_TEXTS, ...INPATIENT_AMOUNTS], OUTPATIENT_FIELDS]
    : [OUTPATIENT_FIELDS, inpatientFields];
  for (const field of required) {
    if (textOf(draft.particulars, field) === '') {
      report(`particulars.${field}`, 'setting-field-required', 'This setting requires the field.');
    }
  }
  for (const field of foreign) {
    if (textOf(draft.particulars, field) !== '') {
      report(`particulars.${field}`, 'setting-field-not-allowed', 'Leave this out: it belongs to the other setting.');
    }
  }
}

function checkDates({ particulars }: ReceiptDraft, today: string, report: Report): void {
  const [admitted, discharged] = [textOf(particulars, 'admittedOn'), textOf(particulars, 'dischargedOn')];
  if (admitted !== '' && discharged !== '' && discharged < admitted) {
    report('particulars.dischargedOn', 'time-order', 'A patient is not discharged before the admission.');
  }
  for (const field of ['visitDate', 'admittedOn', 'dischargedOn']) {
    if (textOf(particulars, field) > today) {
      report(`particulars.${field}`, 'time-order', 'This day lies in the future.');
    }
  }
}

/** Classes of charges stand in the order of the notice; a class may have several lines. */
function checkItemOrder(draft: ReceiptDraft, report: Report): void {
  const order = isInpatient(draft) ? INPATIENT_ITEMS : OUTPATIENT_ITEMS;
  let last = 0;
  for (const [index, { text }] of draft.items.entries()) {
    const place = order.indexOf(itemClass(text.name));
    if (place < 0) {
      report(`items[${index}].name`, 'item-unknown', `Choose one of: ${order.join('、')}.`);
    } else if (place < last) {
      report(`items[${index}].name`, 'item-order', `Give the items in this order: ${order.join('、')}.`);
    }
    last = Math.max(last, place);
  }
}

/** 其他门(急)诊收费 is written with and without brackets. */
function itemClass(name: string): string {
  return name.replace(/[()（）]/g, '');
}

function checkPayments(draft: ReceiptDraft, report: Report): void {
  const amountOf = (field: string): bigint => parseAmount(textOf(draft.particulars, field) || '0.00');
  for (const field of MEDICAL_AMOUNTS.filter((name) => amountOf(name) < 0n)) {
    report(`particulars.${field}`, 'amount-negative', 'This amount must not be negative.');
  }
  const total = formatAmount(draft.total);
  const shared = amountOf('fundPay') + amountOf('otherPay');
  if (shared + amountOf('accountPay') + amountOf('cashPay') !== draft.total) {
    const message = `fundPay + otherPay + accountPay + cashPay must be the total, ${total}.`;
    report('particulars.cashPay', 'payments-mismatch', message);
  }
  if (shared + amountOf('selfPay') + amountOf('ownExpense') !== draft.total) {
    const message = `fundPay + otherPay + selfPay + ownExpense must be the total, ${total}.`;
    report('particulars.ownExpense', 'payments-mismatch', message);
  }
  if (isInpatient(draft) && amountOf('prepaid') + amountOf('supplement') - amountOf('refund') !== amountOf('cashPay')) {
    report('particulars.prepaid', 'prepayment-mismatch', 'prepaid + supplement − refund must be cashPay.');
  }
  if (amountOf('negotiatedDrugs') > draft.total) {
    report('particulars.negotiatedDrugs', 'amount-too-large', `This is part of the total, ${total}.`);
  }
}
