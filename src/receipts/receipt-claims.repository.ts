import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';

/** What no two receipts of an issuer stand for: a decision, a ticket. */
@Injectable()
export class ReceiptClaimsRepository {
  /** Takes what is free of `claims` and answers it. Waits for whoever is taking the same and has not committed yet. */
  async take(tx: Tx, issuerId: string, claims: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ claim: string }>(
      `insert into receipt_claims (issuer_id, claim) select $1, unnest($2::text[])
       on conflict (issuer_id, claim) do update set is_held = true where not receipt_claims.is_held
       returning claim`,
      [issuerId, [...new Set(claims)].sort()],
    );
    return new Set(rows.map(({ claim }) => claim));
  }

  /** Whoever asks next may take them. */
  async release(tx: Tx, issuerId: string, claims: readonly string[]): Promise<void> {
    if (claims.length > 0) {
      await tx.query('update receipt_claims set is_held = false where issuer_id = $1 and claim = any($2)', [
        issuerId,
        claims,
      ]);
    }
  }
}
