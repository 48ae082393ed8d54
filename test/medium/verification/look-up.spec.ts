import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Answer, type Issued } from '../../support/api-caller.js';
import { propertyRequest } from '../../support/certificates.js';
import { sampleReceipt } from '../../support/receipts.js';
import { callerOf, TestInstance, type Running } from '../../support/running-instance.js';
import type { Verified } from './verifier.js';

type Questions = {
  readonly id: string;
  readonly kinds: readonly { readonly name: string }[];
  readonly number: readonly { readonly name: string }[];
  readonly asks: readonly { readonly name: string; readonly format: string }[];
};
type Content = { content: { issuedAt: string; checkCode: string; totals: { withTax: string; amount: string } } };

const pond = {
  name: 'receipt.pond',
  titles: { zh: '垂钓票据', en: 'Angling receipt' },
  bill: { category: '03', type: '09', title: '垂钓收费票据（电子）' },
  isSupervised: true,
  fields: { type: 'object', required: ['rod'], properties: { rod: { type: 'string', maxLength: 12 } } },
  layout: { columns: '2', cells: [{ field: 'rod', label: { zh: '钓竿号', en: 'Rod' } }] },
  asks: [{ field: 'rod', label: { zh: '钓竿号', en: 'Rod' }, format: 'code' }],
  lifeCycle: 'final',
};

let instance: TestInstance;
let api: Running;
let caller: ApiCaller;
let office: ApiCaller;
let invoice: Issued;
let facts: { issuedOn: string; amount: string };
/** Each test asks from an address of its own: strangers have five tries a minute. */
let household = 0;

const ask = (body: object, from = `192.0.2.${household}`): Promise<Answer<Verified>> =>
  new ApiCaller(api.url).post('/v1/verifications', body, { 'x-forwarded-for': from });
const contentOf = async (by: ApiCaller, { id }: Issued): Promise<Content['content']> =>
  (await by.get<Content>(`/v1/documents/${id}`)).body.content;

beforeAll(async () => {
  instance = await TestInstance.make({ TRUST_PROXY: '127.0.0.1' });
  api = await instance.startApi();
  caller = callerOf(api, await instance.addIssuer());
  office = callerOf(api, await instance.addIssuer('loudi'));
  invoice = await caller.issue();
  const { issuedAt, totals } = await contentOf(caller, invoice);
  facts = { issuedOn: issuedAt.slice(0, 10), amount: totals.withTax };
});
afterAll(() => instance.close());

describe('a number with what else the paper says', () => {
  it('leads to the document, in whatever spelling', async () => {
    household += 1;
    const { status, body } = await ask({ number: invoice.number, facts });
    expect([status, body.document?.documentAddress.endsWith(invoice.documentAddress)]).toEqual([200, true]);

    const typed = { issuedOn: facts.issuedOn.replaceAll('-', ''), amount: `￥${facts.amount}` };
    const again = await ask({ number: ` ${invoice.number.slice(0, 8)} ${invoice.number.slice(8)}`, facts: typed });
    expect(again.body.document?.number).toBe(invoice.number);
  });

  it('is answered alike, and as slowly, when the number is of nobody and when a fact is wrong or left out', async () => {
    household += 1;
    const nobodys = invoice.number.replace(/.$/, (digit) => String((Number(digit) + 5) % 10));
    const tries = [
      { number: nobodys, facts },
      { number: invoice.number, facts: { ...facts, amount: '0.01' } },
      { number: invoice.number, facts: { issuedOn: facts.issuedOn } },
      { number: invoice.number },
    ];
    const answers: unknown[] = [];
    for (const body of tries) {
      const started = performance.now();
      const { status, body: answer } = await ask(body);
      const tookMs = performance.now() - started;
      expect(tookMs).toBeGreaterThan(590);
      answers.push({ status, ...answer, checkedAt: null });
    }
    expect(answers).toEqual(Array(tries.length).fill(answers[0]));
    expect(answers[0]).toMatchObject({ status: 200, verdict: 'cannot-tell', document: null, verifyUrl: null });
    expect((answers[0] as Verified).facts.map(({ code }) => code)).toEqual(['document.no-match']);
  });

  it('may be tried five times a minute, while addresses may be asked about more often', async () => {
    household += 1;
    const statuses = [];
    for (let guess = 0; guess < 6; guess += 1) {
      statuses.push((await ask({ number: `${guess}`, facts })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await ask({ documentAddress: invoice.documentAddress })).status).toBe(200);
    // Naming both is refused, and is a guess all the same.
    expect((await ask({ number: invoice.number, facts, documentAddress: invoice.documentAddress })).status).toBe(429);
  });

  it('is refused, with the field named, when it is no number with facts', async () => {
    household += 1;
    const refused = [
      { number: 17 },
      { number: invoice.number, facts: ['2026'] },
      { number: '1', facts: { amount: 1 } },
    ];
    for (const body of refused) {
      expect((await ask(body)).status).toBe(422);
    }
  });
});

describe('what is asked', () => {
  const questions = async (): Promise<readonly Questions[]> =>
    (await new ApiCaller(api.url).get<{ items: Questions[] }>('/v1/verifications/questions')).body.items;

  it('is told of every kind, kinds that ask alike together', async () => {
    const forms = await questions();
    const formOf = (kind: string): Questions | undefined =>
      forms.find(({ kinds }) => kinds.some(({ name }) => name === kind));
    expect(formOf('invoice.vat')?.asks.map(({ name }) => name)).toEqual(['issuedOn', 'amount']);
    expect(formOf('receipt.traffic-fine')?.asks.map(({ name }) => name)).toEqual(['checkCode', 'amount']);
    expect(formOf('receipt.medical')).toEqual(formOf('receipt.traffic-fine'));
    expect(formOf('certificate.property')).toEqual(formOf('certificate.property-proof'));
    expect(forms.every(({ asks }) => asks.length >= 2)).toBe(true);
  });

  it('of a fine is its check code and total, the bill code before its number', async () => {
    household += 1;
    const traffic = callerOf(api, await instance.addIssuer('traffic'));
    const fine = (await traffic.post<Issued>('/v1/receipts', sampleReceipt('fine').request)).body;
    const { checkCode, totals } = await contentOf(traffic, fine);
    const known = { checkCode: checkCode.toUpperCase(), amount: totals.amount };
    expect((await ask({ number: fine.number, facts: known })).body.document?.number).toBe(fine.number);
    expect((await ask({ number: fine.number, facts: { ...known, checkCode: 'zzzzzz' } })).body.document).toBeNull();
  });

  it('of a certificate is an owner and the unit', async () => {
    household += 1;
    const request = propertyRequest();
    const certificate = (await office.post<Issued>('/v1/certificates', request)).body;
    const { owners, unitNo: unit } = request as unknown as { owners: { name: string }[]; unitNo: string };
    const known = { holder: owners.at(-1)?.name ?? '', unitNo: unit };
    const wide = certificate.number.replace('(', '（').replace(')', '）');
    expect((await ask({ number: wide, facts: known })).body.document?.number).toBe(certificate.number);
    expect((await ask({ number: wide, facts: { ...known, holder: '王*' } })).body.document).toBeNull();
  });

  it('opens the whole address and the place of a certificate, and nothing more, to who knows them', async () => {
    household += 1;
    const request = propertyRequest({ unitNo: '431302001005GB00012F00030603' });
    const certificate = (await office.post<Issued>('/v1/certificates', request)).body;
    const owner = request.owners[0];
    const known = { holder: owner?.name ?? '', unitNo: request.unitNo };
    const told = (await ask({ number: certificate.number, facts: known })).body.document;
    const masked = (await ask({ documentAddress: certificate.documentAddress })).body.document;
    const said = (of: typeof told, label: string): string =>
      of?.publicFacts.find(({ label: { en } }) => en === label)?.value ?? '';

    expect([told?.isUnmasked, masked?.isUnmasked]).toEqual([true, false]);
    expect([said(told, 'Situated'), said(masked, 'Situated')]).toEqual([
      request.situated,
      expect.stringMatching(/^湖南省娄底市娄星区\*{4}$/),
    ]);
    expect(said(told, 'Location')).toMatch(/^\d+\.\d{6}°E \d+\.\d{6}°N/);
    expect(said(masked, 'Location')).toMatch(/^\d+\.\d{3}°E \d+\.\d{3}°N/);
    expect(said(told, 'Owner')).toBe(said(masked, 'Owner'));
    expect(JSON.stringify(told?.publicFacts)).not.toContain(owner?.name);
    expect(JSON.stringify(told?.publicFacts)).not.toContain(owner?.idNo);
    expect(JSON.stringify(told?.publicFacts)).not.toContain(request.unitNo);
  });

  it('of a configured kind is also what its configuration asks', async () => {
    household += 1;
    const operator = new ApiCaller(api.url, await instance.atDesk((desk) => desk.createOperatorKey('test')));
    expect(
      (await operator.post('/v1/receipt-kinds', { ...pond, asks: [{ ...pond.asks[0], field: 'net' }] })).status,
    ).toBe(422);
    expect((await operator.post('/v1/receipt-kinds', pond)).status).toBe(201);
    expect((await questions()).find(({ id }) => id === pond.name)?.asks.map(({ name }) => name)).toEqual([
      'checkCode',
      'amount',
      'rod',
    ]);
    const receipt = (
      await caller.post<Issued>('/v1/receipts', {
        kind: pond.name,
        payer: { type: '1', name: '林示安' },
        items: [{ code: '0309', name: '垂钓费', quantity: '1', standard: '30.00' }],
        handlingPerson: '赵示工',
        checker: '钱样建',
        particulars: { rod: 'R-17' },
      })
    ).body;
    const { checkCode, totals } = await contentOf(caller, receipt);
    const known = { checkCode, amount: totals.amount, rod: 'r17' };
    expect((await ask({ number: receipt.number, facts: known })).body.document?.number).toBe(receipt.number);
    expect(
      (await ask({ number: receipt.number, facts: { checkCode, amount: totals.amount } })).body.document,
    ).toBeNull();
  });
});

describe('the form for those who hold the paper', () => {
  const send = (fields: Readonly<Record<string, string>>): Promise<Response> => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ form: 'invoice.vat', 'part.code': '', ...fields })) {
      form.append(name, value);
    }
    const headers = { 'x-forwarded-for': `192.0.2.${household}` };
    return fetch(`${api.url}/verify/number?lang=zh-TW`, { method: 'POST', headers, body: form, redirect: 'manual' });
  };

  it('leads to the page of the document', async () => {
    household += 1;
    const answer = await send({
      'part.number': invoice.number,
      'fact.issuedOn': facts.issuedOn,
      'fact.amount': facts.amount,
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/v/${invoice.documentAddress}?lang=zh-TW`]);
  });

  it('shows at once, at no address, what opens to who knows the paper of a certificate', async () => {
    household += 1;
    const request = propertyRequest({ unitNo: '431302001005GB00012F00030604' });
    const certificate = (await office.post<Issued>('/v1/certificates', request)).body;
    const answer = await send({
      form: 'certificate.property',
      'part.number': certificate.number,
      'fact.holder': request.owners[0]?.name ?? '',
      'fact.unitNo': request.unitNo,
    });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain(request.situated);
    expect(page).toContain('您填寫的內容與文件相符');
    expect(page).toContain(`href="/v/${certificate.documentAddress}?lang=en"`);
    expect(await (await fetch(`${api.url}/v/${certificate.documentAddress}`)).text()).not.toContain(request.situated);
  });

  it('keeps what was typed when it leads nowhere, and says so, five times a minute', async () => {
    household += 1;
    const typed = { 'part.number': invoice.number, 'fact.issuedOn': facts.issuedOn, 'fact.amount': '<0.01>' };
    const answer = await send(typed);
    const page = await answer.text();
    expect(answer.status).toBe(404);
    expect(page).toMatch(/<html lang="zh-TW">[\s\S]*找不到與所填號碼和內容都相符的文件/);
    expect(page).toContain('value="&lt;0.01&gt;"');
    const further = await Promise.all(Array.from({ length: 5 }, () => send(typed)));
    expect(further.map(({ status }) => status).sort()).toEqual([404, 404, 404, 404, 429]);
  });
});
