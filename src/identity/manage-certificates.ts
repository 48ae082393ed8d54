import { Injectable } from '@nestjs/common';
import { createHash, type KeyObject } from 'node:crypto';
import { Clock } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import {
  CertificateRefused,
  DevelopmentAuthority,
  makeCertificateRequest,
  SigningKeys,
  type SignatureAlgorithm,
} from '../platform/signing/index.js';
import { readCertificate, type Certificate } from '../proof/index.js';
import { UnknownOwner } from './identity.errors.js';
import { IdentityRepository } from './identity.repository.js';
import { IssuerCertificatesRepository, type IssuerCertificate } from './issuer-certificates.repository.js';
import type { Issuer } from './issuer.js';

/** Gives issuers the keys and certificates they sign with. Acts as an operator: for worker and command-line processes only. */
@Injectable()
export class ManageCertificates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly certificates: IssuerCertificatesRepository,
    private readonly keys: SigningKeys,
    private readonly developmentAuthority: DevelopmentAuthority,
    private readonly clock: Clock,
  ) {}

  /** A new key with a certificate of this installation's own authority, in use from now on. Throws `UnknownOwner`. */
  async makeOwn(issuerId: string, algorithm: SignatureAlgorithm): Promise<IssuerCertificate> {
    const issuer = await this.issuer(issuerId);
    const { publicKey } = await this.keys.newKey(issuerId, algorithm);
    return this.install(issuerId, await this.developmentAuthority.certify(subjectOf(issuer), publicKey));
  }

  /** A new key, and the request (PKCS#10, DER) to send to an authority. Nothing is signed with it yet. Throws `UnknownOwner`. */
  async request(issuerId: string, algorithm: SignatureAlgorithm): Promise<Uint8Array> {
    const issuer = await this.issuer(issuerId);
    const key = await this.keys.newKey(issuerId, algorithm);
    return makeCertificateRequest(key, { subject: subjectOf(issuer), publicKey: key.publicKey });
  }

  /**
   * Signs with the first of `chain` (DER) from now on and retires those before it; documents signed with them keep their
   * signatures. `privateKey` only when it was made elsewhere. A certificate is registered after its key was found: nobody
   * else's ever is. In between, and after a crash in between, documents wait; doing it again mends it.
   * Throws `UnknownOwner` and `CertificateRefused`.
   */
  async install(issuerId: string, chain: readonly Uint8Array[], privateKey?: KeyObject): Promise<IssuerCertificate> {
    await this.issuer(issuerId);
    const now = this.clock.now();
    const certificate = describe(chain, now);
    await this.keys.install(issuerId, chain, privateKey);
    await this.unitOfWork.run(async (tx) => {
      await this.certificates.add(tx, issuerId, certificate);
      await this.certificates.retireOthers(tx, issuerId, certificate.fingerprint, now);
    });
    return { ...certificate, retiredAt: null };
  }

  listOf(issuerId: string): Promise<IssuerCertificate[]> {
    return this.unitOfWork.run((tx) => this.certificates.listOf(tx, issuerId));
  }

  private async issuer(issuerId: string): Promise<Issuer> {
    const found = await this.unitOfWork.run((tx) => this.identities.findIssuer(tx, issuerId));
    if (found === null) {
      throw new UnknownOwner();
    }
    return found.issuer;
  }
}

function subjectOf({ name, taxId }: Issuer): { commonName: string; organisation: string; taxId: string } {
  return { commonName: name, organisation: name, taxId };
}

function describe(chain: readonly Uint8Array[], registeredAt: Date): Omit<IssuerCertificate, 'retiredAt'> {
  const [own] = chain;
  if (own === undefined) {
    throw new CertificateRefused('There is no certificate in what was given');
  }
  const certificate = readCertificate(own);
  const { notBefore, notAfter } = certificate;
  requireFit(certificate, registeredAt);
  return {
    fingerprint: createHash('sha256').update(own).digest('hex'),
    certificates: chain,
    algorithm: certificate.publicKey.kind === 'RSA' ? 'RS256' : 'ES256',
    notBefore,
    notAfter,
    registeredAt,
  };
}

/** Readers would refuse what is signed with anything else. Throws `CertificateRefused`. */
function requireFit({ keyUsage, isAuthority, publicKey, notAfter }: Certificate, now: Date): void {
  if (keyUsage?.signsDocuments === false || isAuthority) {
    throw new CertificateRefused('This certificate is not one to sign documents with: see its key usage');
  }
  if (publicKey.kind !== 'P-256' && publicKey.kind !== 'RSA') {
    throw new CertificateRefused('Documents are signed with keys on P-256, or with RSA keys of 2048 bits or more');
  }
  if (notAfter <= now) {
    throw new CertificateRefused(`This certificate was in force until ${notAfter.toISOString().slice(0, 10)} only`);
  }
}
