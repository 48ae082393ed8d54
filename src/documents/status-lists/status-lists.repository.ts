import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/index.js';
import { rangeOfList, STATUS_LIST_LENGTH, type StatusPurpose } from '../../proof/index.js';

/** One of an issuer's lists. */
export type ListKey = { readonly issuerId: string; readonly purpose: StatusPurpose; readonly number: number };

/** A list as it is served. */
export type PublishedList = {
  readonly id: string;
  /** Counts changes of its content; a list that is only signed anew keeps it. */
  readonly version: number;
  readonly token: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
};

/** What a list said, and from when to when it was given out. */
export type ListVersion = {
  readonly version: number;
  /** Digest of the content. */
  readonly leaf: Buffer;
  readonly firstAt: Date;
  readonly lastUntil: Date;
};

type VersionRow = { version: number; leaf: Buffer; first_at: Date; last_until: Date };

const LISTS = `(c.next_index - 1) / ${STATUS_LIST_LENGTH} + 1`;

/** Status lists, and the ends they are made of. */
@Injectable()
export class StatusListsRepository {
  /** Issuers with an end that no list shows, a list from before `builtBefore`, or documents that no list speaks of. */
  async issuersDue(tx: Tx, builtBefore: Date): Promise<string[]> {
    const rows = await tx.query<{ issuer_id: string }>(
      `select issuer_id from document_ends where not listed
       union select issuer_id from status_lists where valid_from <= $1
       union select c.issuer_id from status_counters c
         where c.next_index > 0 and (select count(*) from status_lists s where s.issuer_id = c.issuer_id) < 2 * (${LISTS})`,
      [builtBefore],
    );
    return rows.map(({ issuer_id }) => issuer_id);
  }

  /** The same for one issuer: the numbers of its lists, in ascending order. */
  async numbersDue(tx: Tx, issuerId: string, builtBefore: Date): Promise<number[]> {
    const rows = await tx.query<{ number: number }>(
      `select list.number from status_counters c, generate_series(0, ${LISTS} - 1) as list (number)
       where c.issuer_id = $1 and c.next_index > 0 and (
         exists (select 1 from document_ends e where e.issuer_id = $1 and not e.listed and e.status_index
                 between list.number::bigint * ${STATUS_LIST_LENGTH} and (list.number::bigint + 1) * ${STATUS_LIST_LENGTH} - 1)
         or (select count(*) from status_lists s
             where s.issuer_id = $1 and s.number = list.number and s.valid_from > $2) < 2)
       order by list.number`,
      [issuerId, builtBefore],
    );
    return rows.map(({ number }) => number);
  }

  /** False when another worker builds lists of this issuer. Held until the end of the transaction. */
  async lock(tx: Tx, issuerId: string): Promise<boolean> {
    const [row] = await tx.query<{ locked: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('documents.status-lists ' || $1, 0)) as locked`,
      [issuerId],
    );
    return row?.locked ?? false;
  }

  /** The list of this number is about to show the ends of its documents. MUST come before `findEnds`, which sees no fewer. */
  async claimEnds(tx: Tx, issuerId: string, number: number): Promise<void> {
    const { first, last } = rangeOfList(number);
    await tx.query(
      `update document_ends set listed = true
       where issuer_id = $1 and not listed and status_index between $2 and $3`,
      [issuerId, first, last],
    );
  }

  /** By the document's place in the list. */
  async findEnds(tx: Tx, issuerId: string, number: number): Promise<readonly (readonly [number, number])[]> {
    const { first, last } = rangeOfList(number);
    const rows = await tx.query<{ status_index: number; value: number }>(
      'select status_index, value from document_ends where issuer_id = $1 and status_index between $2 and $3',
      [issuerId, first, last],
    );
    return rows.map(({ status_index, value }) => [status_index - first, value]);
  }

  async findNewestVersion(tx: Tx, { issuerId, purpose, number }: ListKey): Promise<ListVersion | null> {
    const [row] = await tx.query<VersionRow>(
      `select version, leaf, first_at, last_until from status_list_versions
       where issuer_id = $1 and purpose = $2 and number = $3 order by version desc limit 1`,
      [issuerId, purpose, number],
    );
    return row === undefined ? null : versionOf(row);
  }

  async publish(tx: Tx, { issuerId, purpose, number }: ListKey, list: PublishedList): Promise<void> {
    const { id, version, token, validFrom, validUntil } = list;
    await tx.query(
      `insert into status_lists (issuer_id, purpose, number, id, version, token, valid_from, valid_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (issuer_id, purpose, number) do update set id = excluded.id, version = excluded.version,
         token = excluded.token, valid_from = excluded.valid_from, valid_until = excluded.valid_until`,
      [issuerId, purpose, number, id, version, token, validFrom, validUntil],
    );
  }

  /** A version that is there already was given out for longer. */
  async keepVersion(tx: Tx, { issuerId, purpose, number }: ListKey, kept: ListVersion): Promise<void> {
    const { version, leaf, firstAt, lastUntil } = kept;
    await tx.query(
      `insert into status_list_versions (issuer_id, purpose, number, version, leaf, first_at, last_until)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (issuer_id, purpose, number, version) do update set last_until = excluded.last_until`,
      [issuerId, purpose, number, version, leaf, firstAt, lastUntil],
    );
  }

  /** Whose list this is; asked by strangers, who name no issuer. */
  async locate(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ issuer_id: string | null }>('select locate_status_list($1) as issuer_id', [id]);
    return row?.issuer_id ?? null;
  }

  async findPublished(tx: Tx, issuerId: string, id: string): Promise<PublishedList | null> {
    const [row] = await tx.query<{ version: number; token: string; valid_from: Date; valid_until: Date }>(
      'select version, token, valid_from, valid_until from status_lists where issuer_id = $1 and id = $2',
      [issuerId, id],
    );
    return row === undefined
      ? null
      : { id, version: row.version, token: row.token, validFrom: row.valid_from, validUntil: row.valid_until };
  }

  /** The newest first. */
  async findVersions(tx: Tx, issuerId: string, id: string, limit: number): Promise<ListVersion[]> {
    const rows = await tx.query<VersionRow>(
      `select v.version, v.leaf, v.first_at, v.last_until
       from status_lists s join status_list_versions v
         on v.issuer_id = s.issuer_id and v.purpose = s.purpose and v.number = s.number
       where s.issuer_id = $1 and s.id = $2 order by v.version desc limit $3`,
      [issuerId, id, limit],
    );
    return rows.map(versionOf);
  }

  /** When the list that has waited longest was signed; null when there is none. */
  async oldest(tx: Tx): Promise<Date | null> {
    const [row] = await tx.query<{ oldest: Date | null }>('select min(valid_from) as oldest from status_lists');
    return row?.oldest ?? null;
  }
}

function versionOf({ version, leaf, first_at: firstAt, last_until: lastUntil }: VersionRow): ListVersion {
  return { version, leaf, firstAt, lastUntil };
}
