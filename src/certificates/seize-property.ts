import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { daysBetween, IdSource, normaliseText, toHalfWidth } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { readAct } from './certificate.canonical.js';
import { NotSeized, SeizureKnown } from './certificates.errors.js';
import { activeOf } from './disposal-rules.js';
import { PropertyRegisterRepository, type Burden } from './property-register.repository.js';
import type { ReleaseSeizureDto, SeizePropertyDto } from './register-acts.dto.js';
import type { OpenUnit } from './act-place.js';
import { saidOfNext } from './lapse-burdens.js';
import { nextSeizure } from './lapse-rules.js';
import { RegisterBook, type ActCommand, type ActResult } from './register-book.js';
import { checkSeizureTerm } from './seizure-terms.js';
import { RegisterDocuments } from './register-documents.js';

/** 查封, 轮候查封 and 解封: one seizure is in effect, the others wait in the order they came. */
@Injectable()
export class SeizeProperty {
  constructor(
    private readonly book: RegisterBook,
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
    private readonly ids: IdSource,
  ) {}

  /** Throws `InvalidRequest`, `NotCurrent`, `SeizureKnown`. */
  seize(command: ActCommand<SeizePropertyDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('seizure', command, (unit) => this.enter(unit, request));
  }

  private async enter(unit: OpenUnit, request: SeizePropertyDto): Promise<ActResult> {
    const { tx, profile, issuerId, unitNo, certificate, burdens, today } = unit;
    const errors = checkSeizureTerm(request.term, today);
    if (errors.length > 0) {
      throw new InvalidRequest(errors);
    }
    const courtDocumentNo = documentNo(request.courtDocumentNo);
    if (seizureBy(burdens, courtDocumentNo) !== undefined) {
      throw new SeizureKnown();
    }
    const isWaiting = activeOf(burdens, 'seizure').length > 0;
    const { from, to } = request.term;
    const position = await this.register.nextPosition(tx, issuerId, unitNo, 'seizure');
    await this.register.insertBurden(tx, issuerId, {
      ...{ id: this.ids.uuid(), unitNo, kind: 'seizure', position, state: isWaiting ? 'waiting' : 'active' },
      ...{ proofId: null, forbidsTransfer: false, courtDocumentNo, dominantUnitNo: null },
      ...{ lapsesOn: isWaiting ? null : to, termDays: daysBetween(from, to) },
    });
    const said = { court: normaliseText(request.court), courtDocumentNo, from, to, ...readAct(request, today) };
    await this.registered.record(tx, profile, certificate.id, isWaiting ? 'seizure-queued' : 'seized', said);
    return { document: certificate };
  }

  /** Ends a seizure; the one that waited longest takes effect when it was the one in effect. Throws `NotSeized`. */
  release(command: ActCommand<ReleaseSeizureDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('seizure-release', command, async (unit) => {
      const { tx, profile, issuerId, certificate, burdens, today } = unit;
      const seizure = seizureBy(burdens, documentNo(request.seizureDocumentNo));
      if (seizure === undefined) {
        throw new NotSeized();
      }
      await this.register.endBurden(tx, issuerId, seizure.id);
      const next = seizure.state === 'active' ? nextSeizure(burdens, today) : undefined;
      if (next !== undefined) {
        await this.register.updateBurden(tx, issuerId, next);
      }
      const said = {
        courtDocumentNo: documentNo(request.courtDocumentNo),
        seizureDocumentNo: seizure.courtDocumentNo ?? '',
        ...readAct(request, today),
        ...(next !== undefined && saidOfNext(next)),
      };
      await this.registered.record(tx, profile, certificate.id, releaseEvent(seizure, next), said);
      return { document: certificate };
    });
  }
}

function releaseEvent({ state }: Burden, next: Burden | undefined): string {
  if (state === 'waiting') {
    return 'seizure-unqueued';
  }
  return next === undefined ? 'seizure-released' : 'seizure-succeeded';
}

/** Court document numbers carry brackets of both widths. */
function documentNo(text: string): string {
  return toHalfWidth(normaliseText(text)).trim();
}

function seizureBy(burdens: readonly Burden[], courtDocumentNo: string): Burden | undefined {
  return burdens.find((burden) => burden.courtDocumentNo === courtDocumentNo);
}
