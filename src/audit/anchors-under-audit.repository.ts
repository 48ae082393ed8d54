import { Injectable } from '@nestjs/common';
import type { AnchorState } from '../anchoring/index.js';
import type { Tx } from '../platform/database/index.js';

/** What is stored of a batch on one chain. */
export type AuditedAnchor = {
  readonly issuerId: string;
  readonly batchId: string;
  readonly root: Uint8Array;
  readonly size: number;
  readonly state: AnchorState;
  readonly blockNumber: number | null;
  /** 0x hex. */
  readonly blockHash: string | null;
  readonly blockTime: Date | null;
  readonly updatedAt: Date;
};

/** `transactionHash` (0x hex) is null where none is named. */
export type CarriedBatch = { readonly batchId: string; readonly size: number; readonly transactionHash: string | null };

export type AuditedRevocation = {
  readonly issuerId: string;
  readonly documentId: string;
  readonly number: string;
  /** Of event 0: what is revoked. */
  readonly leaf: Uint8Array;
};

type AnchorColumns = {
  issuer_id: string;
  batch_id: string;
  root: Buffer;
  size: number;
  state: AnchorState;
  block_number: string | null;
  block_hash: Buffer | null;
  block_time: Date | null;
  updated_at: Date;
};
type RevocationColumns = { issuer_id: string; document_id: string; number: string; leaf: Buffer };

const COLUMNS = `a.issuer_id, a.batch_id, b.root, b.size, a.state, a.block_number, a.block_hash, a.block_time, a.updated_at`;
const FROM = `from anchors a join anchor_batches b on b.issuer_id = a.issuer_id and b.id = a.batch_id`;

/** What the database remembers of chains. */
@Injectable()
export class AnchorsUnderAudit {
  /** Batches of the issuer that are to be anchored on the chain and have no row that says so. */
  async findMissing(
    tx: Tx,
    issuerId: string,
    {
      chainId,
      since,
      after,
      limit,
    }: { chainId: number; since: Date | undefined; after: string | undefined; limit: number },
  ): Promise<{ batchId: string; size: number }[]> {
    const rows = await tx.query<{ id: string; size: number }>(
      `select b.id, b.size from anchor_batches b
       where b.issuer_id = $1 and ($3::timestamptz is null or b.sealed_at >= $3) and ($5::uuid is null or b.id > $5)
         and not exists (select 1 from anchors a where a.issuer_id = b.issuer_id and a.batch_id = b.id and a.chain_id = $2)
       order by b.id limit $4`,
      [issuerId, chainId, since ?? null, limit, after ?? null],
    );
    return rows.map(({ id: batchId, size }) => ({ batchId, size }));
  }

  async page(
    tx: Tx,
    issuerId: string,
    {
      chainId,
      since,
      after,
      limit,
    }: { chainId: number; since: Date | undefined; after: string | undefined; limit: number },
  ): Promise<AuditedAnchor[]> {
    const rows = await tx.query<AnchorColumns>(
      `select ${COLUMNS} ${FROM}
       where a.issuer_id = $1 and a.chain_id = $2 and ($3::uuid is null or a.batch_id > $3)
         and ($4::timestamptz is null or b.sealed_at >= $4)
       order by a.batch_id limit $5`,
      [issuerId, chainId, after ?? null, since ?? null, limit],
    );
    return rows.map(anchorOf);
  }

  async find(
    tx: Tx,
    { issuerId, batchId, chainId }: { issuerId: string; batchId: string; chainId: number },
  ): Promise<AuditedAnchor | null> {
    const [row] = await tx.query<AnchorColumns>(
      `select ${COLUMNS} ${FROM} where a.issuer_id = $1 and a.batch_id = $2 and a.chain_id = $3`,
      [issuerId, batchId, chainId],
    );
    return row === undefined ? null : anchorOf(row);
  }

  async countBatches(tx: Tx, issuerId: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      'select count(*) as count from anchor_batches where issuer_id = $1',
      [issuerId],
    );
    return Number(row?.count ?? 0);
  }

  /** Of those of `roots` (0x hex) that are of a batch of the issuer: the batch, and the transaction that is said to carry it. */
  async findCarried(
    tx: Tx,
    issuerId: string,
    chainId: number,
    roots: readonly string[],
  ): Promise<ReadonlyMap<string, CarriedBatch>> {
    const rows = await tx.query<{ root: Buffer; id: string; size: number; transaction_hash: Buffer | null }>(
      `select b.root, b.id, b.size, a.transaction_hash from anchor_batches b
       left join anchors a on a.issuer_id = b.issuer_id and a.batch_id = b.id and a.chain_id = $2
       where b.issuer_id = $1 and b.root = any($3::bytea[])`,
      [issuerId, chainId, bytesOf(roots)],
    );
    return new Map(
      rows.map(({ root, id: batchId, size, transaction_hash: hash }) => [
        `0x${root.toString('hex')}`,
        { batchId, size, transactionHash: hash && `0x${hash.toString('hex')}` },
      ]),
    );
  }

  /** Revocations that count as recorded on the chain, in pages. */
  async revoked(
    tx: Tx,
    issuerId: string,
    { chainId, after, limit }: { chainId: number; after: string | undefined; limit: number },
  ): Promise<AuditedRevocation[]> {
    const rows = await tx.query<RevocationColumns>(
      `select r.issuer_id, r.document_id, d.number, e.leaf
       from document_revocations r
       join documents d on d.issuer_id = r.issuer_id and d.id = r.document_id
       join document_events e on e.issuer_id = r.issuer_id and e.document_id = r.document_id and e.seq = 0
       where r.issuer_id = $1 and r.chain_id = $2 and r.state = 'revoked' and e.leaf is not null
         and ($3::uuid is null or r.document_id > $3)
       order by r.document_id limit $4`,
      [issuerId, chainId, after ?? null, limit],
    );
    return rows.map(revocationOf);
  }

  /** Documents of the issuer that were revoked and have no row that brings it to the chain. */
  async findUnrevoked(
    tx: Tx,
    issuerId: string,
    { chainId, after, limit }: { chainId: number; after: string | undefined; limit: number },
  ): Promise<{ documentId: string; number: string }[]> {
    const rows = await tx.query<{ id: string; number: string }>(
      `select d.id, d.number from document_events e
       join documents d on d.issuer_id = e.issuer_id and d.id = e.document_id
       where e.issuer_id = $1 and e.type = 'revoked' and ($4::uuid is null or d.id > $4) and not exists (
         select 1 from document_revocations r
         where r.issuer_id = e.issuer_id and r.document_id = e.document_id and r.chain_id = $2)
       order by d.id limit $3`,
      [issuerId, chainId, limit, after ?? null],
    );
    return rows.map(({ id: documentId, number }) => ({ documentId, number }));
  }

  /** Those of `leaves` (0x hex) whose revocation on the chain was asked for. */
  async findAskedFor(
    tx: Tx,
    issuerId: string,
    chainId: number,
    leaves: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ leaf: Buffer }>(
      `select e.leaf from document_revocations r
       join document_events e on e.issuer_id = r.issuer_id and e.document_id = r.document_id and e.seq = 0
       where r.issuer_id = $1 and r.chain_id = $2 and e.leaf = any($3::bytea[])`,
      [issuerId, chainId, bytesOf(leaves)],
    );
    return new Set(rows.map(({ leaf }) => `0x${leaf.toString('hex')}`));
  }

  /** Whose leaf this is; reads all events of the issuer, so it is asked only about what nobody can explain. */
  async findByLeaf(tx: Tx, issuerId: string, leaf: string): Promise<{ documentId: string; number: string } | null> {
    const [row] = await tx.query<{ id: string; number: string }>(
      `select d.id, d.number from document_events e join documents d on d.issuer_id = e.issuer_id and d.id = e.document_id
       where e.issuer_id = $1 and e.leaf = $2 limit 1`,
      [issuerId, bytesOf([leaf])[0]],
    );
    return row === undefined ? null : { documentId: row.id, number: row.number };
  }
}

function bytesOf(hashes: readonly string[]): Buffer[] {
  return hashes.map((hash) => Buffer.from(hash.slice(2), 'hex'));
}

function anchorOf(row: AnchorColumns): AuditedAnchor {
  return {
    issuerId: row.issuer_id,
    batchId: row.batch_id,
    root: row.root,
    size: row.size,
    state: row.state,
    blockNumber: row.block_number === null ? null : Number(row.block_number),
    blockHash: row.block_hash && `0x${row.block_hash.toString('hex')}`,
    blockTime: row.block_time,
    updatedAt: row.updated_at,
  };
}

function revocationOf({ issuer_id, document_id, number, leaf }: RevocationColumns): AuditedRevocation {
  return { issuerId: issuer_id, documentId: document_id, number, leaf };
}
