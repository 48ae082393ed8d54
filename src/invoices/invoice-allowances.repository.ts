import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';

export type Allowance = { readonly month: string; readonly monthlyTotal: bigint; readonly used: bigint };

type Row = { monthly_total: string; month: string; used: string; last_fitted: boolean };

/** What of the month is used: nothing, when the row still speaks of an earlier one. */
const USED = `(case when month >= $2 then used else 0 end)`;

/** How much an issuer may issue in a month (本月授信额度). An issuer without a row may issue without limit. */
@Injectable()
export class InvoiceAllowances {
  /**
   * Takes the amounts (fen) that fit, in their order, and answers for each whether it did. One statement while all fit; the
   * issuer's row stays locked until the transaction ends. `month` is `YYYY-MM`.
   */
  async take(tx: Tx, issuerId: string, month: string, amounts: readonly bigint[]): Promise<readonly boolean[]> {
    const all = amounts.reduce((sum, amount) => sum + amount, 0n);
    const [row] = await tx.prepared<Row>(
      'take-invoice-allowance',
      `update invoice_allowances
       set month = greatest(month, $2), last_fitted = ${USED} + $3::bigint <= monthly_total,
           used = ${USED} + case when ${USED} + $3::bigint <= monthly_total then $3::bigint else 0 end
       where issuer_id = $1 returning monthly_total, month, used, last_fitted`,
      [issuerId, month, all.toString()],
    );
    if (row === undefined || row.last_fitted) {
      return amounts.map(() => true);
    }
    return this.takeFitting(tx, issuerId, BigInt(row.monthly_total) - BigInt(row.used), amounts);
  }

  private async takeFitting(
    tx: Tx,
    issuerId: string,
    available: bigint,
    amounts: readonly bigint[],
  ): Promise<readonly boolean[]> {
    let left = available;
    const fitting = amounts.map((amount) => {
      const fits = amount <= left;
      left -= fits ? amount : 0n;
      return fits;
    });
    await tx.query('update invoice_allowances set used = used + $2::bigint where issuer_id = $1', [
      issuerId,
      (available - left).toString(),
    ]);
    return fitting;
  }

  async find(tx: Tx, issuerId: string, month: string): Promise<Allowance | null> {
    const [row] = await tx.query<Row>(
      `select monthly_total, greatest(month, $2) as month, ${USED} as used from invoice_allowances where issuer_id = $1`,
      [issuerId, month],
    );
    return row === undefined
      ? null
      : { month: row.month, monthlyTotal: BigInt(row.monthly_total), used: BigInt(row.used) };
  }

  async put(tx: Tx, issuerId: string, month: string, monthlyTotal: bigint): Promise<void> {
    await tx.query(
      `insert into invoice_allowances (issuer_id, monthly_total, month) values ($1, $2, $3)
       on conflict (issuer_id) do update set monthly_total = excluded.monthly_total`,
      [issuerId, monthlyTotal.toString(), month],
    );
  }
}
