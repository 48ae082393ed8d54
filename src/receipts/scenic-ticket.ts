import { formatAmount, normaliseCode, normaliseText, parseAmount } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import type { CoreData } from '../proof/index.js';
import type { ReceiptItemRequest } from './create-receipt.dto.js';
import type { ReceiptDefinition } from './receipt-definition.js';
import { type ReceiptDraft, readReceiptDraft } from './receipt-draft.js';
import { gridFields, textOf } from './receipt-labels.js';
import type { Report } from './receipt-report.js';
import { TICKETS_LIFE_CYCLE } from './receipt.life-cycle.js';
import { fact } from './receipt.public-facts.js';
import { TicketAlreadySold } from './receipts.errors.js';
import type { Receipt } from './receipt.js';
import { ScenicTicketDto, TICKET_TYPES, type ScenicTicketRequest } from './scenic-ticket.dto.js';

/** One ticket as it was sold; whether it is used or refunded is told by the events of the document. */
export type Ticket = { readonly ticketNo: string; readonly type: string; readonly price: string };

const BILL = { category: '05', type: '01', title: '景区门票电子票据' };
const TYPE_NAMES: Readonly<Record<string, string>> = {
  adult: '成人票',
  child: '儿童票',
  student: '学生票',
  senior: '老年票',
  group: '团队票',
};

/** 景区票: one receipt for the tickets of one visit, each of which is used or refunded by itself. */
export const scenicTicket: ReceiptDefinition<ScenicTicketRequest> = {
  name: 'receipt.scenic-ticket',
  title: { zh: '景区门票电子票据', en: 'Scenic spot ticket receipt' },
  isSupervised: false,
  lifeCycle: TICKETS_LIFE_CYCLE,
  claims: {
    of: ({ particulars }) => ticketsOf(particulars).map(({ ticketNo }) => `ticket ${ticketNo}`),
    refusal: () => new TicketAlreadySold(),
  },
  parse: compileValidator(ScenicTicketDto),
  read: (request) => {
    const particulars = readParticulars(request.particulars);
    return readReceiptDraft(request, { items: itemsOf(request.particulars) }, particulars);
  },
  check: checkTickets,
  formOf: () => BILL,
  amountFields: [],
  gridOf: ({ particulars }) => ({
    columns: 3,
    fields: [
      ...gridFields(particulars, [
        ['scenicSpot', '景区', 2],
        ['visitDate', '游览日期'],
      ]),
      { label: '票数', value: `${ticketsOf(particulars).length} 张` },
      ...gridFields(particulars, [['invoiceNumber', '数电票号码', 2]]),
    ],
  }),
  listsOf: ({ particulars }) => [
    {
      title: '门票清单',
      columns: [
        { label: '序号', share: 1, align: 'center' },
        { label: '票号', share: 5, align: 'left' },
        { label: '票种', share: 2, align: 'center' },
        { label: '票价（元）', share: 2, align: 'right' },
      ],
      rows: ticketsOf(particulars).map(({ ticketNo, type, price }, index) => [
        String(index + 1),
        ticketNo,
        TYPE_NAMES[type] ?? type,
        price,
      ]),
    },
  ],
  publicFacts: publicFactsOf,
};

/** The tickets in the particulars of a scenic ticket receipt. */
export function ticketsOf(particulars: CoreData | undefined): readonly Ticket[] {
  return (particulars?.tickets ?? []) as readonly Ticket[];
}

/** One item for the tickets of the same type and price, in the order of the types. */
function itemsOf({ scenicSpot, tickets }: ScenicTicketRequest['particulars']): ReceiptItemRequest[] {
  const counts = new Map<string, { type: string; price: string; count: number }>();
  for (const { type, price } of tickets) {
    const key = `${type} ${formatAmount(parseAmount(price))}`;
    const group = counts.get(key) ?? { type, price: formatAmount(parseAmount(price)), count: 0 };
    counts.set(key, { ...group, count: group.count + 1 });
  }
  const place = ({ type }: { type: string }): number => (TICKET_TYPES as readonly string[]).indexOf(type);
  const groups = [...counts.values()].sort((left, right) => place(left) - place(right));
  return groups.map(({ type, price, count }) => ticketItem(scenicSpot, { type, price }, count));
}

/** The line of `count` tickets of one type and price. */
export function ticketItem(
  scenicSpot: string,
  { type, price }: Pick<Ticket, 'type' | 'price'>,
  count: number,
): ReceiptItemRequest & { code: string } {
  const code = `0501${String((TICKET_TYPES as readonly string[]).indexOf(type) + 1).padStart(2, '0')}`;
  return {
    code,
    name: `${scenicSpot}${TYPE_NAMES[type] ?? type}`,
    unit: '张',
    quantity: String(count),
    standard: price,
  };
}

function readParticulars({
  scenicSpot,
  visitDate,
  invoiceNumber,
  tickets,
}: ScenicTicketRequest['particulars']): CoreData {
  return {
    scenicSpot: normaliseText(scenicSpot),
    visitDate: normaliseCode(visitDate),
    ...(invoiceNumber !== undefined && { invoiceNumber: normaliseCode(invoiceNumber) }),
    tickets: tickets.map(({ ticketNo, type, price }) => ({
      ticketNo: normaliseCode(ticketNo),
      type,
      price: formatAmount(parseAmount(price)),
    })),
  };
}

function checkTickets({ particulars }: ReceiptDraft, _context: unknown, report: Report): void {
  const seen = new Set<string>();
  for (const [index, { ticketNo, price }] of ticketsOf(particulars).entries()) {
    if (seen.has(ticketNo)) {
      report(`particulars.tickets[${index}].ticketNo`, 'ticket-twice', 'This ticket number stands here twice.');
    }
    seen.add(ticketNo);
    if (parseAmount(price) < 0n) {
      report(`particulars.tickets[${index}].price`, 'amount-negative', 'A price must not be negative.');
    }
  }
}

function publicFactsOf({ particulars }: Receipt): ReturnType<ReceiptDefinition['publicFacts']> {
  return [
    fact('景区', 'Scenic spot', textOf(particulars, 'scenicSpot')),
    fact('游览日期', 'Day of visit', textOf(particulars, 'visitDate')),
    fact('票数', 'Tickets', String(ticketsOf(particulars).length)),
  ];
}
