import { describe, expect, it } from 'vitest';
import { amount, invoiceLine } from '../../test/support/invoices.js';
import { domainVectors } from '../../test/vectors/domain.js';
import { parseAmount, parseDecimal } from '../kernel/index.js';
import { answerSlip, ConfirmationRefused, firstStatus, statusAt, VOID_STATUSES, voidSlip } from './red-confirmation.js';
import { blueLinesOf, redLineOf } from './red-letter-lines.js';
import { checkRedLetter, isFullReversal, type RedTerms } from './red-letter-rules.js';
import { takeAll, type BlueRemainder, type RedTaking } from './red-letter.js';
import { readRedRemark, redRemark } from './red-remark.js';

type VectorInput = Record<
  'blueNet' | 'blueTax' | 'blueQty' | 'alreadyRed' | 'redAmount' | 'redTax' | 'redQty',
  string
> & {
  reasonCode: RedTerms['reasonCode'];
  buyerConfirmedUse: boolean;
  confirmationStatus: RedTerms['confirmationStatus'];
};

describe('the published cases', () => {
  it.each(domainVectors('redInvoice'))('$why', ({ input, valid }) => {
    const { blueNet, blueTax, blueQty, alreadyRed, redAmount, redTax, redQty, ...terms } = input as VectorInput;
    expect(alreadyRed).toBe('0');
    const blue = {
      line: 1,
      amount: parseAmount(blueNet),
      tax: parseAmount(blueTax),
      quantity: parseDecimal(blueQty),
      taxRate: '0.13',
    };
    const taking = {
      line: 1,
      amount: parseAmount(redAmount),
      tax: parseAmount(redTax),
      quantity: parseDecimal(redQty),
    };
    expect(checkRedLetter(terms, [blue], [taking]).length === 0).toBe(valid);
  });
});

const left = (changes: Partial<BlueRemainder> = {}): BlueRemainder => ({
  line: 1,
  amount: 10_000n,
  tax: 600n,
  quantity: parseDecimal('4'),
  taxRate: '0.06',
  ...changes,
});
const taking = (changes: Partial<RedTaking> = {}): RedTaking => ({
  line: 1,
  amount: -2_500n,
  tax: -150n,
  quantity: parseDecimal('-1'),
  ...changes,
});
const partial: RedTerms = { reasonCode: '02', buyerConfirmedUse: true, confirmationStatus: '04' };
const alone: RedTerms = { reasonCode: '01', buyerConfirmedUse: false, confirmationStatus: '01' };
const codes = (terms: RedTerms, blue: readonly BlueRemainder[], red: readonly RedTaking[]): string[] =>
  checkRedLetter(terms, blue, red).map(({ field, code }) => `${field} ${code}`);

describe('what a red-letter invoice may take', () => {
  it('is a part, or exactly the rest', () => {
    expect(codes(partial, [left(), left({ line: 2 })], [taking()])).toEqual([]);
    expect(codes(alone, [left(), left({ line: 2 })], takeAll([left(), left({ line: 2 })]))).toEqual([]);
    const rest = left({ amount: 1n, tax: 0n, quantity: parseDecimal('0.00') });
    expect(isFullReversal([rest], takeAll([rest]))).toBe(true);
    expect(takeAll([rest])).toEqual([{ line: 1, amount: -1n, tax: 0n }]);
  });

  it('is an allowance without a quantity', () => {
    expect(codes({ ...partial, reasonCode: '04' }, [left()], [{ line: 1, amount: -100n, tax: -6n }])).toEqual([]);
  });

  it.each<[string, RedTerms, readonly BlueRemainder[], readonly RedTaking[], readonly string[]]>([
    [
      'more than the amount',
      partial,
      [left()],
      [taking({ amount: -10_001n, tax: -600n })],
      ['lines[0].amount invoices.red-exceeds-blue'],
    ],
    [
      'more than the tax',
      partial,
      [left()],
      [taking({ amount: -9_999n, tax: -601n })],
      ['lines[0].tax invoices.red-exceeds-blue'],
    ],
    [
      'more than the quantity',
      partial,
      [left()],
      [taking({ quantity: parseDecimal('-4.1') })],
      ['lines[0].quantity invoices.red-exceeds-blue'],
    ],
    [
      'all of the amount, not of the tax',
      partial,
      [left()],
      [taking({ amount: -10_000n, tax: -599n })],
      ['lines[0].tax invoices.red-tax-left-over'],
    ],
    [
      'a tax that is not the rate’s',
      partial,
      [left()],
      [taking({ tax: -157n })],
      ['lines[0].tax invoices.line-tax-out-of-tolerance'],
    ],
    ['something positive', partial, [left()], [taking({ amount: 1n })], ['lines[0].amount invoices.red-not-negative']],
    ['nothing', partial, [left()], [taking({ amount: 0n, tax: 0n })], ['lines[0].amount invoices.red-not-negative']],
    [
      'a positive quantity',
      partial,
      [left()],
      [taking({ quantity: parseDecimal('1') })],
      ['lines[0].quantity invoices.red-not-negative'],
    ],
    [
      'a line that is not there',
      partial,
      [left()],
      [taking({ line: 2 })],
      ['lines[0].blueLine invoices.red-line-unknown'],
    ],
    ['a line twice', partial, [left()], [taking(), taking()], ['lines[1].blueLine invoices.red-line-twice']],
    [
      'a quantity the blue line has not',
      partial,
      [{ line: 1, amount: 10_000n, tax: 600n, taxRate: '0.06' }],
      [taking()],
      ['lines[0].quantity invoices.red-quantity-without-blue'],
    ],
    [
      'too fine a quantity',
      partial,
      [left({ quantity: parseDecimal('12345678901234567890') })],
      [taking({ quantity: parseDecimal('-0.000001') })],
      ['lines[0].quantity invoices.red-quantity-too-fine'],
    ],
    ['anything when nothing is left', alone, [left({ amount: 0n, tax: 0n })], [], ['lines invoices.nothing-left']],
    [
      'a part for reason 01',
      { ...partial, reasonCode: '01' },
      [left()],
      [taking()],
      ['reasonCode invoices.red-reason-is-full'],
    ],
    [
      'a part before the buyer confirmed the use',
      { ...alone, reasonCode: '02' },
      [left()],
      [taking()],
      ['lines invoices.red-partial-not-allowed'],
    ],
    [
      'all, alone, after the buyer confirmed the use',
      { ...alone, buyerConfirmedUse: true },
      [left()],
      takeAll([left()]),
      ['confirmationId invoices.red-confirmation-required'],
    ],
  ])('is not %s', (_name, terms, blue, red, expected) => {
    expect(codes(terms, blue, red)).toEqual(expected);
  });

  it.each(['02', '03', '05', '06', '07', '08', '09', '10', '11', '12', '13'] as const)(
    'is nothing with a slip in status %s',
    (status) => {
      expect(codes({ ...partial, confirmationStatus: status }, [left()], [taking()])).toEqual([
        'confirmationId invoices.red-not-confirmed',
      ]);
    },
  );
});

describe('the lines of a red-letter invoice', () => {
  const discounted = invoiceLine({
    nature: 'discounted',
    spec: 'X1-示例',
    unit: '台',
    quantity: '8',
    unitPrice: '6194.6902654867',
    amount: amount('49557.52'),
    taxRate: '0.13',
    tax: amount('6442.48'),
  });
  const discount = {
    ...discounted,
    nature: 'discount' as const,
    amount: amount('-4955.75'),
    tax: amount('-644.25'),
  };
  const lines = [discounted, discount, invoiceLine()];

  it('net a discount into its line, as the published sample does', () => {
    const blue = blueLinesOf(lines);
    expect(blue.map(({ line, amount: net, tax }) => [line, net, tax])).toEqual([
      [1, 4_460_177n, 579_823n],
      [3, 62_264n, 3_736n],
    ]);
    const red = redLineOf({ line: 1, amount: -1_115_044n, tax: -144_956n, quantity: parseDecimal('-2') }, lines);
    expect(red).toMatchObject({
      nature: 'normal',
      spec: 'X1-示例',
      quantity: '-2',
      unitPrice: '5575.22125',
      amount: '-11150.44',
      tax: '-1449.56',
      blueLine: '1',
    });
  });

  it('keep the printed price, or state the one that makes the amount', () => {
    const take = (fen: bigint) => redLineOf({ line: 3, amount: fen, tax: -1n, quantity: parseDecimal('-1.00') }, lines);
    expect(take(-62_264n)).toMatchObject({ quantity: '-1', unitPrice: '622.64150943396' });
    expect(take(-10_000n)).toMatchObject({ quantity: '-1', unitPrice: '100' });
  });

  it('state neither quantity nor price of an allowance', () => {
    const red = redLineOf({ line: 3, amount: -100n, tax: -6n }, lines);
    expect(red).not.toHaveProperty('quantity');
    expect(red).not.toHaveProperty('unitPrice');
  });
});

describe('the remark', () => {
  it('is written as the rule says, and read in both spellings', () => {
    const parts = { blueNumber: '26952000000200000002', confirmationNumber: '44030026030000000001' };
    const text = redRemark(parts as Parameters<typeof redRemark>[0]);
    expect(text).toBe('被红冲蓝字数电发票号码：26952000000200000002 红字发票信息确认单编号：44030026030000000001');
    expect(readRedRemark(`${text} 退货两台`)).toEqual(parts);
    expect(readRedRemark(text.replace('数电发票', '数电票').replaceAll('：', ':'))).toEqual(parts);
    expect(readRedRemark('合同编号：DEMO-2026-001')).toBeNull();
  });
});

describe('a confirmation slip', () => {
  const enteredAt = new Date('2026-03-12T01:00:00Z');
  const just = new Date('2026-03-15T00:59:59.999Z');
  const late = new Date('2026-03-15T01:00:00Z');

  it('needs nobody’s word while the buyer has not confirmed the use', () => {
    expect([firstStatus('seller', false), firstStatus('buyer', false)]).toEqual(['01', '01']);
    expect([firstStatus('seller', true), firstStatus('buyer', true)]).toEqual(['02', '03']);
  });

  it('lapses after 72 hours', () => {
    expect(statusAt({ status: '02', initiator: 'seller', enteredAt }, just)).toBe('02');
    expect(statusAt({ status: '03', initiator: 'buyer', enteredAt }, late)).toBe('07');
    expect(statusAt({ status: '04', initiator: 'buyer', enteredAt }, late)).toBe('04');
  });

  it.each([
    ['02', 'seller', 'buyer', 'confirm', '04'],
    ['02', 'seller', 'buyer', 'deny', '05'],
    ['02', 'seller', 'seller', 'withdraw', '08'],
    ['03', 'buyer', 'seller', 'confirm', '04'],
    ['03', 'buyer', 'seller', 'deny', '06'],
    ['03', 'buyer', 'buyer', 'withdraw', '08'],
    ['04', 'seller', 'buyer', 'withdraw', '09'],
    ['01', 'seller', 'seller', 'withdraw', '08'],
  ] as const)('in status %s entered by the %s: the %s may %s', (status, initiator, by, action, expected) => {
    expect(answerSlip({ status, initiator, enteredAt }, by, action, just)).toBe(expected);
  });

  it.each([
    ['02', 'seller', 'seller', 'confirm'],
    ['03', 'buyer', 'buyer', 'confirm'],
    ['02', 'seller', 'buyer', 'withdraw'],
    ['01', 'seller', 'buyer', 'withdraw'],
    ['05', 'seller', 'buyer', 'confirm'],
    ['04', 'seller', 'buyer', 'deny'],
  ] as const)('in status %s entered by the %s: the %s may not %s', (status, initiator, by, action) => {
    expect(() => answerSlip({ status, initiator, enteredAt }, by, action, just)).toThrow(ConfirmationRefused);
  });

  it.each(VOID_STATUSES)('is voided with %s while it is alive, and not any more when it is dead', (as) => {
    const slip = { initiator: 'seller', enteredAt } as const;
    for (const status of ['01', '02', '03', '04'] as const) {
      expect(voidSlip({ ...slip, status }, as, { buyerIsPerson: true, now: just })).toBe(as);
    }
    for (const status of ['05', '06', '08', '09', ...VOID_STATUSES] as const) {
      expect(() => voidSlip({ ...slip, status }, as, { buyerIsPerson: true, now: just })).toThrow(ConfirmationRefused);
    }
    const lapsed = (): unknown => voidSlip({ ...slip, status: '02' }, as, { buyerIsPerson: true, now: late });
    expect(lapsed).toThrow(expect.objectContaining({ code: 'red-confirmations.lapsed' }) as Error);
  });

  it('is refused by a person only when the buyer is one', () => {
    const slip = { status: '01', initiator: 'seller', enteredAt } as const;
    expect(() => voidSlip(slip, '12', { buyerIsPerson: false, now: just })).toThrow(
      expect.objectContaining({ code: 'red-confirmations.buyer-is-no-person' }) as Error,
    );
    expect(voidSlip(slip, '10', { buyerIsPerson: false, now: just })).toBe('10');
  });

  it('that lapsed is answered by a code of its own', () => {
    const answer = () => answerSlip({ status: '02', initiator: 'seller', enteredAt }, 'buyer', 'confirm', late);
    expect(answer).toThrow(expect.objectContaining({ code: 'red-confirmations.lapsed' }) as Error);
  });
});
