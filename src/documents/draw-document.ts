import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { IssuerProfiles, type Issuer, type IssuerProfile, type IssuerSigner } from '../identity/index.js';
import { Settings } from '../platform/config/index.js';
import type { UnsignedPdf } from '../platform/signing/index.js';
import { DocumentSecret } from '../platform/vault/index.js';
import { formatCaip10, statusEntries, type CoreData, type StatusEntry } from '../proof/index.js';
import { DocumentKinds } from './document-kind.js';
import type { StoredDocument } from './document.js';
import { DocumentInForce } from './documents.errors.js';
import type { RenderContext, RenderTask } from './drawing/index.js';
import { outOfForceMark } from './life-cycle.js';
import { sealCore, sealEnvelope, type SealedCore, type SealedEnvelope } from './seal-content.js';

/** A document opened: its content decrypted and its digests derived again. */
export type OpenedDocument = {
  readonly profile: IssuerProfile;
  readonly secret: DocumentSecret;
  readonly core: CoreData;
  readonly sealed: SealedCore;
};

export type DrawnDocument = Pick<SealedEnvelope, 'leaf' | 'entry'> & {
  readonly pdf: Uint8Array;
  readonly sha256: Uint8Array;
  readonly secret: DocumentSecret;
};

/** What leads from a stored document to its PDF: opening, the task of drawing, finishing. The same input gives the same bytes. */
@Injectable()
export class DrawDocument {
  constructor(
    private readonly profiles: IssuerProfiles,
    private readonly kinds: DocumentKinds,
    private readonly settings: Settings,
  ) {}

  /** Throws `SealBroken` when the stored content was altered, and an error when it does not give the stored docId. */
  async open(document: StoredDocument): Promise<OpenedDocument> {
    const profile = await this.profiles.get(document.issuerId);
    const secret = DocumentSecret.unwrap(profile.key, document.wrappedSecret, document.id);
    const core = JSON.parse(secret.unseal('core', document.coreCipher).toString('utf8')) as CoreData;
    const sealed = sealCore(core, secret, profile.issuer.store);
    if (!Buffer.from(sealed.docId).equals(document.docId)) {
      throw new Error('The stored content does not give the stored docId');
    }
    return { profile, secret, core, sealed };
  }

  /** What a thread needs to draw the document, with `signatureRoom` bytes kept free for the signature. */
  async taskOf(document: StoredDocument, opened: OpenedDocument, signatureRoom: number): Promise<RenderTask> {
    const { renderer, content } = (await this.kinds.get(document.kind)).drawing(opened.core);
    return { renderer: renderer.name, content, context: this.contextOf(document, opened, { signatureRoom }) };
  }

  /** The issued PDF, and the leaf over its digest. Throws `CannotSignNow`. */
  async finish(opened: OpenedDocument, unsigned: UnsignedPdf, { sign }: IssuerSigner): Promise<DrawnDocument> {
    const pdf = await sign(unsigned);
    const sha256 = createHash('sha256').update(pdf).digest();
    const { leaf, entry } = this.envelopeOf(opened, sha256);
    return { pdf, sha256, secret: opened.secret, leaf, entry };
  }

  /** A copy with its status across it, to be handed out and never stored. Throws `DocumentInForce` when there is nothing to mark. */
  async marked(document: StoredDocument): Promise<Uint8Array> {
    const kind = await this.kinds.get(document.kind);
    const mark = outOfForceMark(kind.lifeCycle, document.status);
    if (mark === undefined) {
      throw new DocumentInForce();
    }
    const opened = await this.open(document);
    return kind.render(opened.core, this.contextOf(document, opened, { mark })).bytes;
  }

  /** Where the document stands in its issuer's status lists. */
  statusEntriesOf({ statusIndex }: StoredDocument, { store }: Issuer): StatusEntry[] {
    return statusEntries(`${this.settings.publicBaseUrl}/v1/status-lists`, store, statusIndex);
  }

  envelopeOf({ sealed, secret, profile }: OpenedDocument, pdfSha256: Uint8Array): SealedEnvelope {
    return sealEnvelope(sealed, pdfSha256, secret, { chainId: this.settings.chainId, issuer: profile.issuer });
  }

  private contextOf(
    { number }: StoredDocument,
    { sealed }: OpenedDocument,
    further: Pick<RenderContext, 'mark' | 'signatureRoom'>,
  ): RenderContext {
    return {
      docId: `0x${sealed.digest}`,
      documentAddress: formatCaip10({ chainId: this.settings.chainId, address: sealed.address }),
      verifyUrl: `${this.settings.publicBaseUrl}/v/${sealed.address}`,
      ...(this.settings.chainName === '' ? {} : { networkName: this.settings.chainName }),
      attachment: { name: `${number}.json`, bytes: Buffer.from(JSON.stringify(sealed.salted)) },
      ...further,
    };
  }
}
