import { Injectable } from '@nestjs/common';
import { getAddress } from 'ethers';
import { fromHex, to0x } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { Scope } from '../platform/http/index.js';
import type { Claimant, Issuer, IssuerId } from './issuer.js';
import type { RoleAccounts } from './store-roles.js';

type IssuerRow = {
  id: IssuerId;
  name: string;
  tax_id: string;
  region_code: string;
  tax_bureau: string;
  domain: string;
  mandate: 'sample' | 'state';
  number_block: number;
  store_address: Buffer;
  wrapped_key: Buffer;
};

export type StoredKey = {
  readonly ownerKind: 'issuer' | 'claimant' | 'operator';
  readonly secretHash: Buffer;
  readonly scopes: readonly Scope[];
};

export type NewIssuer = Omit<Issuer, 'numberBlock'> & {
  readonly storeAccounts: RoleAccounts;
  readonly wrappedKey: Buffer;
  readonly createdAt: Date;
};

export type NewKey = {
  readonly ownerId: string;
  readonly keyId: string;
  readonly ownerKind: StoredKey['ownerKind'];
  readonly label: string;
  readonly secretHash: Buffer;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
};

@Injectable()
export class IdentityRepository {
  async findIssuer(tx: Tx, id: string): Promise<{ issuer: Issuer; wrappedKey: Buffer } | null> {
    const [row] = await tx.query<IssuerRow>('select * from issuers where id = $1', [id]);
    return row === undefined ? null : { issuer: issuerOf(row), wrappedKey: row.wrapped_key };
  }

  async listIssuers(tx: Tx): Promise<Issuer[]> {
    return (await tx.query<IssuerRow>('select * from issuers order by number_block')).map(issuerOf);
  }

  async listClaimants(tx: Tx): Promise<Claimant[]> {
    const rows = await tx.query<{ id: string; name: string; tax_id: string }>(
      'select * from claimants order by created_at, id',
    );
    return rows.map(({ id, name, tax_id }) => ({ id, name, taxId: tax_id }));
  }

  async findStores(tx: Tx, issuerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ id: string; store_address: Buffer }>(
      'select id, store_address from issuers where id = any($1)',
      [issuerIds],
    );
    return new Map(rows.map(({ id, store_address }) => [id, getAddress(to0x(store_address))]));
  }

  async insertIssuer(tx: Tx, issuer: NewIssuer): Promise<void> {
    const { id, name, taxId, regionCode, taxBureau, domain, mandate, store, wrappedKey, createdAt } = issuer;
    const { admin, relayer } = issuer.storeAccounts;
    await tx.query(
      `insert into issuers (id, name, tax_id, region_code, tax_bureau, domain, mandate, store_address, store_admin,
                            store_relayer, wrapped_key, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[id, name, taxId, regionCode, taxBureau, domain, mandate],
        ...[fromHex(store), fromHex(admin), fromHex(relayer), wrappedKey, createdAt],
      ],
    );
  }

  /** Null when there is no such issuer, or it is from before they were written down. */
  async findStoreAccounts(tx: Tx, issuerId: string): Promise<RoleAccounts | null> {
    const [row] = await tx.query<{ store_admin: Buffer | null; store_relayer: Buffer | null }>(
      'select store_admin, store_relayer from issuers where id = $1',
      [issuerId],
    );
    const { store_admin: admin = null, store_relayer: relayer = null } = row ?? {};
    return admin === null || relayer === null
      ? null
      : { admin: getAddress(to0x(admin)), relayer: getAddress(to0x(relayer)) };
  }

  async insertClaimant(tx: Tx, { id, name, taxId }: Claimant, createdAt: Date): Promise<void> {
    await tx.query('insert into claimants (id, name, tax_id, created_at) values ($1, $2, $3, $4)', [
      id,
      name,
      taxId,
      createdAt,
    ]);
  }

  async hasOwner(tx: Tx, kind: 'issuer' | 'claimant', id: string): Promise<boolean> {
    const table = { issuer: 'issuers', claimant: 'claimants' }[kind];
    return (await tx.query(`select 1 from ${table} where id = $1`, [id])).length > 0;
  }

  /** Of an issuer or a claimant; null when there is neither. */
  async taxIdOf(tx: Tx, ownerId: string): Promise<string | null> {
    const [row] = await tx.query<{ tax_id: string }>(
      'select tax_id from issuers where id = $1 union all select tax_id from claimants where id = $1',
      [ownerId],
    );
    return row?.tax_id ?? null;
  }

  async insertKey(tx: Tx, key: NewKey): Promise<void> {
    const { ownerId, keyId, ownerKind, label, secretHash, scopes, createdAt } = key;
    await tx.query(
      `insert into api_keys (owner_id, id, owner_kind, label, secret_hash, scopes, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [ownerId, keyId, ownerKind, label, secretHash, scopes, createdAt],
    );
  }

  async findKey(tx: Tx, ownerId: string, keyId: string): Promise<StoredKey | null> {
    const [row] = await tx.query<{ owner_kind: StoredKey['ownerKind']; secret_hash: Buffer; scopes: Scope[] }>(
      'select owner_kind, secret_hash, scopes from api_keys where owner_id = $1 and id = $2 and revoked_at is null',
      [ownerId, keyId],
    );
    return row === undefined ? null : { ownerKind: row.owner_kind, secretHash: row.secret_hash, scopes: row.scopes };
  }

  /** False when there is no such key, or it was revoked before. */
  async revokeKey(tx: Tx, ownerId: string, keyId: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      'update api_keys set revoked_at = $3 where owner_id = $1 and id = $2 and revoked_at is null returning id',
      [ownerId, keyId, at],
    );
    return rows.length === 1;
  }
}

function issuerOf(row: IssuerRow): Issuer {
  return {
    id: row.id,
    name: row.name,
    taxId: row.tax_id,
    regionCode: row.region_code,
    taxBureau: row.tax_bureau,
    domain: row.domain,
    mandate: row.mandate,
    numberBlock: row.number_block,
    store: getAddress(to0x(row.store_address)),
  };
}
