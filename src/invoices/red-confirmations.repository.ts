import { Injectable } from '@nestjs/common';
import { formatAmount, formatDecimal, parseAmount, parseDecimal } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { RedReasonCode } from './invoice.js';
import type { Side } from './red-confirmation.js';
import type { ConfirmationStatus, RedTaking } from './red-letter.js';

/** 红字发票信息确认单: what the sides of a blue invoice agree to take back. */
export type RedConfirmation = {
  readonly id: string;
  readonly documentId: string;
  readonly number: string;
  readonly uuid: string;
  /** Absent when the buyer has none. */
  readonly buyerTaxId?: string;
  readonly initiator: Side;
  readonly status: ConfirmationStatus;
  readonly reasonCode: RedReasonCode;
  /** Absent: all that is left when the red-letter invoice is issued. */
  readonly takings?: readonly RedTaking[];
  readonly enteredAt: Date;
  readonly confirmedAt?: Date;
  /** The red-letter invoice that was issued on it. */
  readonly redDocumentId?: string;
};

type Row = {
  id: string;
  document_id: string;
  number: string;
  uuid: string;
  buyer_tax_id: string | null;
  initiator: Side;
  status: ConfirmationStatus;
  reason_code: RedReasonCode;
  lines: StoredLine[] | null;
  entered_at: Date;
  confirmed_at: Date | null;
  red_document_id: string | null;
};

/** A taking as requests and answers spell it. */
export type StoredLine = {
  readonly blueLine: number;
  readonly amount: string;
  readonly tax: string;
  readonly quantity?: string;
};

const COLUMNS =
  'id, document_id, number, uuid, buyer_tax_id, initiator, status, reason_code, lines, entered_at, confirmed_at, red_document_id';
/** First six digits: the seller's region; then year and month; then ten that no other slip has. */
const SERIAL_DIGITS = 10;

@Injectable()
export class RedConfirmationsRepository {
  async nextNumber(tx: Tx, regionCode: string, month: string): Promise<string> {
    const [row] = await tx.query<{ serial: string }>("select nextval('red_confirmation_numbers') as serial");
    return `${regionCode}${month.slice(2, 4)}${month.slice(5, 7)}${(row?.serial ?? '').padStart(SERIAL_DIGITS, '0')}`;
  }

  async insert(tx: Tx, issuerId: string, slip: RedConfirmation): Promise<void> {
    const lines = slip.takings?.map(storedLineOf);
    await tx.query(
      `insert into red_confirmations (issuer_id, ${COLUMNS})
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[issuerId, slip.id, slip.documentId, slip.number, slip.uuid, slip.buyerTaxId ?? null],
        ...[slip.initiator, slip.status, slip.reasonCode, lines === undefined ? null : JSON.stringify(lines)],
        ...[slip.enteredAt, slip.confirmedAt ?? null, slip.redDocumentId ?? null],
      ],
    );
  }

  async find(tx: Tx, issuerId: string, id: string): Promise<RedConfirmation | null> {
    const [row] = await tx.query<Row>(`select ${COLUMNS} from red_confirmations where issuer_id = $1 and id = $2`, [
      issuerId,
      id,
    ]);
    return row === undefined ? null : slipOf(row);
  }

  /** Holds the slip until the transaction ends. */
  async lock(tx: Tx, issuerId: string, id: string): Promise<RedConfirmation | null> {
    const [row] = await tx.query<Row>(
      `select ${COLUMNS} from red_confirmations where issuer_id = $1 and id = $2 for update`,
      [issuerId, id],
    );
    return row === undefined ? null : slipOf(row);
  }

  /** Newest first. */
  async list(tx: Tx, issuerId: string, limit: number): Promise<RedConfirmation[]> {
    const rows = await tx.query<Row>(
      `select ${COLUMNS} from red_confirmations where issuer_id = $1 order by id desc limit $2`,
      [issuerId, limit],
    );
    return rows.map(slipOf);
  }

  async updateStatus(
    tx: Tx,
    issuerId: string,
    { id, status, confirmedAt }: Pick<RedConfirmation, 'id' | 'status' | 'confirmedAt'>,
  ): Promise<void> {
    await tx.query(
      `update red_confirmations set status = $3, confirmed_at = coalesce($4, confirmed_at)
       where issuer_id = $1 and id = $2`,
      [issuerId, id, status, confirmedAt ?? null],
    );
  }

  async markUsed(tx: Tx, issuerId: string, id: string, redDocumentId: string): Promise<void> {
    await tx.query('update red_confirmations set red_document_id = $3 where issuer_id = $1 and id = $2', [
      issuerId,
      id,
      redDocumentId,
    ]);
  }

  /** Whose slip it is, for the side that is no tenant of it. */
  async locate(tx: Tx, id: string): Promise<{ issuerId: string; buyerTaxId: string | null } | null> {
    const [row] = await tx.query<{ issuer_id: string; buyer_tax_id: string | null }>(
      'select * from locate_red_confirmation($1)',
      [id],
    );
    return row === undefined ? null : { issuerId: row.issuer_id, buyerTaxId: row.buyer_tax_id };
  }

  /** Slips on invoices that were issued to this tax id. */
  async locateOfBuyer(tx: Tx, taxId: string): Promise<{ issuerId: string; id: string }[]> {
    const rows = await tx.query<{ issuer_id: string; id: string }>('select * from locate_red_confirmations($1)', [
      taxId,
    ]);
    return rows.map(({ issuer_id: issuerId, id }) => ({ issuerId, id }));
  }
}

export function storedLineOf({ line, amount, tax, quantity }: RedTaking): StoredLine {
  return {
    blueLine: line,
    amount: formatAmount(amount),
    tax: formatAmount(tax),
    ...(quantity !== undefined && { quantity: formatDecimal(quantity) }),
  };
}

export function takingOf({ blueLine, amount, tax, quantity }: StoredLine): RedTaking {
  return {
    line: blueLine,
    amount: parseAmount(amount),
    tax: parseAmount(tax),
    ...(quantity !== undefined && { quantity: parseDecimal(quantity) }),
  };
}

function slipOf(row: Row): RedConfirmation {
  return {
    ...{ id: row.id, documentId: row.document_id, number: row.number, uuid: row.uuid },
    ...(row.buyer_tax_id !== null && { buyerTaxId: row.buyer_tax_id }),
    ...{ initiator: row.initiator, status: row.status, reasonCode: row.reason_code },
    ...(row.lines !== null && { takings: row.lines.map(takingOf) }),
    enteredAt: row.entered_at,
    ...(row.confirmed_at !== null && { confirmedAt: row.confirmed_at }),
    ...(row.red_document_id !== null && { redDocumentId: row.red_document_id }),
  };
}
