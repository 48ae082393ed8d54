import { Injectable } from '@nestjs/common';
import { IssuerCertificates, type Issuer, type IssuerCertificate } from '../identity/index.js';
import { checkSignatureIn, issuedPartOf, type Fact, type OpenedCopy, type SignatureTrust } from '../proof/index.js';

/** The file that somebody handed in, what was found in it, and whose document it is. */
export type SignedFile = {
  readonly pdf: Uint8Array;
  readonly copy?: OpenedCopy | undefined;
  readonly issuer?: Issuer | undefined;
  /** Instant of issue: the certificate must have been in force then. */
  readonly issuedAt?: Date | undefined;
};

/** Asks whether the issuer signed the file: with a certificate that is, or was, registered with it. */
@Injectable()
export class CheckSignature {
  constructor(private readonly certificates: IssuerCertificates) {}

  /** Of an anchored copy the issued part is asked, which the signature covers; of anything else the whole file. */
  async execute({ pdf, copy, issuer, issuedAt }: SignedFile): Promise<Fact> {
    const registered = issuer === undefined ? undefined : await this.certificates.of(issuer.id);
    return checkSignatureIn(issuedPartOf({ pdf, copy }), {
      ...(registered === undefined ? {} : trustIn(registered)),
      ...(issuedAt === undefined ? {} : { issuedAt }),
    });
  }
}

/** The chain comes with the signature; the issuer's own certificate decides whose it is. */
function trustIn(certificates: readonly IssuerCertificate[]): SignatureTrust {
  return {
    registered: certificates.map(({ fingerprint }) => fingerprint),
    intermediates: certificates.flatMap(({ certificates: chain }) => chain.slice(1)),
  };
}
