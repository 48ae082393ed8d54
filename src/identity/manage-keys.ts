import { Injectable } from '@nestjs/common';
import { Clock, IdSource } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { Scope } from '../platform/http/index.js';
import { formatApiKey, generateApiKey, hashOfSecret } from './api-key.js';
import { UnknownOwner } from './identity.errors.js';
import { IdentityRepository, type StoredKey } from './identity.repository.js';

export const ISSUER_SCOPES: readonly Scope[] = [
  'invoices.issue',
  'invoices.confirm',
  'certificates.issue',
  'receipts.issue',
  'documents.read',
  'documents.revoke',
  'imports.write',
  'batches.read',
];
const CLAIMANT_SCOPES: readonly Scope[] = ['invoices.confirm', 'claims.write'];

/** What a new key may do, by who holds it. */
export const SCOPES_OF: Readonly<Record<KeyRequest['ownerKind'], readonly Scope[]>> = {
  issuer: ISSUER_SCOPES,
  claimant: CLAIMANT_SCOPES,
  operator: ['operator'],
};

export type KeyRequest = {
  readonly ownerId: string;
  readonly ownerKind: StoredKey['ownerKind'];
  readonly label: string;
  readonly scopes: readonly Scope[];
};

/** Makes and revokes API keys. Acts as an operator: for worker and command-line processes only. */
@Injectable()
export class ManageKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Answers the key itself, which is shown this once and stored only as a hash. Throws `UnknownOwner`. */
  async create({ ownerId, ownerKind, label, scopes }: KeyRequest): Promise<string> {
    const key = generateApiKey(this.ids, ownerId);
    const { keyId } = key;
    const secretHash = hashOfSecret(key.secret);
    const createdAt = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      if (ownerKind !== 'operator' && !(await this.identities.hasOwner(tx, ownerKind, ownerId))) {
        throw new UnknownOwner();
      }
      await this.identities.insertKey(tx, { ownerId, keyId, ownerKind, label, secretHash, scopes, createdAt });
    });
    return formatApiKey(key);
  }

  async revoke(ownerId: string, keyId: string): Promise<void> {
    const done = await this.unitOfWork.run((tx) => this.identities.revokeKey(tx, ownerId, keyId, this.clock.now()));
    if (!done) {
      throw new UnknownOwner();
    }
  }
}
