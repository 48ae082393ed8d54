import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { rangeOfList, type StatusPurpose } from '../proof/index.js';

/** A list as it is served, with what it once said. */
export type AuditedList = {
  readonly purpose: StatusPurpose;
  readonly number: number;
  readonly id: string;
  readonly token: string;
  /** Oldest first. */
  readonly versions: readonly { readonly leaf: Buffer; readonly isHandedOver: boolean }[];
};

/** What the lists of one number are made of, by the document's place in it; `isListed` when they show it already. */
export type AuditedEnd = { readonly position: number; readonly value: number; readonly isListed: boolean };

type ListRow = { purpose: StatusPurpose; number: number; id: string; token: string };
type VersionRow = { leaf: Buffer; is_handed_over: boolean };

/** Reads an issuer's status lists; there are two for each 131,072 documents. */
@Injectable()
export class ListsUnderAudit {
  async lists(tx: Tx, issuerId: string): Promise<AuditedList[]> {
    const rows = await tx.query<ListRow>(
      'select purpose, number, id, token from status_lists where issuer_id = $1 order by number, purpose',
      [issuerId],
    );
    const lists: AuditedList[] = [];
    for (const row of rows) {
      lists.push({ ...row, versions: await this.versions(tx, issuerId, row) });
    }
    return lists;
  }

  /** What the lists of this number share. */
  async ends(tx: Tx, issuerId: string, number: number): Promise<AuditedEnd[]> {
    const { first, last } = rangeOfList(number);
    const rows = await tx.query<{ status_index: number; value: number; listed: boolean }>(
      `select status_index, value, listed from document_ends
       where issuer_id = $1 and status_index between $2 and $3 order by status_index`,
      [issuerId, first, last],
    );
    return rows.map(({ status_index, value, listed }) => ({
      ...{ position: status_index - first, value, isListed: listed },
    }));
  }

  private async versions(tx: Tx, issuerId: string, { purpose, number }: ListRow): Promise<AuditedList['versions']> {
    const rows = await tx.query<VersionRow>(
      `select v.leaf, exists (select 1 from anchor_leaves l where l.issuer_id = v.issuer_id and l.leaf = v.leaf) as is_handed_over
       from status_list_versions v where v.issuer_id = $1 and v.purpose = $2 and v.number = $3 order by v.version`,
      [issuerId, purpose, number],
    );
    return rows.map(({ leaf, is_handed_over: isHandedOver }) => ({ leaf, isHandedOver }));
  }
}
