import { Injectable } from '@nestjs/common';
import { fromHex, toHex } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { SignatureAlgorithm } from '../platform/signing/index.js';

/** A certificate that an issuer signs, or signed, its documents with. */
export type IssuerCertificate = {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  /** DER, the issuer's own first, then those that were installed with it. */
  readonly certificates: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly registeredAt: Date;
  /** Since when nothing new is signed with it; what was signed before stays signed. */
  readonly retiredAt: Date | null;
};

type Row = {
  fingerprint: Buffer;
  certificates: Buffer[];
  algorithm: SignatureAlgorithm;
  not_before: Date;
  not_after: Date;
  registered_at: Date;
  retired_at: Date | null;
};

@Injectable()
export class IssuerCertificatesRepository {
  /** All that the issuer ever had, the newest first. */
  async listOf(tx: Tx, issuerId: string): Promise<IssuerCertificate[]> {
    const rows = await tx.query<Row>(
      `select fingerprint, certificates, algorithm, not_before, not_after, registered_at, retired_at
       from issuer_certificates where issuer_id = $1 order by registered_at desc, fingerprint`,
      [issuerId],
    );
    return rows.map((row) => ({
      fingerprint: toHex(row.fingerprint),
      certificates: row.certificates,
      algorithm: row.algorithm,
      notBefore: row.not_before,
      notAfter: row.not_after,
      registeredAt: row.registered_at,
      retiredAt: row.retired_at,
    }));
  }

  /** Does nothing when the issuer has it already. */
  async add(tx: Tx, issuerId: string, certificate: Omit<IssuerCertificate, 'retiredAt'>): Promise<void> {
    const { fingerprint, certificates, algorithm, notBefore, notAfter, registeredAt } = certificate;
    await tx.query(
      `insert into issuer_certificates (issuer_id, fingerprint, certificates, algorithm, not_before, not_after, registered_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (issuer_id, fingerprint) do nothing`,
      [issuerId, fromHex(fingerprint), certificates, algorithm, notBefore, notAfter, registeredAt],
    );
  }

  /** Retires all of the issuer's but this one. */
  async retireOthers(tx: Tx, issuerId: string, fingerprint: string, at: Date): Promise<void> {
    await tx.query(
      'update issuer_certificates set retired_at = $3 where issuer_id = $1 and fingerprint <> $2 and retired_at is null',
      [issuerId, fromHex(fingerprint), at],
    );
    await tx.query('update issuer_certificates set retired_at = null where issuer_id = $1 and fingerprint = $2', [
      issuerId,
      fromHex(fingerprint),
    ]);
  }
}
