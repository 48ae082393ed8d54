import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Clock } from '../kernel/index.js';
import {
  signPdf,
  signatureRoom,
  SigningKeys,
  SigningKeyUnusable,
  Timestamps,
  type SigningKey,
  type UnsignedPdf,
} from '../platform/signing/index.js';
import { readCertificate } from '../proof/index.js';
import { IssuerCertificates } from './issuer-certificates.js';

/** An issuer's pen: what its documents are signed with at the moment. */
export type IssuerSigner = {
  /** Bytes that an unsigned file has to keep free. */
  readonly room: number;
  /** Throws `CannotSignNow`. */
  readonly sign: (unsigned: UnsignedPdf) => Promise<Uint8Array>;
};

/** Signs in the name of issuers, and only with certificates that are registered with them. */
@Injectable()
export class IssuerSigning {
  constructor(
    private readonly keys: SigningKeys,
    private readonly certificates: IssuerCertificates,
    private readonly timestamps: Timestamps,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws `CannotSignNow` when the issuer has no key here, or one that must not be used: nobody could tell the document
   * from one that a stranger signed.
   */
  async signerOf(issuerId: string): Promise<IssuerSigner> {
    const key = await this.keyOf(issuerId);
    const { authority: timestamp } = this.timestamps;
    const room = signatureRoom(key, { isStamped: timestamp !== undefined });
    return { room, sign: (unsigned) => signPdf(unsigned, key, { timestamp }) };
  }

  /** The key itself, for what is no PDF. Throws as `signerOf` does. */
  async keyOf(issuerId: string): Promise<SigningKey> {
    const key = await this.keys.forIssuer(issuerId);
    await this.requireRegistered(issuerId, key);
    return key;
  }

  /** Until the certificate in use ends. Throws `CannotSignNow`. */
  async secondsLeft(issuerId: string): Promise<number> {
    const { certificates } = await this.keys.forIssuer(issuerId);
    const { notAfter } = readCertificate(certificates[0] ?? new Uint8Array());
    return (notAfter.getTime() - this.clock.now().getTime()) / 1_000;
  }

  private async requireRegistered(
    issuerId: string,
    { certificates: [own = new Uint8Array()] }: SigningKey,
  ): Promise<void> {
    const fingerprint = createHash('sha256').update(own).digest('hex');
    const registered = (await this.certificates.of(issuerId)).find((one) => one.fingerprint === fingerprint);
    if (registered === undefined) {
      throw new SigningKeyUnusable(
        issuerId,
        `its certificate ${fingerprint} is not registered with the issuer; install it with "install-certificate"`,
      );
    }
    if (registered.retiredAt !== null) {
      throw new SigningKeyUnusable(issuerId, `its certificate ${fingerprint} was retired`);
    }
  }
}
