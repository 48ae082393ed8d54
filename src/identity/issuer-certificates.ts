import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { ExpiringCache } from './expiring-cache.js';
import { IssuerCertificatesRepository, type IssuerCertificate } from './issuer-certificates.repository.js';

const CACHE_MS = 5_000;

/** The certificates registered with issuers, as verifiers and signers need them: remembered for a few seconds. */
@Injectable()
export class IssuerCertificates {
  private readonly cache: ExpiringCache<readonly IssuerCertificate[]>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly certificates: IssuerCertificatesRepository,
    clock: Clock,
  ) {
    this.cache = new ExpiringCache(clock, CACHE_MS);
  }

  /** All that the issuer ever had, the newest first: old documents were signed with old ones. */
  of(issuerId: string): Promise<readonly IssuerCertificate[]> {
    return this.cache.get(issuerId, () =>
      this.unitOfWork.run((tx) => this.certificates.listOf(tx, issuerId), { issuerId }),
    );
  }
}
