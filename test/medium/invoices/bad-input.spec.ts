import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { expectRefused, HOSTILE_TEXTS, type BadCase } from '../../support/bad-input.js';
import { invoiceRequest, lineRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance } from '../../support/running-instance.js';

const request = invoiceRequest();
const withLine = (changes: object): unknown => ({ ...request, lines: [{ ...lineRequest(), ...changes }] });
const withBuyer = (changes: object): unknown => ({ ...request, buyer: { ...request.buyer, ...changes } });
const withText = (text: string): unknown => ({ ...request, remark: text });

const invoiceCases: readonly BadCase[] = [
  ['no body', [], ''],
  ['null', null, ''],
  ['a type that is none', { ...request, type: 'paper' }, 'type'],
  ['a scheme that is none', { ...request, scheme: 'paper' }, 'scheme'],
  ['a scheme for the other type', { ...request, scheme: 'legacy', type: 'special' }, 'type'],
  ['an unknown field', { ...request, colour: 'red' }, 'colour'],
  ['an unknown field of a line', withLine({ colour: 'red' }), 'lines[0].colour'],
  ['a field of every object', JSON.parse('{"__proto__":{"a":1}}'), 'type'],
  ['difference taxation', { ...request, deduction: '10.00' }, 'deduction'],
  ['difference taxation of a line', withLine({ deduction: '10.00' }), 'lines[0].deduction'],
  ['a number for text', withLine({ amount: 100 }), 'lines[0].amount'],
  ['a text for a truth', { ...request, buyerIsNaturalPerson: 'true' }, 'buyerIsNaturalPerson'],
  ['no lines', { ...request, lines: [] }, 'lines'],
  ['an object for lines', { ...request, lines: {} }, 'lines'],
  ['too many lines', { ...request, lines: new Array(2001).fill(lineRequest()) }, 'lines'],
  ['an exponent', withLine({ amount: '1e2' }), 'lines[0].amount'],
  ['one decimal', withLine({ amount: '100.0' }), 'lines[0].amount'],
  ['no number', withLine({ quantity: 'NaN', unitPrice: '1' }), 'lines[0].quantity'],
  ['a short class', withLine({ taxClassCode: '3070401' }), 'lines[0].taxClassCode'],
  ['a rate out of force', withLine({ taxRate: '0.17', tax: '17.00' }), 'lines[0].taxRate'],
  ['a wrong tax', withLine({ tax: '7.00' }), 'lines[0].tax'],
  ['a wrong total', { ...request, totals: { amount: '1.00', tax: '6.00', withTax: '7.00' } }, 'totals.amount'],
  ['a wrong tax id', withBuyer({ taxId: '91440300MAXDEM0136' }), 'buyer.taxId'],
  ['a tax id of someone who has none', { ...request, buyerIsNaturalPerson: true }, 'buyer.taxId'],
  ['a blank name', withBuyer({ name: '\u3000 ' }), 'buyer.name'],
  ['a name too long', withBuyer({ name: '公'.repeat(301) }), 'buyer.name'],
  ...HOSTILE_TEXTS.map(([name, text]) => [name, withText(text), 'remark'] as const),
  ['a character no font draws', withText('한'), 'remark'],
];

describe('bad input', () => {
  let instance: TestInstance;
  let caller: ApiCaller;
  let blue: Issued;

  beforeAll(async () => {
    instance = await TestInstance.make();
    caller = callerOf(await instance.startApi(), await instance.addIssuer());
    blue = await caller.issue();
  });

  afterAll(() => instance.close());

  const refused = (path: string, body: unknown, field: string): Promise<void> =>
    expectRefused({ instance, caller }, path, body, field);

  it.each(invoiceCases)('for an invoice is refused by its field: %s', async (_name, body, field) => {
    await refused('/v1/invoices', body, field);
  });

  it('that is too large or no JSON is refused before it is read', async () => {
    const large = JSON.stringify({ ...request, remark: 'x'.repeat(10 * 1024 * 1024) });
    expect((await caller.post<Problem>('/v1/invoices', large)).body.status).toBe(413);
    expect((await caller.post<Problem>('/v1/invoices', '{"type":')).body.status).toBe(400);
    const asText = await caller.post<Problem>('/v1/invoices', 'x', { 'content-type': 'text/plain' });
    expect(asText.body.status).toBe(415);
  });

  it('in full width is read where it means the same', async () => {
    const { id } = await caller.issue(withLine({ amount: '１００．００', quantity: '２', unitPrice: '５０' }));
    const { body } = await caller.get<{ content: { lines: object[] } }>(`/v1/documents/${id}`);
    expect(body.content.lines[0]).toMatchObject({ amount: '100.00', quantity: '2', unitPrice: '50' });
    await refused('/v1/invoices', withLine({ taxRate: '０．０６' }), 'lines[0].taxRate');
  });

  const line = { blueLine: 1, amount: '-1.00', tax: '-0.06' };
  const red = { reasonCode: '02', drawer: '林示安' };
  it.each<BadCase>([
    ['no reason', { drawer: '林示安' }, 'reasonCode'],
    ['a reason that is none', { ...red, reasonCode: '05' }, 'reasonCode'],
    ['a slip and lines', { ...red, confirmationId: '018f0000-0000-7000-8000-000000000000', lines: [line] }, 'lines'],
    ['a slip that is no id', { ...red, confirmationId: '1' }, 'confirmationId'],
    ['no drawer', { reasonCode: '01' }, 'drawer'],
    ['no lines', { ...red, lines: [] }, 'lines'],
    ['half a line', { ...red, lines: [{ ...line, blueLine: 0.5 }] }, 'lines[0].blueLine'],
    ['a line as text', { ...red, lines: [{ ...line, blueLine: '1' }] }, 'lines[0].blueLine'],
    ['a line that is not there', { ...red, lines: [{ ...line, blueLine: 2 }] }, 'lines[0].blueLine'],
    ['a positive amount', { ...red, lines: [{ ...line, amount: '1.00' }] }, 'lines[0].amount'],
    ['a quantity the blue line has not', { ...red, lines: [{ ...line, quantity: '-1' }] }, 'lines[0].quantity'],
    ['more than there is', { ...red, lines: [{ ...line, amount: '-100.01', tax: '-6.00' }] }, 'lines[0].amount'],
    ['a part, too early', { ...red, lines: [line] }, 'lines'],
    ['a wrong tax', { ...red, lines: [{ ...line, tax: '-0.13' }] }, 'lines[0].tax'],
    ['an unknown field', { ...red, deduction: '1' }, 'deduction'],
    ['a character no font draws', { ...red, remark: '한' }, 'remark'],
    ['half of a character', { ...red, remark: '\uD840' }, 'remark'],
  ])('for a red-letter invoice is refused by its field: %s', async (_name, body, field) => {
    await refused(`/v1/invoices/${blue.id}/red-letters`, body, field);
  });

  it.each<BadCase>([
    ['no address', { reasonCode: '01' }, 'documentAddress'],
    ['an address that is none', { documentAddress: '0x12', reasonCode: '01' }, 'documentAddress'],
    ['no reason', { documentAddress: `0x${'00'.repeat(20)}` }, 'reasonCode'],
  ])('for a confirmation slip is refused by its field: %s', async (_name, body, field) => {
    await refused('/v1/red-confirmations', body, field);
  });

  it.each<BadCase>([
    ['a document type', { xml: '<!DOCTYPE a [<!ENTITY b "c">]><EInvoice/>' }, 'xml'],
    ['an invoice without anything', { xml: '<EInvoice/>' }, 'EInvoiceData.IssuItemInformation'],
    ['no text', { xml: 1 }, 'xml'],
  ])('for the reading of a file is refused by its field: %s', async (_name, body, field) => {
    await refused('/v1/invoices/readings', body, field);
  });
});
