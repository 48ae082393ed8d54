import { Injectable } from '@nestjs/common';
import { IdSource } from '../kernel/index.js';
import { entryOf } from './certificate.canonical.js';
import type { BurdenKind } from './property-register.repository.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import type { ProofContent } from './property-proof.canonical.js';
import type { OpenUnit } from './act-place.js';
import type { ActResult } from './register-book.js';
import { RegisterDocuments } from './register-documents.js';
import type { FieldNames } from './report.js';

export type BurdenRequest = {
  readonly kind: Exclude<BurdenKind, 'seizure'>;
  /** What is recorded on the certificate. */
  readonly event: string;
  readonly proof: Omit<ProofContent, 'entry' | 'certificate' | 'rank'>;
  /** What the request calls the fields of the proof, where it calls them otherwise. */
  readonly fieldNames: FieldNames;
  readonly forbidsTransfer?: boolean;
  /** The last day of a notice or an objection, when it has a term. */
  readonly lapsesOn?: string;
  readonly dominantUnitNo?: string;
};

/** Enters a burden into the book, with the proof its holder gets and an event on the certificate. */
@Injectable()
export class ProveBurden {
  constructor(
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
    private readonly ids: IdSource,
  ) {}

  /** MUST be called while the unit is held open. Throws `InvalidRequest`. */
  async execute(unit: OpenUnit, request: BurdenRequest): Promise<ActResult> {
    const { kind, event, proof, fieldNames, forbidsTransfer = false, lapsesOn = null, dominantUnitNo = null } = request;
    const { tx, profile, issuerId, now, unitNo, certificate } = unit;
    const position = await this.register.nextPosition(tx, issuerId, unitNo, kind);
    const content: ProofContent = {
      ...proof,
      entry: entryOf(certificate.core),
      certificate: { number: certificate.number, documentAddress: certificate.documentAddress },
      ...(kind === 'mortgage' && { rank: position }),
    };
    const document = await this.registered.issueProof(tx, profile, { content, fieldNames }, now);
    await this.register.insertBurden(tx, issuerId, {
      ...{ id: this.ids.uuid(), unitNo, kind, position, state: 'active', forbidsTransfer },
      ...{ proofId: document.id, courtDocumentNo: null, lapsesOn, termDays: null, dominantUnitNo },
    });
    const told = { proofNumber: document.number, proofAddress: document.documentAddress, rank: String(position) };
    await this.registered.record(tx, profile, certificate.id, event, { ...told, ...proof.act });
    return { document };
  }
}
