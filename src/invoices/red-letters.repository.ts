import { Injectable } from '@nestjs/common';
import { formatDecimal, parseDecimal } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { BlueRemainder, RedTaking } from './red-letter.js';

type RemainderRow = {
  line_no: number;
  remaining_amount: string;
  remaining_tax: string;
  remaining_quantity: string | null;
};

/** What is left of blue invoices, line by line, and whether their buyers have confirmed the use. */
@Injectable()
export class RedLettersRepository {
  /** Holds the blue invoice against every other red-letter invoice until the transaction ends. */
  async lockBlue(tx: Tx, issuerId: string, documentId: string): Promise<void> {
    await tx.query('select 1 from documents where issuer_id = $1 and id = $2 for update', [issuerId, documentId]);
  }

  /** What is left of each line. `whole` is what the blue invoice says, and counts until something was taken. */
  async remaindersOf(
    tx: Tx,
    issuerId: string,
    documentId: string,
    whole: readonly BlueRemainder[],
  ): Promise<BlueRemainder[]> {
    const rows = await tx.query<RemainderRow>(
      `select line_no, remaining_amount, remaining_tax, remaining_quantity::text from invoice_remainders
       where issuer_id = $1 and document_id = $2`,
      [issuerId, documentId],
    );
    const byLine = new Map(rows.map((row) => [row.line_no, row]));
    return whole.map((remainder) => {
      const row = byLine.get(remainder.line);
      return row === undefined ? remainder : { ...remainder, ...leftOf(row) };
    });
  }

  /** MUST follow `lockBlue`, and a check that the takings fit; the table itself refuses to fall below zero. */
  async take(
    tx: Tx,
    { issuerId, documentId }: { readonly issuerId: string; readonly documentId: string },
    whole: readonly BlueRemainder[],
    takings: readonly RedTaking[],
  ): Promise<void> {
    const lines = whole.map(({ line, amount, tax, quantity }) => ({
      ...{ line, amount: amount.toString(), tax: tax.toString() },
      quantity: quantity === undefined ? null : formatDecimal(quantity),
    }));
    await tx.query(
      `insert into invoice_remainders (issuer_id, document_id, line_no, remaining_amount, remaining_tax, remaining_quantity)
       select $1, $2, line, amount, tax, quantity
       from jsonb_to_recordset($3::jsonb) as row (line integer, amount bigint, tax bigint, quantity numeric)
       on conflict do nothing`,
      [issuerId, documentId, JSON.stringify(lines)],
    );
    const taken = takings.map(({ line, amount, tax, quantity }) => ({
      ...{ line, amount: amount.toString(), tax: tax.toString() },
      quantity: quantity === undefined ? '0' : formatDecimal(quantity),
    }));
    await tx.query(
      `update invoice_remainders r
       set remaining_amount = remaining_amount + t.amount, remaining_tax = remaining_tax + t.tax,
           remaining_quantity = remaining_quantity + t.quantity
       from jsonb_to_recordset($3::jsonb) as t (line integer, amount bigint, tax bigint, quantity numeric)
       where r.issuer_id = $1 and r.document_id = $2 and r.line_no = t.line`,
      [issuerId, documentId, JSON.stringify(taken)],
    );
  }

  async isUseConfirmed(tx: Tx, issuerId: string, documentId: string): Promise<boolean> {
    const rows = await tx.query('select 1 from invoice_uses where issuer_id = $1 and document_id = $2', [
      issuerId,
      documentId,
    ]);
    return rows.length > 0;
  }

  /** False when it was confirmed before. */
  async confirmUse(
    tx: Tx,
    issuerId: string,
    documentId: string,
    { use, at }: { readonly use: 'deduction' | 'booking'; readonly at: Date },
  ): Promise<boolean> {
    const rows = await tx.query(
      `insert into invoice_uses (issuer_id, document_id, use, confirmed_at) values ($1, $2, $3, $4)
       on conflict do nothing returning document_id`,
      [issuerId, documentId, use, at],
    );
    return rows.length > 0;
  }
}

function leftOf(row: RemainderRow): Pick<BlueRemainder, 'amount' | 'tax' | 'quantity'> {
  const { remaining_amount, remaining_tax, remaining_quantity } = row;
  return {
    amount: BigInt(remaining_amount),
    tax: BigInt(remaining_tax),
    ...(remaining_quantity !== null && { quantity: parseDecimal(remaining_quantity) }),
  };
}
