import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { IssuerProfiles, type IssuerProfile } from '../identity/index.js';
import { Settings } from '../platform/config/index.js';
import { DocumentSecret } from '../platform/vault/index.js';
import { formatCaip10, type CoreData } from '../proof/index.js';
import { DocumentKinds } from './document-kind.js';
import type { StoredDocument } from './document.js';
import { DocumentInForce } from './documents.errors.js';
import { outOfForceMark, type Bilingual } from './life-cycle.js';
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

/** Opens stored documents and draws their PDFs. A function of what is stored and of the configuration. */
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

  async execute(document: StoredDocument): Promise<DrawnDocument> {
    const opened = await this.open(document);
    const pdf = await this.render(document, opened);
    const sha256 = createHash('sha256').update(pdf).digest();
    const { leaf, entry } = this.envelopeOf(opened, sha256);
    return { pdf, sha256, secret: opened.secret, leaf, entry };
  }

  /** A copy with its status across it, to be handed out and never stored. Throws `DocumentInForce` when there is nothing to mark. */
  async marked(document: StoredDocument): Promise<Uint8Array> {
    const mark = outOfForceMark((await this.kinds.get(document.kind)).lifeCycle, document.status);
    if (mark === undefined) {
      throw new DocumentInForce();
    }
    return this.render(document, await this.open(document), mark);
  }

  private async render(
    document: StoredDocument,
    { core, sealed }: OpenedDocument,
    mark?: Bilingual,
  ): Promise<Uint8Array> {
    const kind = await this.kinds.get(document.kind);
    const { bytes } = kind.render(core, {
      docId: `0x${sealed.digest}`,
      documentAddress: formatCaip10({ chainId: this.settings.chainId, address: sealed.address }),
      verifyUrl: `${this.settings.publicBaseUrl}/v/${sealed.address}`,
      ...(this.settings.chainName === '' ? {} : { networkName: this.settings.chainName }),
      attachment: { name: `${document.number}.json`, bytes: Buffer.from(JSON.stringify(sealed.salted)) },
      ...(mark === undefined ? {} : { mark }),
    });
    return bytes;
  }

  envelopeOf({ sealed, secret, profile }: OpenedDocument, pdfSha256: Uint8Array): SealedEnvelope {
    return sealEnvelope(sealed, pdfSha256, secret, { chainId: this.settings.chainId, issuer: profile.issuer });
  }
}
