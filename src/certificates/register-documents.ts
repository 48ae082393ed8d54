import { Injectable } from '@nestjs/common';
import {
  DocumentNotFound,
  DocumentsRepository,
  EventsRepository,
  RecordEvent,
  StoreDocuments,
  type DocumentKind,
  type IssuedDocument,
  type Judgement,
} from '../documents/index.js';
import type { IssuerProfile } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { DocumentSecret } from '../platform/vault/index.js';
import type { CoreData } from '../proof/index.js';
import type { CertificateContent } from './certificate.canonical.js';
import { CertificateKind } from './certificate.kind.js';
import type { PropertyCertificate } from './certificate.js';
import type { ProofContent } from './property-proof.canonical.js';
import { PropertyProofKind } from './property-proof.kind.js';
import { inWordsOfRequest, type FieldNames } from './report.js';

/** A certificate of the register with its content. */
export type OpenCertificate = IssuedDocument & { readonly core: PropertyCertificate };

/** Both kinds of registered documents. */
@Injectable()
export class RegisteredKinds {
  constructor(
    readonly certificate: CertificateKind,
    readonly proof: PropertyProofKind,
  ) {}
}

/** Issues the register's documents and records what happens to them, inside the transaction of an act. */
@Injectable()
export class RegisterDocuments {
  constructor(
    private readonly kinds: RegisteredKinds,
    private readonly store: StoreDocuments,
    private readonly recordEvent: RecordEvent,
    private readonly documents: DocumentsRepository,
    private readonly events: EventsRepository,
  ) {}

  /**
   * Locks and opens a certificate. Opened here, not by `DrawDocument`: that may ask for the issuer over a second
   * connection, and everybody who waits for the unit holds one.
   */
  async open(tx: Tx, { issuer, key }: IssuerProfile, certificateId: string): Promise<OpenCertificate> {
    await this.events.lockDocument(tx, issuer.id, certificateId);
    const stored = await this.documents.findDocument(tx, issuer.id, certificateId);
    if (stored === null) {
      throw new DocumentNotFound();
    }
    const secret = DocumentSecret.unwrap(key, stored.wrappedSecret, stored.id);
    const core = JSON.parse(secret.unseal('core', stored.coreCipher).toString('utf8')) as PropertyCertificate;
    const { id, number, documentAddress, issuedAt } = stored;
    return { id, number, documentAddress, issuedAt, core };
  }

  /** Throws `InvalidRequest` naming each broken rule. */
  issueCertificate(tx: Tx, profile: IssuerProfile, content: CertificateContent, now: Date): Promise<IssuedDocument> {
    const { certificate } = this.kinds;
    return this.issue(tx, profile, certificate, certificate.judgeContent(content, profile.issuer, now));
  }

  /** Throws `InvalidRequest` naming each broken rule, in the words of the request. */
  issueProof(
    tx: Tx,
    profile: IssuerProfile,
    { content, fieldNames }: { readonly content: ProofContent; readonly fieldNames: FieldNames },
    now: Date,
  ): Promise<IssuedDocument> {
    const { proof } = this.kinds;
    const judgement = proof.judge(content, profile.issuer, now);
    return this.issue(
      tx,
      profile,
      proof,
      judgement.ok ? judgement : { ok: false, errors: inWordsOfRequest(judgement.errors, fieldNames) },
    );
  }

  async record(tx: Tx, profile: IssuerProfile, documentId: string, type: string, payload: CoreData): Promise<void> {
    await this.recordEvent.execute(tx, profile, documentId, { type, payload });
  }

  private async issue<Prepared>(
    tx: Tx,
    profile: IssuerProfile,
    kind: unknown,
    judgement: Judgement<Prepared>,
  ): Promise<IssuedDocument> {
    if (!judgement.ok) {
      throw new InvalidRequest(judgement.errors);
    }
    const { prepared } = judgement;
    const [outcome] = await this.store.execute(tx, profile, [{ kind: kind as DocumentKind, prepared }]);
    if (outcome === undefined || !outcome.ok) {
      throw outcome?.error instanceof Error ? outcome.error : new Error('Nothing was stored');
    }
    return outcome.value;
  }
}
