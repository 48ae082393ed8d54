import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { IdSource, normaliseText, toHalfWidth } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { readAct } from './certificate.canonical.js';
import { NotSeized, SeizureKnown } from './certificates.errors.js';
import { activeOf } from './disposal-rules.js';
import { PropertyRegisterRepository, type Burden } from './property-register.repository.js';
import type { ReleaseSeizureDto, SeizePropertyDto } from './register-acts.dto.js';
import { RegisterBook, type ActCommand, type ActResult, type OpenUnit } from './register-book.js';
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
  async seize(command: ActCommand<SeizePropertyDto>): Promise<IssuedDocument> {
    const { request } = command;
    if (request.term.from > request.term.to) {
      throw new InvalidRequest([
        { field: 'term.to', code: 'certificates.term-ends-before-start', message: 'The term ends before it starts.' },
      ]);
    }
    return this.book.act('seizure', command, (unit) => this.enter(unit, request));
  }

  private async enter(unit: OpenUnit, request: SeizePropertyDto): Promise<ActResult> {
    const { tx, profile, issuerId, unitNo, certificate, burdens, today } = unit;
    const courtDocumentNo = documentNo(request.courtDocumentNo);
    if (seizureBy(burdens, courtDocumentNo) !== undefined) {
      throw new SeizureKnown();
    }
    const isWaiting = activeOf(burdens, 'seizure').length > 0;
    const position = await this.register.nextPosition(tx, issuerId, unitNo, 'seizure');
    await this.register.insertBurden(tx, issuerId, {
      ...{ id: this.ids.uuid(), unitNo, kind: 'seizure', position, state: isWaiting ? 'waiting' : 'active' },
      ...{ proofId: null, forbidsTransfer: false, courtDocumentNo, lapsesOn: null },
    });
    const { from, to } = request.term;
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
      await this.register.moveBurden(tx, issuerId, seizure.id, 'ended');
      const next = seizure.state === 'active' ? burdens.find(({ state }) => state === 'waiting') : undefined;
      if (next !== undefined) {
        await this.register.moveBurden(tx, issuerId, next.id, 'active');
      }
      const said = {
        courtDocumentNo: documentNo(request.courtDocumentNo),
        seizureDocumentNo: seizure.courtDocumentNo ?? '',
        ...readAct(request, today),
        ...(next !== undefined && { nowInEffect: next.courtDocumentNo ?? '' }),
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
