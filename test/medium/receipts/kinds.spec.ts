import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Answer, type Issued, type Problem } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';
import { Verifier, type Verified } from '../verification/verifier.js';

const library = {
  name: 'receipt.library',
  titles: { zh: '图书馆收费票据', en: 'Library receipt' },
  bill: { category: '03', type: '09', title: '图书馆收费票据（电子）' },
  isSupervised: true,
  fields: {
    type: 'object',
    required: ['card'],
    properties: { card: { type: 'string', maxLength: 12, pattern: '^[A-Z]{2}[0-9]{4}$' } },
  },
  layout: { columns: '2', cells: [{ field: 'card', label: { zh: '借书证', en: 'Card' } }] },
  publicFacts: [{ field: 'card', label: { zh: '借书证', en: 'Card' } }],
  lifeCycle: 'write-off',
};
const loan = {
  kind: 'receipt.library',
  payer: { type: '1', name: '林示安' },
  items: [{ code: '0309', name: '逾期费', quantity: '3', standard: '0.50' }],
  handlingPerson: '赵示工',
  checker: '钱样建',
  particulars: { card: 'AB1234' },
};

type KindBody = { name: string; version: number };
type KindView = KindBody & { origin: string; configuration: typeof library | null };
type DocumentBody = { content: { kindVersion?: string } };

describe('a kind registered while everything runs', () => {
  let instance: TestInstance;
  let apis: [Running, Running];
  let issuer: TestIssuer;
  let operator: ApiCaller;

  beforeAll(async () => {
    instance = await TestInstance.make();
    issuer = await instance.addIssuer('parking');
    apis = [await instance.startApi(), await instance.startApi()];
    await instance.startWorker();
    operator = new ApiCaller(apis[0].url, await instance.atDesk((desk) => desk.createOperatorKey('test')));
  });
  afterAll(() => instance.close());

  const caller = (api = 0): ApiCaller => callerOf(apis[api] ?? apis[0], issuer);
  const issue = (body: unknown): Promise<Answer<Issued & Problem>> => caller().post('/v1/receipts', body);
  const contentOf = async (id: string): Promise<DocumentBody['content']> =>
    (await caller().get<DocumentBody>(`/v1/documents/${id}`)).body.content;
  const verify = ({ documentAddress }: Issued): Promise<Verified> =>
    new Verifier(apis[0].url).byAddress(documentAddress);

  it('is unknown before, and only an operator registers it', async () => {
    const { status: answer, body } = await issue(loan);
    expect([answer, body.errors?.[0]]).toMatchObject([422, { field: 'kind', code: 'validation.not-allowed' }]);
    expect((await caller().post<Problem>('/v1/receipt-kinds', library)).status).toBe(403);
  });

  it('is refused, at registering, with a class of bills that no table has', async () => {
    const unclassed = { ...library, bill: { ...library.bill, type: '88' } };
    const { status: answer, body } = await operator.post<Problem>('/v1/receipt-kinds', unclassed);
    expect([answer, body.errors?.map(({ field, code }) => `${field} ${code}`)]).toEqual([
      422,
      ['bill.type receipts.fiscal-category-not-in-force'],
    ]);
  });

  it('issues, draws, anchors and verifies like a built-in one, in every process', async () => {
    const registered = await operator.post<KindBody>('/v1/receipt-kinds', library);
    expect([registered.status, registered.body]).toEqual([201, { name: 'receipt.library', version: 1 }]);
    const tryAt = (api: number) => caller(api).post<Issued & Problem>('/v1/receipts', loan);
    const answers = await Promise.all([0, 1].map(tryAt));
    expect(answers.map(({ status: answer }) => answer)).toEqual([201, 201]);
    await instance.waitUntilAnchored('confirmed');
    for (const { body } of answers) {
      const verification = await verify(body);
      expect(verification.verdict).toBe('valid');
      expect(verification.document?.publicFacts).toContainEqual({
        label: { zh: '借书证', en: 'Card' },
        value: 'AB1234',
      });
    }
  });

  it('gets a new version, and documents keep theirs', async () => {
    const { body: old } = await issue(loan);
    const changed = structuredClone(library);
    Object.assign(changed.fields.properties, { shelf: { type: 'string', maxLength: 10 } });
    changed.layout.cells.push({ field: 'shelf', label: { zh: '书架', en: 'Shelf' } });
    const same = await operator.post<KindBody>('/v1/receipt-kinds', library);
    const next = await operator.post<KindBody>('/v1/receipt-kinds', changed);
    expect([same.body.version, next.body.version]).toEqual([1, 2]);
    const { body: young } = await caller(1).post<Issued>('/v1/receipts', {
      ...loan,
      particulars: { card: 'AB1234', shelf: 'A1' },
    });
    expect([(await contentOf(old.id)).kindVersion, (await contentOf(young.id)).kindVersion]).toEqual(['1', '2']);
    const off = await caller().post<Issued>(`/v1/receipts/${old.id}/write-off`, {});
    expect((await contentOf(off.body.id)).kindVersion).toBe('1');
    await instance.waitUntilRendered();
    expect((await caller().file(young.id)).status).toBe(200);
  });

  it('is shown, with each of its versions, to the operator and to those who issue receipts', async () => {
    const listed = await caller().get<{ items: KindView[] }>('/v1/receipt-kinds');
    expect(listed.body.items.map(({ name, origin, version }) => `${name} ${origin} ${String(version)}`)).toEqual([
      'receipt.traffic-fine built-in null',
      'receipt.medical built-in null',
      'receipt.scenic-ticket built-in null',
      'receipt.parking preset 1',
      'receipt.charging preset 1',
      'receipt.library registered 2',
    ]);
    const shown = async (path: string) => (await operator.get<KindView & Problem>(`/v1/receipt-kinds/${path}`)).body;
    expect(await shown('receipt.library?version=1')).toMatchObject({ version: 1, configuration: library });
    expect((await shown('receipt.library')).configuration?.layout.cells).toHaveLength(2);
    expect((await shown('receipt.parking')).configuration?.bill).toMatchObject({ category: '02', type: '01' });
    expect(await shown('receipt.medical')).toMatchObject({ version: null, configuration: null });
    const codes = ['receipt.nothing', 'receipt.library?version=3', 'receipt.parking?version=2'].map(shown);
    expect((await Promise.all(codes)).map(({ code }) => code)).toEqual(Array(3).fill('receipts.kind-not-found'));
    expect((await shown('receipt.library?version=x')).errors?.[0]?.field).toBe('version');
    expect((await new ApiCaller(apis[0].url).get('/v1/receipt-kinds')).status).toBe(401);
    const claimant = await instance.atDesk(async (desk) => {
      const { id } = await desk.addClaimant({ name: '雄安澄湖示例建设工程有限公司', taxId: '91133100MAXDEM048A' });
      return desk.createKey('claimant', id, 'test');
    });
    expect((await new ApiCaller(apis[0].url, claimant).get('/v1/receipt-kinds')).status).toBe(403);
  });

  it('is refused under the name of another kind, with another life cycle, or with a wrong schema', async () => {
    const refusals = [
      { ...library, name: 'receipt.parking' },
      { ...library, lifeCycle: 'final' },
      { ...library, fields: { $ref: 'http://example.com' } },
    ].map((body) => operator.post<Problem>('/v1/receipt-kinds', body));
    expect((await Promise.all(refusals)).map(({ body: { code } }) => code)).toEqual([
      'receipts.kind-built-in',
      'receipts.kind-life-cycle-fixed',
      'validation.failed',
    ]);
  });
});
