import { Injectable } from '@nestjs/common';
import { RecordEvent, type IssuedDocument } from '../documents/index.js';
import { IssuerProfiles, type IssuerProfile } from '../identity/index.js';
import { Clock, normaliseCode, normaliseText, toChinaTime } from '../kernel/index.js';
import { UnitOfWork, type Tx } from '../platform/database/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { canonicalInstant, CLOCK_SKEW_MS } from './instant.js';
import { IssueWriteOff, type OpenedReceipt } from './issue-write-off.js';
import { readReceiptDraft } from './receipt-draft.js';
import { textOf } from './receipt-labels.js';
import { billFormOf, prepareWriteOff, type PreparedReceipt } from './receipt.canonical.js';
import type { Receipt } from './receipt.js';
import { ReceiptIsWriteOff, TicketNotFound, TicketRefunded, TicketUsed } from './receipts.errors.js';
import { ReceiptsRepository, type TicketRecord } from './receipts.repository.js';
import { ticketItem, ticketsOf, type Ticket } from './scenic-ticket.js';

export type TicketCommand = { readonly issuerId: string; readonly receiptId: string; readonly ticketNo: string };
export type TicketUse = { readonly usedAt?: string | undefined; readonly gate?: string | undefined };
export type TicketRefund = { readonly reason?: string | undefined; readonly idempotencyKey?: string | undefined };

/** Tickets of a scenic ticket receipt: each is used or refunded once, and never both. */
@Injectable()
export class Tickets {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly writeOff: IssueWriteOff,
    private readonly recordEvent: RecordEvent,
    private readonly receipts: ReceiptsRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws `ReceiptNotFound`, `TicketNotFound`. */
  async list(issuerId: string, receiptId: string): Promise<(Ticket & Partial<TicketRecord>)[]> {
    const { receipt } = await this.writeOff.open(issuerId, receiptId);
    const records = await this.unitOfWork.run((tx) => this.receipts.listTickets(tx, issuerId, receiptId), { issuerId });
    const byNumber = new Map(records.map((record) => [record.ticketNo, record]));
    return ticketsOf(receipt.particulars).map((ticket) => ({ ...ticket, ...byNumber.get(ticket.ticketNo) }));
  }

  /** Throws `InvalidRequest`, `ReceiptNotFound`, `TicketNotFound`, `TicketUsed`, `TicketRefunded` or `TransitionRefused`; nothing is stored then. */
  async use(command: TicketCommand, { usedAt, gate }: TicketUse): Promise<void> {
    const { issuerId, receiptId } = command;
    const profile = await this.profiles.get(issuerId);
    const { ticket } = await this.find(command);
    const at = this.timeOfUse(usedAt);
    const where = gate === undefined ? {} : { gate: normaliseText(gate) };
    await this.unitOfWork.run(
      async (tx) => {
        await this.writeOff.lock(tx, issuerId, receiptId);
        await this.requireUntouched(tx, command, ticket);
        const { ticketNo } = ticket;
        const record = { ticketNo, state: 'used', at: new Date(at), gate: where.gate ?? null } as const;
        await this.receipts.insertTicket(tx, issuerId, receiptId, record);
        const payload = { ticketNo, usedAt: at, ...where };
        await this.recordEvent.execute(tx, profile, receiptId, { type: 'ticket-used', payload });
      },
      { issuerId },
    );
  }

  /** Gates may tell late of a use, but not of one that is still to come. */
  private timeOfUse(usedAt: string | undefined): string {
    const now = this.clock.now();
    if (usedAt === undefined) {
      return toChinaTime(now);
    }
    const at = canonicalInstant(normaliseCode(usedAt));
    if (new Date(at).getTime() > now.getTime() + CLOCK_SKEW_MS) {
      const message = 'A ticket is not used in the future; leave this out to say now.';
      throw new InvalidRequest([{ field: 'usedAt', code: 'receipts.time-order', message }]);
    }
    return at;
  }

  /** Answers the negative bill over the ticket's price. Throws as `use` does. */
  async refund(command: TicketCommand, { reason, idempotencyKey }: TicketRefund): Promise<IssuedDocument> {
    const { issuerId, receiptId } = command;
    const profile = await this.profiles.get(issuerId);
    const { original, ticket } = await this.find(command);
    const prepared = prepareRefund(original, ticket);
    const said = reason === undefined ? {} : { reason: normaliseText(reason) };
    const request = { ticketNo: ticket.ticketNo, ...said };
    return this.unitOfWork.run(
      async (tx) => {
        await this.writeOff.lock(tx, issuerId, receiptId);
        const { issued, isReplay } = await this.writeOff.execute(tx, profile, {
          ...{ original, prepared, idempotencyKey, request },
        });
        if (!isReplay) {
          await this.recordRefund(tx, profile, { command, original, ticket }, { ...request, ...successorOf(issued) });
        }
        return issued;
      },
      { issuerId },
    );
  }

  private async recordRefund(
    tx: Tx,
    profile: IssuerProfile,
    { command, original, ticket }: { command: TicketCommand; original: OpenedReceipt; ticket: Ticket },
    payload: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { issuerId, receiptId } = command;
    const others = await this.requireUntouched(tx, command, ticket);
    const record = { ticketNo: ticket.ticketNo, state: 'refunded', at: this.clock.now(), gate: null } as const;
    await this.receipts.insertTicket(tx, issuerId, receiptId, record);
    const refunded = others.filter(({ state }) => state === 'refunded').length + 1;
    const isLast = refunded === ticketsOf(original.receipt.particulars).length;
    const type = isLast ? 'last-ticket-refunded' : 'ticket-refunded';
    await this.recordEvent.execute(tx, profile, receiptId, { type, payload });
  }

  private async find({ issuerId, receiptId, ticketNo }: TicketCommand): Promise<{
    original: OpenedReceipt;
    ticket: Ticket;
  }> {
    const original = await this.writeOff.open(issuerId, receiptId);
    if (original.receipt.direction === 'write-off') {
      throw new ReceiptIsWriteOff();
    }
    const wanted = normaliseCode(ticketNo);
    const ticket = ticketsOf(original.receipt.particulars).find((candidate) => candidate.ticketNo === wanted);
    if (ticket === undefined) {
      throw new TicketNotFound();
    }
    return { original, ticket };
  }

  /** Answers what happened to the other tickets. */
  private async requireUntouched(
    tx: Tx,
    { issuerId, receiptId }: TicketCommand,
    { ticketNo }: Ticket,
  ): Promise<TicketRecord[]> {
    const records = await this.receipts.listTickets(tx, issuerId, receiptId);
    const earlier = records.find((record) => record.ticketNo === ticketNo);
    if (earlier !== undefined) {
      throw earlier.state === 'used' ? new TicketUsed() : new TicketRefunded();
    }
    return records;
  }
}

function successorOf({ number, documentAddress }: IssuedDocument): {
  successorNumber: string;
  successorAddress: string;
} {
  return { successorNumber: number, successorAddress: documentAddress };
}

/** The bill over this ticket alone. */
function prepareRefund({ receipt, kind }: OpenedReceipt, ticket: Ticket): PreparedReceipt {
  const { particulars } = receipt;
  const item = ticketItem(textOf(particulars, 'scenicSpot'), ticket, 1);
  return prepareWriteOff(receipt, kind.definitionOf(receipt), billFormOf(receipt), {
    items: linesOf(receipt, item),
    particulars: { ...particulars, tickets: [{ ...ticket }] },
  });
}

function linesOf(receipt: Receipt, item: ReturnType<typeof ticketItem>): Receipt['items'] {
  const { payer, handlingPerson, checker, kind } = receipt;
  return readReceiptDraft({ kind, payer, handlingPerson, checker }, { items: [item] }).items.map(({ text }) => text);
}
