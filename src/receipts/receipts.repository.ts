import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';

export type TicketState = 'used' | 'refunded';
/** What has happened to one ticket; nothing is stored of one to which nothing has. */
export type TicketRecord = {
  readonly ticketNo: string;
  readonly state: TicketState;
  readonly at: Date;
  readonly gate: string | null;
};

/** Which bills take which back, and what happened to tickets. The caller MUST hold the lock of the document's row. */
@Injectable()
export class ReceiptsRepository {
  async isWriteOff(tx: Tx, issuerId: string, documentId: string, writeOffId: string): Promise<boolean> {
    const rows = await tx.query(
      'select 1 from receipt_write_offs where issuer_id = $1 and document_id = $2 and write_off_id = $3',
      [issuerId, documentId, writeOffId],
    );
    return rows.length > 0;
  }

  async insertWriteOff(tx: Tx, issuerId: string, documentId: string, writeOffId: string): Promise<void> {
    await tx.query('insert into receipt_write_offs (issuer_id, document_id, write_off_id) values ($1, $2, $3)', [
      issuerId,
      documentId,
      writeOffId,
    ]);
  }

  async listTickets(tx: Tx, issuerId: string, documentId: string): Promise<TicketRecord[]> {
    const rows = await tx.query<{ ticket_no: string; state: TicketState; at: Date; gate: string | null }>(
      'select ticket_no, state, at, gate from receipt_tickets where issuer_id = $1 and document_id = $2',
      [issuerId, documentId],
    );
    return rows.map(({ ticket_no: ticketNo, ...row }) => ({ ticketNo, ...row }));
  }

  async insertTicket(tx: Tx, issuerId: string, documentId: string, record: TicketRecord): Promise<void> {
    const { ticketNo, state, at, gate } = record;
    await tx.query(
      'insert into receipt_tickets (issuer_id, document_id, ticket_no, state, at, gate) values ($1, $2, $3, $4, $5, $6)',
      [issuerId, documentId, ticketNo, state, at, gate],
    );
  }
}
