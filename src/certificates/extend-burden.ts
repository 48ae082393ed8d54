import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { normaliseText, toHalfWidth } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import type { OpenUnit } from './act-place.js';
import { normaliseCertificateNumber } from './certificate-number.js';
import { readAct } from './certificate.canonical.js';
import { BurdenNotActive, NotSeized, SuitKnown, TermKnown } from './certificates.errors.js';
import { activeOf } from './disposal-rules.js';
import { NoticeTerms } from './notice-terms.js';
import { PropertyRegisterRepository, type Burden } from './property-register.repository.js';
import type { EnterSuitDto, RenewSeizureDto, StartNoticeTermDto } from './register-acts.dto.js';
import { RegisterBook, type ActCommand, type ActResult } from './register-book.js';
import { RegisterDocuments } from './register-documents.js';
import { checkRenewal } from './seizure-terms.js';

/** What lets a burden stand longer than its term, or makes its term known. */
@Injectable()
export class ExtendBurden {
  constructor(
    private readonly book: RegisterBook,
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
    private readonly terms: NoticeTerms,
  ) {}

  /**
   * The applicant of an objection has sued in time: it stands until it is cancelled (民法典 220; 不动产登记暂行条例实施细则
   * 83: the court's notice of acceptance is handed in). Throws `BurdenNotActive`, `SuitKnown`.
   */
  suit(command: ActCommand<EnterSuitDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('objection-suit', command, async (unit) => {
      const objection = provedBurden(unit, 'objection', request.proofNumber);
      if (objection.lapsesOn === null) {
        throw new SuitKnown();
      }
      const court = normaliseText(request.court);
      const courtDocumentNo = toHalfWidth(normaliseText(request.courtDocumentNo)).trim();
      await this.register.updateBurden(unit.tx, unit.issuerId, { ...objection, lapsesOn: null });
      return this.recordOnBoth(unit, objection, {
        type: 'suit-entered',
        payload: { court, courtDocumentNo, ...readAct(request, unit.today) },
      });
    });
  }

  /** The day has come from which on the noticed right can be registered. Throws `BurdenNotActive`, `TermKnown`. */
  startNoticeTerm(command: ActCommand<StartNoticeTermDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('notice-term', command, async (unit) => {
      const notice = provedBurden(unit, 'notice', request.proofNumber);
      if (notice.lapsesOn !== null) {
        throw new TermKnown();
      }
      const { registrableFrom } = request;
      const lapsesOn = this.terms.lastDay(registrableFrom, unit.today);
      await this.register.updateBurden(unit.tx, unit.issuerId, { ...notice, lapsesOn });
      return this.recordOnBoth(unit, notice, {
        type: 'term-started',
        payload: { registrableFrom, lapsesOn, ...readAct(request, unit.today) },
      });
    });
  }

  /** 续封: the seizure in effect goes on. Throws `InvalidRequest`, `NotSeized`. */
  renewSeizure(command: ActCommand<RenewSeizureDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('seizure-renewal', command, async (unit) => {
      const { tx, issuerId, profile, certificate, burdens, today } = unit;
      const seizureDocumentNo = toHalfWidth(normaliseText(request.seizureDocumentNo)).trim();
      const seizure = activeOf(burdens, 'seizure').find((each) => each.courtDocumentNo === seizureDocumentNo);
      if (seizure === undefined) {
        throw new NotSeized();
      }
      const errors = checkRenewal(request.term, seizure.lapsesOn, today);
      if (errors.length > 0) {
        throw new InvalidRequest(errors);
      }
      const { from, to } = request.term;
      const courtDocumentNo = toHalfWidth(normaliseText(request.courtDocumentNo)).trim();
      await this.register.updateBurden(tx, issuerId, { ...seizure, lapsesOn: to });
      const said = { courtDocumentNo, seizureDocumentNo, from, to, ...readAct(request, today) };
      await this.registered.record(tx, profile, certificate.id, 'seizure-renewed', said);
      return { document: certificate };
    });
  }

  private async recordOnBoth(
    { tx, profile, certificate }: OpenUnit,
    { proofId, proofNumber }: Burden,
    { type, payload }: { readonly type: string; readonly payload: Readonly<Record<string, string>> },
  ): Promise<ActResult> {
    await this.registered.record(tx, profile, proofId ?? '', type, payload);
    const told = { proofNumber: proofNumber ?? '', ...payload };
    await this.registered.record(tx, profile, certificate.id, type, told);
    return { document: certificate };
  }
}

function provedBurden({ burdens }: OpenUnit, kind: 'objection' | 'notice', proofNumber: string): Burden {
  const number = normaliseCertificateNumber(proofNumber);
  const burden = activeOf(burdens, kind).find((each) => each.proofNumber === number);
  if (burden === undefined) {
    throw new BurdenNotActive();
  }
  return burden;
}
