import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { normaliseText, parseAmount, toHalfWidth, type FieldError } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import type { OpenUnit } from './act-place.js';
import { readAct } from './certificate.canonical.js';
import { requireDisposable } from './disposal-rules.js';
import { DominantUnit } from './dominant-unit.js';
import type { Detail } from './property-entry.js';
import { ProveBurden } from './prove-burden.js';
import { readParty } from './read-entry.js';
import type { RegisterEasementDto } from './register-acts.dto.js';
import { RegisterBook, type ActCommand, type ActResult } from './register-book.js';
import { printedDate } from './registered.pdf.words.js';
import { reportInto } from './report.js';
import { normaliseUnitNumber, printedUnitNumber } from './unit-number.js';

/**
 * 地役权: one unit serves another. It is entered on the servient unit (供役地), proved to whoever holds the dominant one
 * (需役地), and goes along when either is transferred (民法典 380, 383). Its end is registered, it never lapses here.
 */
@Injectable()
export class RegisterEasement {
  constructor(
    private readonly book: RegisterBook,
    private readonly prove: ProveBurden,
    private readonly dominant: DominantUnit,
  ) {}

  /** Throws `InvalidRequest`, `NotCurrent`, `Seized`, `NoticeBlocks`; nothing is stored then. */
  execute(command: ActCommand<RegisterEasementDto>): Promise<IssuedDocument> {
    const { request } = command;
    const dominantUnitNo = normaliseUnitNumber(request.dominantUnitNo);
    const enter = async (unit: OpenUnit): Promise<ActResult> => {
      requireDisposable(unit.burdens, request.noticeHolderConsent);
      requireSound(unit, request, dominantUnitNo);
      const result = await this.prove.execute(unit, {
        kind: 'easement',
        event: 'easement-registered',
        fieldNames: { 'details[1].value': 'dominantSituated', 'details[2].value': 'purpose' },
        dominantUnitNo,
        proof: {
          proves: 'easement',
          act: readAct(request, unit.today),
          holders: request.holders.map(readParty),
          details: easementDetails(request, dominantUnitNo),
          ...(request.notes !== undefined && { notes: normaliseText(request.notes) }),
        },
      });
      const { number: proofNumber, documentAddress: proofAddress } = result.document;
      const told = { proofNumber, proofAddress, servientUnitNo: unit.unitNo, ...readAct(request, unit.today) };
      await this.dominant.tell(unit, dominantUnitNo, 'easement-gained', told);
      return result;
    };
    return this.book.act('easement', command, enter, () => Promise.resolve([dominantUnitNo]));
  }
}

function requireSound({ unitNo, certificate }: OpenUnit, request: RegisterEasementDto, dominantUnitNo: string): void {
  const errors: FieldError[] = [];
  const report = reportInto(errors);
  const { term, compensation } = request;
  if (dominantUnitNo === unitNo) {
    report('dominantUnitNo', 'easement-on-itself', 'A unit serves another one: give the unit that gains by it.');
  }
  if (term.from > term.to) {
    report('term.to', 'term-ends-before-start', 'The term ends before it starts.');
  }
  // 地役权的期限不得超过土地承包经营权、建设用地使用权等用益物权的剩余期限 (民法典 377).
  const ends = (certificate.core.useTerms ?? []).map(({ to }) => to).sort();
  const lastDay = ends.at(-1);
  if (lastDay !== undefined && term.to > lastDay) {
    report('term.to', 'easement-beyond-right', `The right it burdens ends on ${lastDay}: an easement ends by then.`);
  }
  if (compensation !== undefined && parseAmount(compensation) <= 0n) {
    report('compensation', 'amount-not-positive', 'Give more than 0.00, or leave it out.');
  }
  if (errors.length > 0) {
    throw new InvalidRequest(errors);
  }
}

/** What the contract says (民法典 373), in the order `fieldNames` counts on. */
function easementDetails(request: RegisterEasementDto, dominantUnitNo: string): Detail[] {
  const { dominantSituated, purpose, term, compensation } = request;
  return [
    { name: '需役地不动产单元号', value: printedUnitNumber(dominantUnitNo) },
    { name: '需役地坐落', value: normaliseText(dominantSituated) },
    { name: '利用目的和方法', value: normaliseText(purpose) },
    { name: '地役权期限', value: `${printedDate(term.from)}起${printedDate(term.to)}止` },
    ...(compensation === undefined ? [] : [{ name: '费用', value: `${toHalfWidth(compensation)}元` }]),
  ];
}
