import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { Clock } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Authenticator, type Principal } from '../platform/http/index.js';
import { hashOfSecret, parseApiKey } from './api-key.js';
import { ExpiringCache } from './expiring-cache.js';
import { IdentityRepository } from './identity.repository.js';

/** A revoked key is refused everywhere after this long at the latest. */
const KEY_CACHE_MS = 5_000;

@Injectable()
export class AuthenticateKey extends Authenticator {
  private readonly cache: ExpiringCache<Principal | null>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    clock: Clock,
  ) {
    super();
    this.cache = new ExpiringCache(clock, KEY_CACHE_MS);
  }

  override async authenticate(authorization: string | undefined): Promise<Principal | null> {
    const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
    return token === undefined ? null : this.cache.get(token, () => this.lookUp(token));
  }

  private async lookUp(token: string): Promise<Principal | null> {
    const key = parseApiKey(token);
    if (key === null) {
      return null;
    }
    const { ownerId, keyId, secret } = key;
    const stored = await this.unitOfWork.run((tx) => this.identities.findKey(tx, ownerId, keyId), {
      issuerId: ownerId,
    });
    if (stored === null || !timingSafeEqual(stored.secretHash, hashOfSecret(secret))) {
      return null;
    }
    return { kind: stored.ownerKind, ownerId, keyId, scopes: new Set(stored.scopes) };
  }
}
