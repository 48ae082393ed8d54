import { describe, expect, it } from 'vitest';
import {
  asCore,
  issued,
  issuerCalled,
  kindCalled,
  NOW,
  problemsOf,
  type ReceiptBody,
  sampleReceipt,
  sampleReceipts,
} from '../../test/support/receipts.js';
import { parseAmount, rmbParse } from '../kernel/index.js';
import { flatten } from '../proof/index.js';
import { completeReceipt, prepareWriteOff } from './receipt.canonical.js';
import type { FiscalBillNumber } from './fiscal-codes.js';

type Bend = (body: ReceiptBody & { items: Record<string, unknown>[] }) => unknown;

/** What is wrong with a sample after a change. */
function bent(sample: string, bend: Bend): readonly string[] {
  const { request, issuer } = sampleReceipt(sample);
  const body = structuredClone(request) as ReceiptBody & { items: Record<string, unknown>[] };
  bend(body);
  return problemsOf(body, issuer, kindCalled(request.kind));
}

const set =
  (values: Record<string, unknown>): Bend =>
  (body) =>
    Object.assign(body.particulars, values);

describe.each(sampleReceipts())('the sample $name', ({ request, issuer, expected }) => {
  const receipt = issued(request, issuerCalled(issuer));

  it('says title, code, sum and words as the domain specification does', () => {
    const { title, code, number, totals } = receipt;
    expect({ title, code, total: totals.amount, words: totals.inWords }).toEqual(expected);
    expect(number).toBe('0000000101');
    expect(rmbParse(totals.inWords)).toBe(parseAmount(totals.amount));
  });

  it('is nothing but text, and says the same in its QR code', () => {
    expect(flatten(asCore(receipt)).every(([, value]) => typeof value === 'string')).toBe(true);
    expect(receipt.qrText).toBe(
      `CZ-EI-${receipt.code.slice(0, 2)},${receipt.code},0000000101,${receipt.checkCode},${receipt.totals.amount},20260321`,
    );
  });

  it('is taken back by a bill of the same lines below zero that names it', () => {
    const kind = kindCalled(request.kind);
    const prepared = prepareWriteOff(receipt, kind.definition, { category: '01', type: '01', title: '' });
    const marks = { code: receipt.code, number: '0000000102' as FiscalBillNumber, checkCode: 'k7x2pd', issuedAt: NOW };
    const back = completeReceipt(prepared, marks);
    expect(parseAmount(back.totals.amount)).toBe(-parseAmount(receipt.totals.amount));
    expect(back.writesOff).toEqual({ code: receipt.code, number: receipt.number, checkCode: receipt.checkCode });
    expect(back.items.map(({ quantity, standard }) => [quantity, standard])).toEqual(
      receipt.items.map(({ quantity, standard }) => [`-${quantity}`, standard]),
    );
    expect(Object.keys(back).sort()).toEqual([...Object.keys(receipt), 'writesOff'].sort());
  });
});

describe('a receipt', () => {
  it.each<[string, Bend, readonly string[]]>([
    [
      'an amount that is not quantity × price',
      (b) => Object.assign(b.items[0] ?? {}, { amount: '200.01' }),
      ['items[0].amount receipts.amount-mismatch'],
    ],
    ['a quantity of 0', (b) => Object.assign(b.items[0] ?? {}, { quantity: '0' }), []],
    ['another total', (b) => (b.total = '199.99'), ['total receipts.total-mismatch']],
    [
      'a wrong citizen id',
      (b) => (b.payer = { type: '1', name: '林', code: '440300198902141018' }),
      ['payer.code receipts.payer-code-invalid'],
    ],
    [
      'an organisation without code',
      (b) => (b.payer = { type: '2', name: '公司' }),
      ['payer.code receipts.payer-code-required'],
    ],
    [
      'an organisation with a wrong code',
      (b) => (b.payer = { type: '2', name: '公司', code: '91440300MAXDEM0136' }),
      ['payer.code receipts.payer-code-invalid'],
    ],
    ['an unknown field', (b) => (b.number = '0000000001'), ['number validation.unknown-field']],
    [
      'numbers for text',
      (b) => Object.assign(b.items[0] ?? {}, { quantity: 1 }),
      ['items[0].quantity validation.type'],
    ],
    ['a blank name', (b) => (b.payer = { type: '1', name: ' ' }), ['payer.name validation.blank']],
    ['a reversed remark', (b) => (b.remark = '\u202e备注'), ['remark validation.characters']],
    ['half a surrogate pair', (b) => (b.remark = '\ud800'), ['remark validation.characters']],
    ['a character that no font draws', (b) => (b.remark = '김'), ['remark validation.undrawable']],
    ['no items', (b) => (b.items = []), ['items validation.too-few']],
  ])('is refused with %s', (name, bend, expected) => {
    const problems = bent('fine-parking', bend);
    if (name === 'a quantity of 0') {
      expect(problems).toContain('items[0].quantity receipts.quantity-not-positive');
    } else {
      expect(problems).toEqual(expected);
    }
  });

  it('rounds quantity × price half away from zero, and adds exactly', () => {
    const { request, issuer } = sampleReceipt('charging');
    const receipt = issued(request, issuerCalled(issuer));
    expect(receipt.items.map(({ amount }) => amount)).toEqual(['30.88', '13.00']);
  });

  it('says SAMPLE provinces unless the issuer holds a mandate', () => {
    const { request } = sampleReceipt('fine-parking');
    const receipt = issued(request, issuerCalled('traffic', { mandate: 'state' }));
    expect([receipt.title, receipt.supervisor?.areaCode]).toEqual(['广东省罚没款统一票据（电子）', '440000']);
  });
});

describe('a traffic fine', () => {
  it.each<[string, Bend, readonly string[]]>([
    [
      'payment that is missing',
      (b) => {
        ['paidAt', 'paymentChannel', 'payOrderNo'].forEach((field) => Reflect.deleteProperty(b.particulars, field));
      },
      ['paidAt', 'paymentChannel', 'payOrderNo'].map((field) => `particulars.${field} receipts.not-paid`),
    ],
    [
      'a decision before the violation',
      set({ decidedAt: '2026-02-28T00:00:00+08:00' }),
      ['particulars.decidedAt receipts.time-order'],
    ],
    [
      'payment before the decision',
      set({ paidAt: '2026-03-01T09:00:00+08:00' }),
      ['particulars.paidAt receipts.time-order'],
    ],
    ['payment in the future', set({ paidAt: '2026-03-21T11:30:00+08:00' }), ['particulars.paidAt receipts.time-order']],
    ['2 points', set({ points: '2' }), ['particulars.points validation.not-allowed']],
    ['a decision of 14 digits', set({ decisionNo: '44030010000000' }), ['particulars.decisionNo validation.format']],
    ['a plate with I', set({ plateNo: '粤BI2345' }), ['particulars.plateNo validation.format']],
    ['another fine than the item', set({ fineAmount: '100.00' }), ['items[0].amount receipts.fine-mismatch']],
    [
      'a late fee that is no item',
      set({ lateFee: '6.00' }),
      ['items receipts.late-fee-mismatch', 'particulars.lateFee receipts.late-fee-too-high'],
    ],
    ['a time without offset', set({ paidAt: '2026-03-11T09:29:50' }), ['particulars.paidAt validation.format']],
    [
      'a day that does not exist',
      set({ violationTime: '2026-02-30T09:29:50+08:00' }),
      ['particulars.violationTime validation.format'],
    ],
  ])('is refused with %s', (_name, bend, expected) => {
    expect(bent('fine-parking', bend)).toEqual(expected);
  });

  it.each([
    ['2026-02-24T23:59:59+08:00', '6.00', []],
    ['2026-02-25T00:00:00+08:00', '0.01', ['particulars.lateFee receipts.late-fee-too-high']],
    ['2026-02-20T09:00:00+08:00', '30.00', []],
    ['2026-02-20T09:00:00+08:00', '30.01', ['particulars.lateFee receipts.late-fee-too-high']],
    ['2025-06-01T09:00:00+08:00', '200.00', []],
    ['2025-06-01T09:00:00+08:00', '200.01', ['particulars.lateFee receipts.late-fee-too-high']],
  ])('decided %s and paid on 12 March bears a late fee of %s or not', (decidedAt, lateFee, expected) => {
    const problems = bent('fine-parking', (body) => {
      Object.assign(body.particulars, {
        decidedAt,
        lateFee,
        violationTime: '2025-05-01T09:00:00+08:00',
        paidAt: '2026-03-12T01:00:00+08:00',
      });
      body.items.push({ code: '103050102', name: '加处罚款', unit: '次', quantity: '1', standard: lateFee });
      delete body.total;
    });
    expect(problems).toEqual(expected);
  });

  it('normalises full-width plates and codes before it looks at them', () => {
    const { request } = sampleReceipt('fine-parking');
    const body = structuredClone(request);
    Object.assign(body.particulars, { plateNo: '粤ｂＤ１２３４５', decisionNo: '４４０３００１０００００００１１' });
    const { particulars } = issued(body, issuerCalled('traffic'));
    expect([particulars?.plateNo, particulars?.decisionNo]).toEqual(['粤BD12345', '4403001000000011']);
  });

  it('never tells plate, place or time to everybody, nor the whole name', () => {
    const { request } = sampleReceipt('fine-parking');
    const receipt = issued(request, issuerCalled('traffic'));
    const said = JSON.stringify(kindCalled(request.kind).publicFacts(asCore(receipt)));
    for (const secret of ['粤BD12345', '示例大道', '08:15', '2026-03-01', '林示安', '440300198902141019']) {
      expect(said).not.toContain(secret);
    }
    expect(said).toContain('林**');
  });
});

describe('a medical receipt', () => {
  it.each<[string, string, Bend, readonly string[]]>([
    [
      'items out of order',
      'insured',
      (b) => b.items.reverse(),
      ['items[1].name receipts.item-order', 'items[2].name receipts.item-order'],
    ],
    [
      'an item of no class',
      'insured',
      (b) => Object.assign(b.items[0] ?? {}, { name: '咨询费' }),
      ['items[0].name receipts.item-unknown'],
    ],
    [
      'an inpatient item',
      'insured',
      (b) => Object.assign(b.items[0] ?? {}, { name: '床位费' }),
      ['items[0].name receipts.item-unknown'],
    ],
    [
      'payments that miss the total',
      'insured',
      set({ cashPay: '24.89' }),
      ['particulars.cashPay receipts.payments-mismatch'],
    ],
    [
      'shares that miss the total',
      'insured',
      set({ selfPay: '62.41' }),
      ['particulars.ownExpense receipts.payments-mismatch'],
    ],
    [
      'a prepayment that misses the cash',
      'inpatient',
      set({ refund: '0.00' }),
      ['particulars.prepaid receipts.prepayment-mismatch'],
    ],
    [
      'no visit',
      'insured',
      (b) => delete b.particulars.visitDate,
      ['particulars.visitDate receipts.setting-field-required'],
    ],
    [
      'an inpatient field',
      'insured',
      set({ inpatientNo: '1' }),
      ['particulars.inpatientNo receipts.setting-field-not-allowed'],
    ],
    [
      'discharge before admission',
      'inpatient',
      set({ dischargedOn: '2026-02-01' }),
      ['particulars.dischargedOn receipts.time-order'],
    ],
    [
      'an organisation as patient',
      'insured',
      (b) => (b.payer = { type: '2', name: '公司', code: '91440300MAXDEM0135' }),
      ['payer.type receipts.payer-not-a-person'],
    ],
    [
      'a list that adds up to something else',
      'inpatient',
      (b) => (b.details = [{ name: '血常规', quantity: '1', standard: '1' }]),
      ['details receipts.details-mismatch'],
    ],
  ])('is refused with %s', (_name, sample, bend, expected) => {
    expect(bent(sample, bend)).toEqual(expected);
  });

  it('keeps no more of the patient’s number than it prints, and tells nobody items or insurance', () => {
    const { request, issuer } = sampleReceipt('inpatient');
    const receipt = issued(request, issuerCalled(issuer));
    expect(receipt.payer.code).toBe('320***********2028');
    const said = JSON.stringify(kindCalled(request.kind).publicFacts(asCore(receipt)));
    expect(said).not.toMatch(/手术|普通外科|职工|3201|周样宁|Z0000456/);
  });
});

describe('a scenic ticket receipt', () => {
  it('counts its tickets by type and price', () => {
    const { request } = sampleReceipt('two-adults');
    const body = structuredClone(request);
    body.particulars.tickets = [
      { ticketNo: 'XL01', type: 'child', price: '50.00' },
      { ticketNo: 'xl02', type: 'adult', price: '100.00' },
      { ticketNo: 'XL03', type: 'child', price: '50.00' },
    ];
    const { items } = issued(body, issuerCalled('xuelu'));
    expect(items.map(({ name, quantity, amount }) => [name, quantity, amount])).toEqual([
      ['雪麓示例景区成人票', '1', '100.00'],
      ['雪麓示例景区儿童票', '2', '100.00'],
    ]);
  });

  it('has each ticket once', () => {
    const problems = bent('two-adults', (body) => {
      const [first] = body.particulars.tickets as object[];
      body.particulars.tickets = [first, first];
    });
    expect(problems).toEqual(['particulars.tickets[1].ticketNo receipts.ticket-twice']);
  });
});
