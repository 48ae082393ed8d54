import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { IssuerKeys } from '../platform/vault/index.js';
import { ExpiringCache } from './expiring-cache.js';
import { UnknownOwner } from './identity.errors.js';
import { IdentityRepository } from './identity.repository.js';
import type { Issuer } from './issuer.js';

const PROFILE_CACHE_MS = 5_000;

/** An issuer together with the key its documents' secrets are wrapped under. */
export type IssuerProfile = { readonly issuer: Issuer; readonly key: Uint8Array };

/** Issuers as the hot paths need them: remembered for a few seconds. */
@Injectable()
export class IssuerProfiles {
  private readonly cache: ExpiringCache<IssuerProfile>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly keys: IssuerKeys,
    clock: Clock,
  ) {
    this.cache = new ExpiringCache(clock, PROFILE_CACHE_MS);
  }

  /** Throws `UnknownOwner` when there is no such issuer. */
  get(issuerId: string): Promise<IssuerProfile> {
    return this.cache.get(issuerId, () => this.load(issuerId));
  }

  private async load(issuerId: string): Promise<IssuerProfile> {
    const found = await this.unitOfWork.run((tx) => this.identities.findIssuer(tx, issuerId), { issuerId });
    if (found === null) {
      throw new UnknownOwner();
    }
    return { issuer: found.issuer, key: this.keys.unwrap(issuerId, found.wrappedKey) };
  }
}
