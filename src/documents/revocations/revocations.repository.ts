import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/index.js';

export type RevocationKey = { readonly issuerId: string; readonly documentId: string };
/** A revocation that the chain does not hold for good yet. */
export type OpenRevocation = RevocationKey & {
  /** Of event 0: what is revoked. */
  readonly leaf: Buffer;
  readonly nonce: number | null;
};
/** One that the chain holds for good, and how long that took. */
export type SettledRevocation = RevocationKey & { readonly seconds: number };
export type Carrier = { readonly chainId: number; readonly sender: Uint8Array; readonly nonce: number };

type OpenRow = {
  issuer_id: string;
  document_id: string;
  leaf: Buffer;
  nonce: string | null;
};

const OPEN = `select r.issuer_id, r.document_id, e.leaf, r.nonce
  from document_revocations r
  join document_events e on e.issuer_id = r.issuer_id and e.document_id = r.document_id and e.seq = 0`;
const DUE = `r.chain_id = $1 and r.state = 'pending' and e.leaf is not null and (r.tried_at is null or r.tried_at < $2)`;
/** Of the rows named by $1 and $2. */
const NAMED = '(issuer_id, document_id) in (select * from unnest($1::uuid[], $2::uuid[]))';

const MISSING = `from document_revocations asked where not exists (
  select 1 from document_revocations r
  where r.issuer_id = asked.issuer_id and r.document_id = asked.document_id and r.chain_id = $1)`;

/** Which revocations are to be recorded on which chain. Every write names the state it was read in. */
@Injectable()
export class RevocationsRepository {
  async insert(tx: Tx, { issuerId, documentId }: RevocationKey, chainId: number, at: Date): Promise<void> {
    await tx.query(
      `insert into document_revocations (issuer_id, document_id, chain_id, state, requested_at)
       values ($1, $2, $3, 'pending', $4)`,
      [issuerId, documentId, chainId, at],
    );
  }

  /** Revocations that were asked for on another chain and never on this one, made pending here; answers how many. */
  async insertMissing(tx: Tx, { chainId, limit, at }: { chainId: number; limit: number; at: Date }): Promise<number> {
    const rows = await tx.query(
      `insert into document_revocations (issuer_id, document_id, chain_id, state, requested_at)
       select distinct issuer_id, document_id, $1::bigint, 'pending', $3::timestamptz ${MISSING} limit $2
       on conflict do nothing returning 1`,
      [chainId, limit, at],
    );
    return rows.length;
  }

  /** Whether `insertMissing` would find any. */
  async isAnyMissing(tx: Tx, chainId: number): Promise<boolean> {
    return (await tx.query(`select 1 ${MISSING} limit 1`, [chainId])).length > 0;
  }

  /** Those of one issuer, whose turn it is: a transaction speaks to one store. */
  async findDue(tx: Tx, chainId: number, triedBefore: Date, limit: number): Promise<OpenRevocation[]> {
    const rows = await tx.query<OpenRow>(
      `${OPEN} where ${DUE} and r.issuer_id =
         (select r.issuer_id from document_revocations r
          join document_events e on e.issuer_id = r.issuer_id and e.document_id = r.document_id and e.seq = 0
          where ${DUE} order by r.requested_at limit 1)
       order by r.requested_at limit $3`,
      [chainId, triedBefore, limit],
    );
    return rows.map(openOf);
  }

  async findSubmitted(tx: Tx, chainId: number): Promise<OpenRevocation[]> {
    const rows = await tx.query<OpenRow>(`${OPEN} where r.chain_id = $1 and r.state = 'submitted' order by r.nonce`, [
      chainId,
    ]);
    return rows.map(openOf);
  }

  async hasWork(tx: Tx, chainId: number, triedBefore: Date): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from document_revocations r
       join document_events e on e.issuer_id = r.issuer_id and e.document_id = r.document_id and e.seq = 0
       where (${DUE}) or (r.chain_id = $1 and r.state = 'submitted') limit 1`,
      [chainId, triedBefore],
    );
    return rows.length > 0;
  }

  /** The given revocations that are pending still, locked until the transaction ends. */
  async lockPending<Key extends RevocationKey>(tx: Tx, chainId: number, given: readonly Key[]): Promise<Key[]> {
    const rows = await tx.query<{ document_id: string }>(
      `select document_id from document_revocations where ${NAMED} and chain_id = $3 and state = 'pending'
       order by issuer_id, document_id for update`,
      [...named(given), chainId],
    );
    const held = new Set(rows.map(({ document_id }) => document_id));
    return given.filter(({ documentId }) => held.has(documentId));
  }

  async moveToSubmitted(tx: Tx, given: readonly RevocationKey[], { chainId, sender, nonce }: Carrier): Promise<void> {
    await tx.query(
      `update document_revocations
       set state = 'submitted', sender = $4, nonce = $5, last_error = null
       where ${NAMED} and chain_id = $3 and state = 'pending'`,
      [...named(given), chainId, sender, nonce],
    );
  }

  /** The store holds them, and is believed. Answers those that were not settled before. */
  async moveToRevoked(
    tx: Tx,
    given: readonly RevocationKey[],
    chainId: number,
    at: Date,
  ): Promise<readonly SettledRevocation[]> {
    const rows = await tx.query<{ issuer_id: string; document_id: string; requested_at: Date }>(
      `update document_revocations set state = 'revoked', revoked_at = $4, last_error = null
       where ${NAMED} and chain_id = $3 and state <> 'revoked'
       returning issuer_id, document_id, requested_at`,
      [...named(given), chainId, at],
    );
    return rows.map((row) => ({
      issuerId: row.issuer_id,
      documentId: row.document_id,
      seconds: (at.getTime() - row.requested_at.getTime()) / 1_000,
    }));
  }

  /** Numbers for the operator: revocations that the chain does not hold for good, and how long the oldest has waited. */
  async open(tx: Tx): Promise<{ readonly count: number; readonly oldestSeconds: number }> {
    const [row] = await tx.query<{ count: string; oldest: string | null }>(
      `select count(*) as count, extract(epoch from now() - min(requested_at)) as oldest
       from document_revocations where state <> 'revoked'`,
    );
    return { count: Number(row?.count ?? 0), oldestSeconds: Number(row?.oldest ?? 0) };
  }

  async moveBackToPending(
    tx: Tx,
    given: readonly RevocationKey[],
    { chainId, nonce }: Carrier,
    { reason, at }: { reason: string; at: Date },
  ): Promise<void> {
    await tx.query(
      `update document_revocations set state = 'pending', last_error = $5, tried_at = $6
       where ${NAMED} and chain_id = $3 and state = 'submitted' and nonce = $4`,
      [...named(given), chainId, nonce, reason, at],
    );
  }

  /** Why they do not move; they rest for a while. */
  async recordSetback(
    tx: Tx,
    given: readonly RevocationKey[],
    chainId: number,
    { reason, at }: { reason: string; at: Date },
  ): Promise<void> {
    await tx.query(
      `update document_revocations set last_error = $4, tried_at = $5
       where ${NAMED} and chain_id = $3 and state = 'pending'`,
      [...named(given), chainId, reason, at],
    );
  }
}

function named(given: readonly RevocationKey[]): [string[], string[]] {
  return [given.map(({ issuerId }) => issuerId), given.map(({ documentId }) => documentId)];
}

function openOf(row: OpenRow): OpenRevocation {
  return {
    issuerId: row.issuer_id,
    documentId: row.document_id,
    leaf: row.leaf,
    nonce: row.nonce === null ? null : Number(row.nonce),
  };
}
