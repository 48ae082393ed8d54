import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Issued, type Problem } from '../../support/api-caller.js';
import { invoiceRequest, lineRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance, type TestIssuer } from '../../support/running-instance.js';

type Slip = { readonly id: string; readonly statusCode: string; readonly isUsed: boolean };
type Event = { readonly type: string; readonly seq: number };

const drawer = '林示安';
const line = lineRequest({ quantity: '100', unitPrice: '1', amount: '100.00', tax: '6.00' });
const part = (share: { amount: string; tax: string; quantity?: string }) => ({ blueLine: 1, ...share });

describe('red-letter invoices', () => {
  let instance: TestInstance;
  let sellerIs: TestIssuer;
  let seller: ApiCaller;
  let buyer: ApiCaller;
  let stranger: ApiCaller;
  let operator: ApiCaller;

  beforeAll(async () => {
    instance = await TestInstance.make({ DATABASE_POOL_SIZE: '10' });
    sellerIs = await instance.addIssuer('tingtao');
    const [buyerIs, strangerIs] = [await instance.addIssuer('yunfan'), await instance.addIssuer('xuelu')];
    const api = await instance.startApi();
    const operatorId = '018f0000-0000-7000-8000-000000000001';
    operator = new ApiCaller(api.url, await instance.atDesk((desk) => desk.createKey('operator', operatorId, 'test')));
    [seller, buyer, stranger] = [callerOf(api, sellerIs), callerOf(api, buyerIs), callerOf(api, strangerIs)];
  });

  afterAll(() => instance.close());

  const blue = (lines = [line]): Promise<Issued> => seller.issue(invoiceRequest({ lines }));
  const red = (id: string, body: object, key?: string) =>
    seller.post<Issued & Problem>(
      `/v1/invoices/${id}/red-letters`,
      { drawer, ...body },
      key === undefined ? {} : { 'idempotency-key': key },
    );
  const use = (caller: ApiCaller, documentAddress: string) =>
    caller.post<Problem>('/v1/invoice-uses', { documentAddress, use: 'deduction' });
  const enter = (caller: ApiCaller, documentAddress: string, body: object) =>
    caller.post<Slip & Problem>('/v1/red-confirmations', { documentAddress, reasonCode: '02', ...body });
  const act = (caller: ApiCaller, { id }: Slip, action: string) =>
    caller.post<Slip & Problem>(`/v1/red-confirmations/${id}/${action}`, {});
  const eventsOf = async ({ id }: Issued) =>
    (await seller.get<{ items: Event[] }>(`/v1/documents/${id}/events`)).body.items.map(({ type }) => type);
  const remaindersOf = ({ id }: Issued) =>
    instance.query<{ line: number; amount: number; tax: number; quantity: number | null }>(
      `select line_no as line, remaining_amount::int as amount, remaining_tax::int as tax, remaining_quantity::float as quantity
       from invoice_remainders where document_id = $1 order by line_no`,
      [id],
    );

  it('take back a whole invoice once, by the seller alone', async () => {
    const discount = { nature: 'discount' as const, amount: '-10.00', tax: '-0.60' };
    const issued = await blue([line, lineRequest(discount), lineRequest()]);
    const answer = await red(issued.id, { reasonCode: '01', remark: '开错了' }, 'once');
    expect(answer.status).toBe(201);
    const { body } = await seller.get<{ content: Record<string, never> }>(`/v1/documents/${answer.body.id}`);
    expect(body.content).toMatchObject({
      totals: { amount: '-190.00', tax: '-11.40', withTax: '-201.40', withTaxInWords: '（负数）贰佰零壹圆肆角整' },
      lines: [
        { blueLine: '1', amount: '-90.00', tax: '-5.40', quantity: '-100', unitPrice: '0.9' },
        { blueLine: '3', amount: '-100.00', tax: '-6.00' },
      ],
      red: { blueNumber: issued.number, reasonCode: '01', reason: '开票有误', statusCode: '01', initiator: 'seller' },
    });
    expect(body.content['remark']).toMatch(
      new RegExp(`^被红冲蓝字数电发票号码：${issued.number} 红字发票信息确认单编号：\\d{20} 开错了$`),
    );
    expect(await eventsOf(issued)).toEqual(['issued', 'red-lettered']);
    const again = await red(issued.id, { reasonCode: '01', remark: '开错了' }, 'once');
    expect(again.body.id).toBe(answer.body.id);
    expect((await red(issued.id, { reasonCode: '01' }, 'once')).body.code).toBe('idempotency.key-reused');
    const second = await red(issued.id, { reasonCode: '01' });
    expect([second.status, second.body.code]).toEqual([409, 'invoices.nothing-left']);
    const ofRed = await red(answer.body.id, { reasonCode: '01' });
    expect([ofRed.status, ofRed.body.code]).toEqual([409, 'invoices.red-of-red']);
  });

  it('take back a part only after the buyer confirmed the use, and agreed', async () => {
    const issued = await blue();
    const lines = [part({ amount: '-30.00', tax: '-1.80', quantity: '-30' })];
    const early = await red(issued.id, { reasonCode: '02', lines });
    expect([early.status, early.body.errors?.[0]?.code]).toEqual([422, 'invoices.red-partial-not-allowed']);

    expect((await use(buyer, issued.documentAddress)).status).toBe(204);
    expect((await use(seller, issued.documentAddress)).status).toBe(404);
    expect((await red(issued.id, { reasonCode: '02' })).body.code).toBe('invoices.red-confirmation-required');

    const { body: slip } = await enter(seller, issued.documentAddress, { lines });
    expect(slip).toMatchObject({ statusCode: '02', initiator: 'seller', isUsed: false, reason: '销货退回' });
    expect((await red(issued.id, { confirmationId: slip.id })).body.code).toBe('invoices.red-not-confirmed');
    expect((await act(seller, slip, 'confirm')).body.code).toBe('red-confirmations.transition-refused');
    expect((await act(stranger, slip, 'confirm')).status).toBe(404);
    expect((await act(buyer, slip, 'confirm')).body.statusCode).toBe('04');
    const listed = await buyer.get<{ confirmations: Slip[] }>('/v1/red-confirmations');
    expect(listed.body.confirmations.map(({ id }) => id)).toContain(slip.id);

    const taken = await red(issued.id, { confirmationId: slip.id });
    expect(taken.status).toBe(201);
    expect(await remaindersOf(issued)).toEqual([{ line: 1, amount: 7_000, tax: 420, quantity: 70 }]);
    expect((await red(issued.id, { confirmationId: slip.id })).body.code).toBe('red-confirmations.used');
    expect((await act(buyer, slip, 'withdraw')).body.code).toBe('red-confirmations.used');

    const rest = (await enter(buyer, issued.documentAddress, { reasonCode: '01' })).body;
    expect(rest.statusCode).toBe('03');
    await act(seller, rest, 'confirm');
    expect((await red(issued.id, { confirmationId: rest.id })).status).toBe(201);
    expect(await remaindersOf(issued)).toEqual([{ line: 1, amount: 0, tax: 0, quantity: 0 }]);
    expect(await eventsOf(issued)).toEqual(['issued', 'partially-red-lettered', 'red-lettered']);
  });

  it('are refused on slips that were denied, withdrawn, or not answered for 72 hours', async () => {
    const issued = await blue();
    await use(buyer, issued.documentAddress);
    const [denied, withdrawn, late] = await Promise.all(
      [0, 1, 2].map(async () => (await enter(seller, issued.documentAddress, {})).body),
    );
    expect((await act(buyer, denied as Slip, 'deny')).body.statusCode).toBe('05');
    expect((await act(seller, withdrawn as Slip, 'withdraw')).body.statusCode).toBe('08');
    await instance.query(`update red_confirmations set entered_at = entered_at - interval '72 hours' where id = $1`, [
      late?.id,
    ]);
    expect((await act(buyer, late as Slip, 'confirm')).body.code).toBe('red-confirmations.lapsed');
    expect((await seller.get<Slip>(`/v1/red-confirmations/${late?.id ?? ''}`)).body.statusCode).toBe('07');
    for (const slip of [denied, withdrawn, late]) {
      const answer = await red(issued.id, { confirmationId: slip?.id });
      expect([answer.status, answer.body.code]).toEqual([409, 'invoices.red-not-confirmed']);
    }
  });

  const voidAs = (by: ApiCaller, id: string, statusCode: string) =>
    by.post<Slip & Problem>(`/v1/red-confirmations/${id}/void`, { statusCode });

  it('are refused on slips that the operator has voided for the tax bureau, in any of its ways', async () => {
    const issued = await blue();
    await use(buyer, issued.documentAddress);
    for (const statusCode of ['10', '11', '13']) {
      const { body: slip } = await enter(seller, issued.documentAddress, {});
      await act(buyer, slip, 'confirm');
      const answer = await voidAs(operator, slip.id, statusCode);
      expect([answer.status, answer.body.statusCode]).toEqual([200, statusCode]);
      expect((await seller.get<Slip>(`/v1/red-confirmations/${slip.id}`)).body.statusCode).toBe(statusCode);
      expect((await voidAs(operator, slip.id, '11')).body.code).toBe('red-confirmations.transition-refused');
      expect((await act(seller, slip, 'withdraw')).body.code).toBe('red-confirmations.transition-refused');
      expect((await red(issued.id, { confirmationId: slip.id })).body.code).toBe('invoices.red-not-confirmed');
    }
  });

  it('are voided as refused by a person only when the buyer is one', async () => {
    const toCompany = await enter(seller, (await blue()).documentAddress, {});
    expect((await voidAs(operator, toCompany.body.id, '12')).body.code).toBe('red-confirmations.buyer-is-no-person');
    const issued = await seller.issue(
      invoiceRequest({ lines: [line], buyer: { name: '王示例' }, buyerIsNaturalPerson: true }),
    );
    const { body: slip } = await enter(seller, issued.documentAddress, {});
    expect((await voidAs(operator, slip.id, '12')).body).toMatchObject({
      statusCode: '12',
      status: '作废（自然人拒收）',
    });
  });

  it('are voided by nobody but the operator, not under another code, and not once they are used', async () => {
    const issued = await blue();
    const { body: slip } = await enter(seller, issued.documentAddress, {});
    expect((await voidAs(seller, slip.id, '10')).status).toBe(403);
    expect((await voidAs(operator, slip.id, '05')).status).toBe(422);
    expect((await voidAs(operator, issued.id, '10')).body.code).toBe('red-confirmations.not-found');
    expect((await red(issued.id, { confirmationId: slip.id })).status).toBe(201);
    expect((await voidAs(operator, slip.id, '10')).body.code).toBe('red-confirmations.used');
  });

  it('reach neither another issuer’s invoice nor one that is not there', async () => {
    const issued = await blue();
    const body = { drawer, reasonCode: '01' };
    expect((await stranger.post(`/v1/invoices/${issued.id}/red-letters`, body)).status).toBe(404);
    expect((await enter(stranger, issued.documentAddress, {})).body.code).toBe('invoices.not-found');
    expect((await enter(seller, `0x${'00'.repeat(20)}`, {})).body.code).toBe('invoices.not-found');
    expect((await red('018f0000-0000-7000-8000-000000000000', { reasonCode: '01' })).status).toBe(404);
  });

  it('never take back more than the blue invoice, however many ask at once', async () => {
    const issued = await blue([line, lineRequest()]);
    await use(buyer, issued.documentAddress);
    const slips: Slip[] = [];
    for (let index = 0; index < 200; index += 1) {
      const lines = [part({ amount: '-3.00', tax: '-0.18', quantity: '-3' })];
      const { body } = await enter(index % 2 === 0 ? seller : buyer, issued.documentAddress, { lines });
      slips.push((await act(index % 2 === 0 ? buyer : seller, body, 'confirm')).body);
    }
    const before = await instance.value('select count(*)::int from documents');
    const answers = await Promise.all(slips.map(({ id }) => red(issued.id, { confirmationId: id })));
    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status !== 201);
    expect(won).toHaveLength(33);
    expect(new Set(won.map(({ body }) => body.number)).size).toBe(33);
    expect(new Set(lost.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['409 invoices.red-exceeds-blue']),
    );
    expect(await instance.value('select count(*)::int from documents')).toBe((before as number) + 33);
    expect(await remaindersOf(issued)).toEqual([
      { line: 1, amount: 100, tax: 6, quantity: 1 },
      { line: 3 - 1, amount: 10_000, tax: 600, quantity: null },
    ]);
  });

  it('take back a whole invoice once when two hundred ask at once', async () => {
    const issued = await blue();
    const answers = await Promise.all(Array.from({ length: 200 }, () => red(issued.id, { reasonCode: '01' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'invoices.nothing-left']));
    expect(await remaindersOf(issued)).toEqual([{ line: 1, amount: 0, tax: 0, quantity: 0 }]);
    const serials = await instance.query<{ serial: string }>(
      `select serial from documents where issuer_id = $1 order by serial`,
      [sellerIs.id],
    );
    expect(serials.map(({ serial }) => Number(serial))).toEqual(serials.map((_row, index) => index + 1));
  });

  it('are drawn and anchored like blue ones, and so is the event', async () => {
    await instance.startWorker();
    const issued = await blue();
    const { body } = await red(issued.id, { reasonCode: '01' });
    await instance.waitUntilAnchored('anchored', 120_000);
    const file = await seller.file(body.id);
    expect(file.status).toBe(200);
    expect(file.bytes.includes(Buffer.from('einvoice.xml'))).toBe(true);
    const xml = await seller.get<string>(`/v1/invoices/${body.id}/xml`);
    expect(xml.headers.get('content-type')).toContain('application/xml');
    expect(xml.body).toContain('<LabelName>红字发票</LabelName>');
    const read = await seller.post<{ invoice: { colour: string; warnings: string[] } }>('/v1/invoices/readings', {
      xml: xml.body,
    });
    expect(read.body.invoice).toMatchObject({ colour: 'red', warnings: [] });
  });
});
