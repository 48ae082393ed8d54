import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { propertyRequest } from '../../support/certificates.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

type Outcome = Answer<Issued & Problem>;
type Event = { seq: number; type: string; leaf: string | null; previousLeaf: string | null };
type Page = {
  currentCertificateId: string | null;
  burdens: {
    kind: string;
    position: number;
    state: string;
    proofNumber: string | null;
    courtDocumentNo: string | null;
  }[];
};

let instance: TestInstance;
let issuer: TestIssuer;
let api: Running;
let caller: ApiCaller;
let serial = 0;

beforeAll(async () => {
  instance = await TestInstance.make({ RENDER_CHUNK: '7' });
  issuer = await instance.addIssuer('loudi');
  api = await instance.startApi();
  caller = callerOf(api, issuer);
});
afterAll(() => instance.close());

/** Another unit each time. */
const newUnit = (): string => `431302001005GB${String((serial += 1) + 100).padStart(5, '0')}F00030602`;
const act = (): { businessNo: string; reason: string } => ({ businessNo: `B${(serial += 1)}`, reason: '登记' });
const post = (path: string, body: unknown, headers = {}): Promise<Outcome> =>
  caller.post(`/v1/certificates${path}`, body, headers);

async function done(outcome: Promise<Outcome>): Promise<Issued> {
  const { status, body } = await outcome;
  expect(status === 201 ? status : body).toBe(201);
  return body;
}
const register = (changes = {}): Promise<Issued> => done(post('', propertyRequest({ unitNo: newUnit(), ...changes })));

const buyer = { name: '许样帆', idType: '111', idNo: '33010019760919505X' };
const sale = (changes = {}): Record<string, unknown> => ({
  ...{ ...act(), ground: 'sale', applicants: 'both', owners: [buyer], coOwnership: 'sole' },
  ...changes,
});
const bank = { name: '示例商业银行股份有限公司南京分行(虚构)', idType: '001', idNo: '91320100MAXDEM099N' };
const loan = (changes = {}): Record<string, unknown> => ({
  ...{ ...act(), mortgagees: [bank], kind: 'ordinary', securedAmount: '650000.00' },
  ...{ term: { from: '2026-03-05', to: '2046-03-04' }, ...changes },
});
const seizure = (courtDocumentNo: string): Record<string, unknown> => ({
  ...{ ...act(), court: '娄底市示例区人民法院', courtDocumentNo, term: { from: '2026-03-05', to: '2029-03-04' } },
});
const codeOf = async (outcome: Promise<Outcome>): Promise<string> => {
  const { status, body } = await outcome;
  return `${status} ${body.code}`;
};
const statusOf = async (id: string): Promise<unknown> =>
  instance.value('select status from documents where id = $1', [id]);
const pageOf = async (id: string): Promise<Page> => (await caller.get<Page>(`/v1/certificates/${id}/register`)).body;
const contentOf = async (id: string): Promise<Record<string, unknown>> =>
  (await caller.get<{ content: Record<string, unknown> }>(`/v1/documents/${id}`)).body.content;
const eventsOf = async (id: string): Promise<Event[]> =>
  (await caller.get<{ items: Event[] }>(`/v1/documents/${id}/events`)).body.items;

describe('first registration', () => {
  it('numbers certificates without a gap and knows their units', async () => {
    const [first, second] = [await register(), await register()];
    const number = Number(/第(\d{7})号/.exec(first.number)?.[1]);
    expect(first.number).toMatch(/^湘\(\d{4}\)娄底市不动产权第\d{7}号$/);
    expect(second.number).toContain(`第${String(number + 1).padStart(7, '0')}号`);
    expect((await pageOf(first.id)).currentCertificateId).toBe(first.id);
  });

  it('takes a unit once, and another name of the office never', async () => {
    const unitNo = newUnit();
    const racing = await Promise.all(Array.from({ length: 8 }, () => post('', propertyRequest({ unitNo }))));
    expect(racing.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(racing.find(({ status }) => status === 409)?.body.code).toBe('certificates.unit-has-current');
    expect(await codeOf(post('', propertyRequest({ unitNo: newUnit(), registerPlace: '涟源市' })))).toBe(
      '409 certificates.other-place',
    );
  });

  it('stores nothing of a refused request, and answers a repeated key with the same certificate', async () => {
    const before = await instance.rowCounts();
    const { status, body } = await post('', propertyRequest({ unitNo: newUnit(), coOwnership: 'sole' }));
    expect([status, body.errors?.[0]?.field]).toEqual([422, 'coOwnership']);
    expect(await instance.rowCounts()).toEqual(before);

    const request = propertyRequest({ unitNo: newUnit() });
    const key = { 'idempotency-key': `first-${serial}` };
    const [one, two] = await Promise.all([done(post('', request, key)), done(post('', request, key))]);
    expect(two).toEqual(one);
    expect(await codeOf(post('', { ...request, reason: '其他' }, key))).toBe('422 idempotency.key-reused');
  });

  it('shows and does nothing on certificates of others', async () => {
    const other = await instance.addIssuer('tingtao');
    const { id } = await register();
    const stranger = callerOf(api, other);
    expect((await stranger.post(`/v1/certificates/${id}/transfer`, sale())).status).toBe(404);
    expect((await stranger.get(`/v1/certificates/${id}/register`)).status).toBe(404);
  });
});

describe('transfer', () => {
  it('gives one of fifty racing buyers the property, and the others 409', async () => {
    const { id, number } = await register();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => post(`/${id}/transfer`, sale())));
    const won = outcomes.filter(({ status }) => status === 201).map(({ body }) => body);
    const lost = outcomes.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${body.code}`);

    expect(won).toHaveLength(1);
    expect(new Set(lost)).toEqual(new Set(['409 certificates.not-current']));
    expect(await statusOf(id)).toBe('superseded');
    expect((await pageOf(id)).currentCertificateId).toBe(won[0]?.id);
    expect(await contentOf(won[0]?.id ?? '')).toMatchObject({ supersedes: { number }, owners: [buyer] });
    const current = 'select count(*)::int from property_certificates where is_current and unit_no = $1';
    expect(await instance.value(current, [(await contentOf(id))['unitNo']])).toBe(1);
  });

  it('needs both parties to a sale, and one to an inheritance', async () => {
    const { id } = await register();
    const { status, body } = await post(`/${id}/transfer`, sale({ applicants: 'transferee' }));
    expect([status, body.errors?.[0]?.code]).toEqual([422, 'certificates.both-parties-required']);
    await done(post(`/${id}/transfer`, sale({ ground: 'inheritance', applicants: 'transferee' })));
  });

  it('answers a repeated key with the same certificate', async () => {
    const { id } = await register();
    const [request, key] = [sale(), { 'idempotency-key': `transfer-${serial}` }];
    const first = await done(post(`/${id}/transfer`, request, key));
    expect(await done(post(`/${id}/transfer`, request, key))).toEqual(first);
  });
});

describe('mortgages', () => {
  it('rank in the order of registration and go along with a transfer', async () => {
    const { id } = await register();
    const first = await done(post(`/${id}/mortgage`, loan()));
    const second = await done(post(`/${id}/mortgage`, loan({ kind: 'maximum', securedAmount: '99999999.00' })));
    expect(first.number).toMatch(/^湘\(\d{4}\)娄底市不动产证明第\d{7}号$/);
    expect(await contentOf(second.id)).toMatchObject({ rank: '2', provedRight: '抵押权(最高额)' });

    const next = await done(post(`/${id}/transfer`, sale()));
    expect((await contentOf(next.id))['encumbrances']).toEqual([
      { type: '抵押权（第1顺位）', proofNumber: first.number },
      { type: '抵押权（第2顺位）', proofNumber: second.number },
    ]);
    expect((await eventsOf(first.id)).map(({ type }) => type)).toEqual(['issued', 'carried']);

    expect(await codeOf(post(`/${next.id}/cancellation`, act()))).toBe('409 certificates.encumbered');
    await done(post(`/${next.id}/proof-cancellation`, { ...act(), proofNumber: first.number }));
    expect(await statusOf(first.id)).toBe('cancelled');
    expect((await pageOf(next.id)).burdens).toMatchObject([{ kind: 'mortgage', position: 2 }]);
    expect(await codeOf(post(`/${next.id}/proof-cancellation`, { ...act(), proofNumber: first.number }))).toBe(
      '409 certificates.burden-not-active',
    );
  });

  it('forbid the transfer when that was agreed', async () => {
    const { id } = await register();
    const { number } = await done(post(`/${id}/mortgage`, loan({ forbidsTransfer: true })));
    expect(await codeOf(post(`/${id}/transfer`, sale()))).toBe('409 certificates.transfer-forbidden-by-mortgage');
    await done(post(`/${id}/proof-cancellation`, { ...act(), proofNumber: number }));
    await done(post(`/${id}/transfer`, sale()));
  });
});

describe('seizures', () => {
  it('block disposal, wait in a queue, and take effect one after the other', async () => {
    const { id } = await register();
    await done(post(`/${id}/seizure`, seizure('(2026)湘1302执1号')));
    await done(post(`/${id}/seizure`, seizure('（2026）湘1302执2号')));
    expect(await codeOf(post(`/${id}/seizure`, seizure('(2026)湘1302执2号')))).toBe('409 certificates.seizure-known');
    expect((await pageOf(id)).burdens.map(({ state }) => state)).toEqual(['active', 'waiting']);
    for (const [path, body] of [
      ['transfer', sale()],
      ['mortgage', loan()],
      ['cancellation', act()],
      ['notice', { ...act(), applicants: [buyer] }],
    ] as const) {
      expect(await codeOf(post(`/${id}/${path}`, body))).toBe('409 certificates.seized');
    }

    const release = (seizureDocumentNo: string): Promise<Outcome> =>
      post(`/${id}/seizure-release`, { ...act(), courtDocumentNo: '(2026)湘1302执解1号', seizureDocumentNo });
    await done(release('(2026)湘1302执1号'));
    expect((await pageOf(id)).burdens).toMatchObject([{ state: 'active', courtDocumentNo: '(2026)湘1302执2号' }]);
    expect(await codeOf(post(`/${id}/transfer`, sale()))).toBe('409 certificates.seized');
    await done(release('(2026)湘1302执2号'));
    expect(await codeOf(release('(2026)湘1302执2号'))).toBe('409 certificates.not-seized');
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual([
      'issued',
      'seized',
      'seizure-queued',
      'seizure-succeeded',
      'seizure-released',
    ]);
    await done(post(`/${id}/transfer`, sale()));
  });

  it('need the number of a court document', async () => {
    const { id } = await register();
    const { status, body } = await post(`/${id}/seizure`, { ...seizure('x'), courtDocumentNo: undefined });
    expect([status, body.errors?.[0]?.field]).toEqual([422, 'courtDocumentNo']);
  });

  it('stay on the unit when its certificate is corrected', async () => {
    const { id } = await register();
    await done(post(`/${id}/seizure`, seizure('(2026)湘1302执9号')));
    const next = await done(post(`/${id}/correction`, { ...act(), appliedBy: 'authority', use: '商业' }));
    expect([await statusOf(id), await statusOf(next.id)]).toEqual(['corrected', 'seized']);
    expect(await codeOf(post(`/${next.id}/transfer`, sale()))).toBe('409 certificates.seized');
  });
});

describe('notices and objections', () => {
  it('a notice blocks disposal until its holder consents', async () => {
    const { id } = await register();
    const notice = await done(post(`/${id}/notice`, { ...act(), applicants: [buyer] }));
    expect(await codeOf(post(`/${id}/transfer`, sale()))).toBe('409 certificates.notice-blocks');
    expect(await codeOf(post(`/${id}/mortgage`, loan()))).toBe('409 certificates.notice-blocks');
    await done(post(`/${id}/transfer`, sale({ noticeHolderConsent: '同意书2026-1' })));
    expect(await statusOf(notice.id)).toBe('cancelled');
  });

  it('an objection blocks nothing, stands once, and lapses after 15 days', async () => {
    const { id } = await register();
    const objection = { ...act(), applicants: [buyer], notes: '对权利归属有异议', registeredAt: '2026-03-05' };
    const proof = await done(post(`/${id}/objection`, { ...objection, registeredAt: undefined }));
    expect(await codeOf(post(`/${id}/objection`, objection))).toBe('409 certificates.objection-pending');
    await instance.query("update property_burdens set lapses_on = '2026-03-20' where proof_id = $1", [proof.id]);
    const next = await done(post(`/${id}/transfer`, sale()));
    expect(await statusOf(proof.id)).toBe('lapsed');
    expect((await contentOf(next.id))['encumbrances']).toBeUndefined();
  });
});

describe('change, correction, reissue, cancellation', () => {
  it('a change keeps owners’ rights and gives a new number', async () => {
    const { id, number } = await register();
    const next = await done(post(`/${id}/change`, { ...act(), situated: '湖南省娄底市娄星区新路1号' }));
    expect(next.number).not.toBe(number);
    expect(await contentOf(next.id)).toMatchObject({ situated: '湖南省娄底市娄星区新路1号', coOwnership: 'shares' });
    const stranger = await post(`/${next.id}/change`, { ...act(), owners: [buyer], coOwnership: 'sole' });
    expect(stranger.body.errors?.[0]?.code).toBe('certificates.change-is-transfer');
    const nothing = await post(`/${next.id}/change`, act());
    expect([nothing.body.code, nothing.body.errors]).toEqual(['certificates.nothing-changed', undefined]);
  });

  it('a lost certificate is issued anew 15 working days after the declaration', async () => {
    const { id } = await register();
    const today = new Date().toISOString().slice(0, 10);
    const early = await post(`/${id}/reissue`, { ...act(), declaredOn: today });
    expect([early.status, early.body.errors?.[0]?.field]).toEqual([422, 'declaredOn']);
    await done(post(`/${id}/reissue`, { ...act(), declaredOn: '2026-01-05' }));
    expect(await statusOf(id)).toBe('lost');
  });

  it('a cancelled unit may be registered anew', async () => {
    const unitNo = newUnit();
    const { id } = await register({ unitNo });
    await done(post(`/${id}/cancellation`, act()));
    expect([await statusOf(id), (await pageOf(id)).currentCertificateId]).toEqual(['cancelled', null]);
    expect(await codeOf(post(`/${id}/change`, { ...act(), use: '商业' }))).toBe('409 certificates.not-current');
    await register({ unitNo });
  });
});
