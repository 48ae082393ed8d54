import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Issued, type Problem } from '../../support/api-caller.js';
import {
  expectRefused,
  expectToName,
  HOSTILE_TEXTS,
  leavesOf,
  withUnknownFields,
  WRONG_TYPES,
  type BadCase,
} from '../../support/bad-input.js';
import { sampleReceipt, type ReceiptBody } from '../../support/receipts.js';
import { bent, bodyOf, kindNames, library, loan, of, withItem, type KindName } from './bad-bodies.js';
import { callerOf, TestInstance } from '../../support/running-instance.js';

const everyReceipt: readonly BadCase[] = [
  ['no body', [], 'kind'],
  ['null', null, 'kind'],
  ['no kind', of('parking', { kind: undefined }), 'kind'],
  ['the kind of an invoice', of('parking', { kind: 'invoice.vat' }), 'kind'],
  ['a kind of the prototype', of('parking', { kind: 'constructor' }), 'kind'],
  ['a field of every object', JSON.parse('{"kind":"receipt.parking","__proto__":{"a":1}}'), '__proto__'],
  ['no items', of('parking', { items: [] }), 'items'],
  ['too many items', of('parking', { items: Array(201).fill(loan['items']) }), 'items'],
  ['an object for items', of('parking', { items: {} }), 'items'],
  ['items that are no objects', of('parking', { items: ['1'] }), 'items[0]'],
  ['a quantity of 0', withItem('parking', { quantity: '0' }), 'items[0].quantity'],
  ['an exponent', withItem('parking', { quantity: '1e2' }), 'items[0].quantity'],
  ['a price below 0', withItem('parking', { standard: '-1.00' }), 'items[0].standard'],
  ['an amount that is not quantity × price', withItem('parking', { amount: '0.01' }), 'items[0].amount'],
  ['one decimal', withItem('parking', { amount: '1.0' }), 'items[0].amount'],
  ['a wrong total', of('parking', { total: '0.01' }), 'total'],
  ['items worth nothing', withItem('a configured kind', { standard: '0.00' }), 'total'],
  ['a list of another sum', of('parking', { details: [{ name: '甲', quantity: '1', standard: '0.01' }] }), 'details'],
  ['a wrong citizen id', of('parking', { payer: { type: '1', name: '林', code: '440300198902141018' } }), 'payer.code'],
  ['an organisation without code', of('parking', { payer: { type: '2', name: '公司' } }), 'payer.code'],
  [
    'an id type that is none',
    of('parking', { payer: { type: '1', name: '林', code: 'E1234', codeType: '000' } }),
    'payer.codeType',
  ],
  ['a payer of no type', of('parking', { payer: { type: '3', name: '林' } }), 'payer.type'],
  ['a name too long', of('parking', { payer: { type: '1', name: '林'.repeat(101) } }), 'payer.name'],
  ['a character no font draws', of('parking', { remark: '한' }), 'remark'],
];
const rulesOfKinds: readonly BadCase[] = [
  ['a fine that is not paid', bent('a fine', { paidAt: undefined }), 'particulars.paidAt'],
  [
    'a decision before the violation',
    bent('a fine', { decidedAt: '2026-01-01T00:00:00+08:00' }),
    'particulars.decidedAt',
  ],
  ['payment in the future', bent('a fine', { paidAt: '2126-01-01T00:00:00+08:00' }), 'particulars.paidAt'],
  [
    'a day that does not exist',
    bent('a fine', { violationTime: '2026-02-30T00:00:00+08:00' }),
    'particulars.violationTime',
  ],
  ['a decision of 14 digits', bent('a fine', { decisionNo: '44030010000000' }), 'particulars.decisionNo'],
  ['a plate with I', bent('a fine', { plateNo: '粤BI2345' }), 'particulars.plateNo'],
  ['a plate of no province', bent('a fine', { plateNo: '字B12345' }), 'particulars.plateNo'],
  ['a plate type of three digits', bent('a fine', { plateType: '002' }), 'particulars.plateType'],
  ['a violation code that is none', bent('a fine', { violationCode: '9999' }), 'particulars.violationCode'],
  ['2 points', bent('a fine', { points: '2' }), 'particulars.points'],
  ['another fine than the item', bent('a fine', { fineAmount: '1.00' }), 'items[0].amount'],
  ['a late fee that is no item', bent('a fine', { lateFee: '6.00' }), 'items'],
  ['a late fee too high', bent('a fine', { lateFee: '999.00' }), 'particulars.lateFee'],
  [
    'an organisation as a patient',
    of('an out-patient', { payer: { type: '2', name: '公司', code: '91440300MAXDEM0135' } }),
    'payer.type',
  ],
  ['a setting that is none', bent('an out-patient', { setting: 'home' }), 'particulars.setting'],
  ['no visit', bent('an out-patient', { visitDate: undefined }), 'particulars.visitDate'],
  ['a field of in-patients', bent('an out-patient', { prepaid: '1.00' }), 'particulars.prepaid'],
  ['a visit to come', bent('an out-patient', { visitDate: '2126-03-06' }), 'particulars.visitDate'],
  ['an item of no class', withItem('an out-patient', { name: '咨询费' }), 'items[0].name'],
  ['payments of another sum', bent('an out-patient', { cashPay: '0.01' }), 'particulars.cashPay'],
  ['shares of another sum', bent('an out-patient', { selfPay: '0.01' }), 'particulars.ownExpense'],
  [
    'negotiated drugs beyond the total',
    bent('an out-patient', { negotiatedDrugs: '99999.00' }),
    'particulars.negotiatedDrugs',
  ],
  ['a prepayment of another sum', bent('an in-patient', { refund: '0.01' }), 'particulars.prepaid'],
  ['discharge before admission', bent('an in-patient', { dischargedOn: '2020-01-01' }), 'particulars.dischargedOn'],
  ['no department', bent('an in-patient', { department: undefined }), 'particulars.department'],
  ['no tickets', bent('tickets', { tickets: [] }), 'particulars.tickets'],
  [
    'a ticket of no type',
    bent('tickets', { tickets: [{ ticketNo: 'T-00', type: 'dog', price: '1.00' }] }),
    'particulars.tickets[0].type',
  ],
  [
    'a ticket below 0',
    bent('tickets', { tickets: [{ ticketNo: 'T-00', type: 'adult', price: '-1.00' }] }),
    'particulars.tickets[0].price',
  ],
  [
    'a ticket twice',
    bent('tickets', { tickets: Array(2).fill({ ticketNo: 'T-00', type: 'adult', price: '1.00' }) }),
    'particulars.tickets[1].ticketNo',
  ],
  ['items beside tickets', of('tickets', { items: loan['items'] }), 'items'],
  ['a plate that is none', bent('parking', { plateNo: '12345' }), 'particulars.plateNo'],
  ['a plate letter that is none', bent('parking', { plateNo: '粤BL12345' }), 'particulars.plateNo'],
  ['a time without offset', bent('parking', { enteredAt: '2026-03-05T10:00:00' }), 'particulars.enteredAt'],
  ['no station', bent('charging', { station: undefined }), 'particulars.station'],
  ['energy in words', bent('charging', { energy: '三' }), 'particulars.energy'],
  ['a word of another list', bent('a configured kind', { level: '老年' }), 'particulars.level'],
  ['another pattern', bent('a configured kind', { card: 'A1' }), 'particulars.card'],
  ['a list too long', bent('a configured kind', { books: Array(3).fill({ title: '甲' }) }), 'particulars.books'],
  ['a text too long', bent('a configured kind', { books: [{ title: '甲'.repeat(11) }] }), 'particulars.books[0].title'],
];

describe('bad input', () => {
  let instance: TestInstance;
  let caller: ApiCaller;
  let operator: ApiCaller;
  let issued: { parking: Issued; tickets: Issued };
  const [ticketNo] = (sampleReceipt('two-adults').request.particulars['tickets'] as { ticketNo: string }[]).map(
    (ticket) => ticket.ticketNo,
  );

  beforeAll(async () => {
    instance = await TestInstance.make();
    const api = await instance.startApi();
    caller = callerOf(api, await instance.addIssuer('traffic'));
    operator = new ApiCaller(api.url, await instance.atDesk((desk) => desk.createOperatorKey('test')));
    expect((await operator.post('/v1/receipt-kinds', library)).status).toBe(201);
    const issue = async (kind: KindName): Promise<Issued> =>
      (await caller.post<Issued>('/v1/receipts', bodyOf(kind))).body;
    issued = { parking: await issue('parking'), tickets: await issue('tickets') };
  });
  afterAll(() => instance.close());

  const refused = (path: string, body: unknown, field: string): Promise<void> =>
    expectRefused({ instance, caller }, path, body, field);

  it.each(everyReceipt)('for any receipt is refused by its field: %s', async (_name, body, field) => {
    await refused('/v1/receipts', body, field);
  });

  it.each(rulesOfKinds)('is refused by its field: %s', async (_name, body, field) => {
    await refused('/v1/receipts', body, field);
  });

  it.each(kindNames)('in any text of %s is refused by its field, and nothing is stored', async (kind) => {
    const before = await instance.rowCounts();
    for (const { field, put } of leavesOf(bodyOf(kind))) {
      for (const [what, value] of [...HOSTILE_TEXTS, ...WRONG_TYPES]) {
        expectToName(await caller.post<Problem>('/v1/receipts', put(value)), field, `${what} in ${field}`);
      }
    }
    expect(await instance.rowCounts()).toEqual(before);
  });

  it.each(kindNames)('beside what %s says is refused by its name, wherever it stands', async (kind) => {
    const before = await instance.rowCounts();
    for (const [what, body, field] of withUnknownFields(bodyOf(kind), 'colour')) {
      expectToName(await caller.post<Problem>('/v1/receipts', body), field, what);
    }
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('that is too large, no JSON, no UTF-8 or says one thing twice is refused before it is read', async () => {
    const before = await instance.rowCounts();
    const large = JSON.stringify(of('parking', { remark: 'x'.repeat(10 * 1024 * 1024) }));
    const twice = JSON.stringify(bodyOf('a fine')).replace('"plateNo"', '"plateNo":"粤B12345","plateNo"');
    const answers = [large, '{"kind":', Uint8Array.of(0x7b, 0xff, 0x7d), twice].map((body) =>
      caller.post<Problem>('/v1/receipts', body),
    );
    const said = (await Promise.all(answers)).map(({ status, body }) => `${status} ${body.code}`);
    expect(said).toEqual([
      '413 request.body-too-large',
      '400 request.body-not-json',
      '400 request.body-not-utf8',
      '400 request.duplicate-key',
    ]);
    expectToName(await caller.post<Problem>('/v1/receipts', twice), 'particulars.plateNo');
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('in full width is read where it means the same', async () => {
    const { body } = await caller.post<Issued>(
      '/v1/receipts',
      bent('a fine', {
        decisionNo: '４４０３００１０００００００９９',
        plateNo: '粤ｂ１２３４５',
        fineAmount: '２００．００',
      }),
    );
    const { content } = (await caller.get<{ content: ReceiptBody }>(`/v1/documents/${body.id}`)).body;
    expect(content.particulars).toMatchObject({
      decisionNo: '4403001000000099',
      plateNo: '粤B12345',
      fineAmount: '200.00',
    });
  });

  const notToReason = HOSTILE_TEXTS.map(([name, reason]): BadCase => [name, { reason }, 'reason']);
  const reasons: readonly BadCase[] = [
    ...notToReason,
    ...WRONG_TYPES.map(([name, reason]): BadCase => [name, { reason }, 'reason']),
    ['a reason too long', { reason: '错'.repeat(201) }, 'reason'],
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['a list', [], ''],
  ];
  it.each(reasons)('for a write-off or a refund is refused by its field: %s', async (_name, body, field) => {
    await refused(`/v1/receipts/${issued.parking.id}/write-off`, body, field);
    await refused(`/v1/receipts/${issued.tickets.id}/tickets/${ticketNo ?? ''}/refund`, body, field);
  });

  it.each<BadCase>([
    ['a time to come', { usedAt: '2126-01-01T00:00:00+08:00' }, 'usedAt'],
    ['a time without offset', { usedAt: '2026-03-05T10:00:00' }, 'usedAt'],
    ...WRONG_TYPES.map(([name, usedAt]): BadCase => [name, { usedAt }, 'usedAt']),
    ...HOSTILE_TEXTS.map(([name, gate]): BadCase => [name, { gate }, 'gate']),
    ['a gate too long', { gate: 'G'.repeat(33) }, 'gate'],
    ['an unknown field', { colour: 'red' }, 'colour'],
  ])('for the use of a ticket is refused by its field: %s', async (_name, body, field) => {
    await refused(`/v1/receipts/${issued.tickets.id}/tickets/${ticketNo ?? ''}/use`, body, field);
  });

  it('in a path is refused without a stored row', async () => {
    const before = await instance.rowCounts();
    const paths = [
      '/v1/receipts/1/write-off',
      `/v1/receipts/${issued.tickets.id}/tickets/%00/use`,
      `/v1/receipts/${issued.tickets.id}/tickets/%E2%80%AE/refund`,
      `/v1/receipts/${issued.parking.id}/tickets/T-1/use`,
    ];
    const answers = await Promise.all(paths.map((path) => caller.post<Problem>(path, {})));
    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '400 request.id-malformed',
      '400 request.path-malformed',
      ...Array<string>(2).fill('404 receipts.ticket-not-found'),
    ]);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('for a kind is refused by its field, in any text of it', async () => {
    const before = await instance.rowCounts();
    const further = { ...library, name: 'receipt.archive' };
    for (const { field, put } of leavesOf(further).filter(({ field }) => !/^fields/.test(field))) {
      for (const [what, value] of HOSTILE_TEXTS) {
        const body = put(field === 'isSupervised' ? 'true' : value);
        expectToName(await operator.post<Problem>('/v1/receipt-kinds', body), field, `${what} in ${field}`);
      }
    }
    for (const [what, body, field] of withUnknownFields(further, 'colour').filter(([name]) => !/^fields/.test(name))) {
      expectToName(await operator.post<Problem>('/v1/receipt-kinds', body), field, what);
    }
    expect(await instance.rowCounts()).toEqual(before);
  });
});
