import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { propertyRequest } from '../../support/certificates.js';
import { callerOf, TestInstance } from '../../support/running-instance.js';

/** What is changed in a request that breaks no rule, and the field that the answer has to name. */
type Case = readonly [name: string, changes: object, field: string];
type Body = Readonly<Record<string, unknown>>;

const act = { businessNo: 'B-1', reason: '登记' };
const person = { name: '许样帆', idType: '111', idNo: '33010019760919505X' };
const bank = { name: '示例商业银行股份有限公司南京分行(虚构)', idType: '001', idNo: '91320100MAXDEM099N' };
const term = { from: '2026-03-05', to: '2029-03-04' };

/** One request of each act that the register would take. */
const sound = {
  transfer: { ...act, ground: 'sale', applicants: 'both', owners: [person], coOwnership: 'sole' },
  change: { ...act, situated: '湖南省娄底市娄星区新路1号' },
  correction: { ...act, appliedBy: 'authority', use: '商业' },
  reissue: { ...act, declaredOn: '2026-01-05' },
  cancellation: act,
  mortgage: { ...act, mortgagees: [bank], kind: 'ordinary', securedAmount: '650000.00', term },
  notice: { ...act, applicants: [person], details: [{ name: '预告事项', value: '预购商品房' }] },
  objection: { ...act, applicants: [person], notes: '对权利归属有异议' },
  'proof-cancellation': { ...act, proofNumber: '湘(2026)娄底市不动产证明第0000456号' },
  seizure: { ...act, court: '娄底市示例区人民法院', courtDocumentNo: '(2026)湘1302执1号', term },
  'seizure-renewal': {
    ...{ ...act, courtDocumentNo: '(2026)湘1302执续1号', seizureDocumentNo: '(2026)湘1302执1号', term },
  },
  easement: {
    ...{ ...act, holders: [bank], dominantUnitNo: '431302001006GB00045W00000000', term },
    ...{ dominantSituated: '湖南省娄底市娄星区样例大道以东', purpose: '通行' },
  },
  'objection-suit': {
    ...{ ...act, proofNumber: '湘(2026)娄底市不动产证明第0000456号', court: '娄底市示例区人民法院' },
    courtDocumentNo: '(2026)湘1302民初1号',
  },
  'notice-term': {
    ...{ ...act, proofNumber: '湘(2026)娄底市不动产证明第0000456号', registrableFrom: '2026-11-01' },
  },
  'seizure-release': { ...act, courtDocumentNo: '(2026)湘1302执解1号', seizureDocumentNo: '(2026)湘1302执1号' },
} as const satisfies Readonly<Record<string, Body>>;
type ActName = keyof typeof sound;
const actNames = Object.keys(sound) as ActName[];

/** Where an act takes text that is printed or recorded, besides the reason of every act. */
const textFields: readonly (readonly [act: ActName, field: string, withText: (text: string) => object])[] = [
  ['transfer', 'owners[0].name', (name) => ({ owners: [{ ...person, name }] })],
  ['transfer', 'owners[0].idNo', (idNo) => ({ owners: [{ ...person, idType: '414', idNo }] })],
  ['transfer', 'holder', (holder) => ({ holder })],
  ['transfer', 'noticeHolderConsent', (noticeHolderConsent) => ({ noticeHolderConsent })],
  ['change', 'situated', (situated) => ({ situated })],
  ['change', 'notes', (notes) => ({ notes })],
  ['change', 'otherStatus[0].value', (value) => ({ otherStatus: [{ name: '房屋结构', value }] })],
  ['correction', 'rightNature', (rightNature) => ({ rightNature })],
  ['mortgage', 'mortgagees[0].name', (name) => ({ mortgagees: [{ ...bank, name }] })],
  ['mortgage', 'scope', (scope) => ({ scope })],
  ['mortgage', 'notes', (notes) => ({ notes })],
  ['notice', 'applicants[0].name', (name) => ({ applicants: [{ ...person, name }] })],
  ['notice', 'details[0].value', (value) => ({ details: [{ name: '预告事项', value }] })],
  ['objection', 'applicants[0].name', (name) => ({ applicants: [{ ...person, name }] })],
  ['objection', 'notes', (notes) => ({ notes })],
  ['easement', 'holders[0].name', (name) => ({ holders: [{ ...bank, name }] })],
  ['easement', 'dominantSituated', (dominantSituated) => ({ dominantSituated })],
  ['easement', 'purpose', (purpose) => ({ purpose })],
  ['easement', 'notes', (notes) => ({ notes })],
  ['objection-suit', 'court', (court) => ({ court })],
  ['objection-suit', 'courtDocumentNo', (courtDocumentNo) => ({ courtDocumentNo })],
  ['seizure-renewal', 'courtDocumentNo', (courtDocumentNo) => ({ courtDocumentNo })],
  ['seizure', 'court', (court) => ({ court })],
  ['seizure', 'courtDocumentNo', (courtDocumentNo) => ({ courtDocumentNo })],
  ['seizure-release', 'courtDocumentNo', (courtDocumentNo) => ({ courtDocumentNo })],
  ['seizure-release', 'seizureDocumentNo', (seizureDocumentNo) => ({ seizureDocumentNo })],
];

const hostileTexts: readonly (readonly [name: string, text: string])[] = [
  ['a control character', '甲\u0007乙'],
  ['a zero byte', '甲\u0000乙'],
  ['a line break', '甲\n乙'],
  ['a right-to-left mark', '100\u200F'],
  ['a right-to-left override', '100\u202E001'],
  ['an invisible character', '甲\u200B乙'],
  ['half of a character', '甲\uD840乙'],
  ['the other half', '\uDC0B'],
  ['a private character', '\uE000'],
  ['nothing but spaces', '\u3000 '],
];

/** Nothing is printed of seizures and suits: what no font draws is no fault there. */
const printedTextFields = textFields.filter(
  ([name, field]) => !/^(?:seizure|objection-suit)/.test(name) && field !== 'noticeHolderConsent' && field !== 'holder',
);

let instance: TestInstance;
let caller: ApiCaller;
let certificate: Issued;

beforeAll(async () => {
  instance = await TestInstance.make();
  caller = callerOf(await instance.startApi(), await instance.addIssuer('loudi'));
  const { body } = await caller.post<Issued>('/v1/certificates', propertyRequest());
  certificate = body;
});
afterAll(() => instance.close());

/** Sends it, and expects to be told the field. */
async function refused(path: string, body: unknown, field: string): Promise<void> {
  const answer = await caller.post<Problem>(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body.errors?.map((error) => error.field) ?? ['']).toContain(field);
}

/** Around tests that only send what is refused. */
function storeNothing(): void {
  let before: Record<string, number>;
  beforeEach(async () => {
    before = await instance.rowCounts();
  });
  afterEach(async () => {
    expect(await instance.rowCounts()).toEqual(before);
  });
}

const pathOf = (name: ActName): string => `/v1/certificates/${certificate.id}/${name}`;
const refusedAct = (name: ActName, changes: object, field: string): Promise<void> =>
  refused(pathOf(name), { ...sound[name], ...changes }, field);

describe('bad input for the first registration', () => {
  storeNothing();
  const unitNo = '431302001005GB00013F00030602';
  const request = propertyRequest({ unitNo });
  const [owner, other] = request.owners;

  it.each<Case>([
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['an unknown field of an owner', { owners: [{ ...owner, colour: 'red' }, other] }, 'owners[0].colour'],
    ['an unknown field of the area', { area: { ...request.area, colour: 'red' } }, 'area.colour'],
    ['an unknown field of the place', { location: { ...request.location, colour: 'red' } }, 'location.colour'],
    ['no unit number', { unitNo: undefined }, 'unitNo'],
    ['a unit number one digit short', { unitNo: unitNo.slice(1) }, 'unitNo'],
    ['a unit of elsewhere', { unitNo: '440302001005GB00012F00030602' }, 'unitNo'],
    ['a number for text', { situated: 66 }, 'situated'],
    ['text for a truth', { area: { ...request.area, isParcelShared: 'true' } }, 'area.isParcelShared'],
    ['an object for owners', { owners: {} }, 'owners'],
    ['no owners', { owners: [] }, 'owners'],
    ['too many owners', { owners: new Array(101).fill(owner) }, 'owners'],
    ['shares of more than all', { owners: [owner, { ...other, share: '51%' }] }, 'owners'],
    ['a share as a number', { owners: [owner, { ...other, share: 0.5 }] }, 'owners[1].share'],
    ['a right of three parts', { rightType: '甲/乙/丙' }, 'rightType'],
    ['a term that ends before it starts', { useTerms: [{ right: '使用权', ...swapped(term) }] }, 'useTerms[0].to'],
    ['a day that is none', { registeredAt: '2026-02-29' }, 'registeredAt'],
    ['a day in full width', { registeredAt: '２０２６-03-01' }, 'registeredAt'],
    ['a day to come', { registeredAt: '2099-01-01' }, 'registeredAt'],
    ['an instant for a day', { registeredAt: '2026-03-01T00:00:00Z' }, 'registeredAt'],
    ['an exponent', { area: { ...request.area, parcel: '1e4' } }, 'area.parcel'],
    ['a negative area', { area: { ...request.area, parcel: '-12480.50' } }, 'area.parcel'],
    ['a shifted coordinate system', { location: { ...request.location, crs: 'GCJ-02' } }, 'location.crs'],
    ['a point that is no number', { location: { ...request.location, point: [null, 27] } }, 'location.point'],
    ['a point too many', { location: { ...request.location, point: [111.99432, 27.72866, 5] } }, 'location.point'],
    ['an empty parcel', withParcel({ type: 'Polygon', coordinates: [] }), 'location.parcel'],
    ['a parcel of one point', withParcel({ type: 'Polygon', coordinates: [[[111, 27]]] }), 'location.parcel'],
    ['a parcel of many polygons', withParcel({ type: 'MultiPolygon', coordinates: [] }), 'location.parcel'],
    ['a character no font draws', { situated: '한' }, 'situated'],
  ])('is refused by its field: %s', async (_name, changes, field) => {
    await refused('/v1/certificates', { ...request, ...changes }, field);
  });

  it.each([
    ['null', null],
    ['an array', []],
  ])('is refused when the body is %s', async (_name, body) => {
    await refused('/v1/certificates', body, '');
  });

  it('is refused when it is too large or no JSON', async () => {
    const large = JSON.stringify({ ...request, notes: 'x'.repeat(10 * 1024 * 1024) });
    for (const path of ['/v1/certificates', ...actNames.map(pathOf)]) {
      expect((await caller.post<Problem>(path, large)).body.status).toBe(413);
      expect((await caller.post<Problem>(path, '{"reason":')).body.status).toBe(400);
      expect((await caller.post<Problem>(path, 'x', { 'content-type': 'text/plain' })).body.status).toBe(415);
    }
  });

  function withParcel(parcel: object): object {
    return { location: { ...request.location, parcel } };
  }
});

describe('bad input for an act', () => {
  storeNothing();

  it.each(actNames)('%s: what every act asks for', async (name) => {
    const path = pathOf(name);
    await refused(path, null, '');
    await refused(path, [], '');
    await refusedAct(name, { colour: 'red' }, 'colour');
    await refusedAct(name, { businessNo: undefined }, 'businessNo');
    await refusedAct(name, { businessNo: 'a$b' }, 'businessNo');
    await refusedAct(name, { businessNo: 1 }, 'businessNo');
    await refusedAct(name, { reason: undefined }, 'reason');
    await refusedAct(name, { reason: '理'.repeat(101) }, 'reason');
    await refusedAct(name, { registeredAt: '2026-02-30' }, 'registeredAt');
    await refusedAct(name, { registeredAt: '２０２６-03-05' }, 'registeredAt');
    await refusedAct(name, { registeredAt: '2099-01-01' }, 'registeredAt');
    await refusedAct(name, { registeredAt: '2026-03-01' }, 'registeredAt'); // the certificate is of the 2nd
  });

  it.each(actNames)('%s: a reason that hides something', async (name) => {
    for (const [, text] of hostileTexts) {
      await refusedAct(name, { reason: text }, 'reason');
    }
  });

  it.each(textFields)('%s: a %s that hides something', async (name, field, withText) => {
    for (const [, text] of hostileTexts) {
      await refusedAct(name, withText(text), field);
    }
    await refusedAct(name, withText('长'.repeat(700)), field);
  });

  it.each(printedTextFields)('%s: a %s that no font draws', async (name, field, withText) => {
    await refusedAct(name, withText('한'), field);
  });

  it('on a certificate that is none is not found', async () => {
    const missing = '018f0000-0000-7000-8000-000000000000';
    for (const name of actNames) {
      expect((await caller.post(`/v1/certificates/${missing}/${name}`, sound[name])).status).toBe(404);
      expect((await caller.post(`/v1/certificates/1/${name}`, sound[name])).status).toBe(400);
    }
  });

  it.each<readonly [name: string, changes: object, field: string, act: ActName]>([
    ['no ground', { ground: undefined }, 'ground', 'transfer'],
    ['a ground that is none', { ground: 'theft' }, 'ground', 'transfer'],
    ['one party to a sale', { applicants: 'transferee' }, 'applicants', 'transfer'],
    ['owners alone and together', { coOwnership: 'joint' }, 'coOwnership', 'transfer'],
    ['a wrong ID number', { owners: [{ ...person, idNo: '330100197609195050' }] }, 'owners[0].idNo', 'transfer'],
    ['a holder who owns nothing', { holder: '何例清' }, 'holder', 'transfer'],
    ['other owners', { owners: [person], coOwnership: 'sole' }, 'owners', 'change'],
    ['nothing new', { situated: undefined }, '', 'change'],
    ['an area the outline denies', { area: { parcel: '99.00', building: '1.00' } }, 'area.parcel', 'change'],
    ['a unit number', { unitNo: '431302001005GB00012F00030603' }, 'unitNo', 'change'],
    ['nobody who found it', { appliedBy: undefined }, 'appliedBy', 'correction'],
    ['somebody who may not', { appliedBy: 'neighbour' }, 'appliedBy', 'correction'],
    ['no declaration', { declaredOn: undefined }, 'declaredOn', 'reissue'],
    ['a declaration to come', { declaredOn: '2099-01-01' }, 'declaredOn', 'reissue'],
    ['a declaration at the end of time', { declaredOn: '9999-12-31' }, 'declaredOn', 'reissue'],
    ['nobody who lends', { mortgagees: [] }, 'mortgagees', 'mortgage'],
    [
      'a wrong credit code',
      { mortgagees: [{ ...bank, idNo: '91320100MAXDEM0990' }] },
      'mortgagees[0].idNo',
      'mortgage',
    ],
    ['a lender twice', { mortgagees: [bank, bank] }, 'mortgagees[1].idNo', 'mortgage'],
    ['an amount as a number', { securedAmount: 650000 }, 'securedAmount', 'mortgage'],
    ['an amount of nothing', { securedAmount: '0.00' }, 'securedAmount', 'mortgage'],
    ['a negative amount', { securedAmount: '-1.00' }, 'securedAmount', 'mortgage'],
    ['an exponent', { securedAmount: '1e6' }, 'securedAmount', 'mortgage'],
    ['a term that ends before it starts', { term: swapped(term) }, 'term.to', 'mortgage'],
    ['half a term', { term: { from: '2026-03-05' } }, 'term.to', 'mortgage'],
    ['text for a truth', { forbidsTransfer: 'yes' }, 'forbidsTransfer', 'mortgage'],
    ['an applicant with a wrong ID number', { applicants: [{ ...person, idNo: '1' }] }, 'applicants[0].idNo', 'notice'],
    ['no applicants', { applicants: [] }, 'applicants', 'notice'],
    ['too many details', { details: new Array(21).fill({ name: '甲', value: '乙' }) }, 'details', 'notice'],
    ['an applicant of no kind', { applicants: [{ ...person, idType: '112' }] }, 'applicants[0].idType', 'objection'],
    ['no grounds', { notes: undefined }, 'notes', 'objection'],
    ['a number that is none', { proofNumber: '第0000456号' }, 'proofNumber', 'proof-cancellation'],
    ['no court', { court: undefined }, 'court', 'seizure'],
    ['a term that ends before it starts', { term: { from: '2026-03-05', to: '2026-03-04' } }, 'term.to', 'seizure'],
    ['a term that is over', { term: { from: '2026-03-01', to: '2026-03-04' } }, 'term.to', 'seizure'],
    ['a term of more than three years', { term: { from: '2026-03-05', to: '2029-03-06' } }, 'term.to', 'seizure'],
    ['a term that has not begun', { term: { from: '2098-03-05', to: '2099-03-06' } }, 'term.from', 'seizure'],
    ['an unknown field of the term', { term: { ...term, colour: 'red' } }, 'term.colour', 'seizure-renewal'],
    ['no term', { term: undefined }, 'term', 'seizure-renewal'],
    ['a day to come', { registrableFrom: '2099-01-01' }, 'registrableFrom', 'notice'],
    ['a day at the end of time', { registrableFrom: '9999-12-31' }, 'registrableFrom', 'notice'],
    ['a day too long ago', { registrableFrom: '2026-01-05' }, 'registrableFrom', 'notice'],
    ['a day that is none', { registrableFrom: '2026-11-31' }, 'registrableFrom', 'notice-term'],
    ['a number that is none', { proofNumber: '1' }, 'proofNumber', 'notice-term'],
    ['a number as a number', { proofNumber: 1 }, 'proofNumber', 'objection-suit'],
    ['an easement on itself', { dominantUnitNo: '431302001005GB00012F00030602' }, 'dominantUnitNo', 'easement'],
    ['an easement beyond its right', { term: { from: '2026-03-05', to: '2084-06-01' } }, 'term.to', 'easement'],
    ['an easement at no price', { compensation: '0.00' }, 'compensation', 'easement'],
    ['no document that releases', { courtDocumentNo: undefined }, 'courtDocumentNo', 'seizure-release'],
  ])('is refused by its field: %s', async (_name, changes, field, name) => {
    await refusedAct(name, changes, field);
  });

  it('leaves the certificate as it was', async () => {
    const { body } = await caller.get<{ items: unknown[] }>(`/v1/documents/${certificate.id}/events`);
    expect(body.items).toHaveLength(1);
  });
});

describe('input that only looks bad', () => {
  it('in full width is read where it means the same', async () => {
    const full = { unitNo: '４３１３０２００１００５ＧＢ０００１４Ｆ０００３０６０２', businessNo: 'Ｂ－２０２６' };
    const { status, body } = await caller.post<Issued & Problem>('/v1/certificates', propertyRequest(full));
    expect(status, JSON.stringify(body)).toBe(201);
    const read = await caller.get<{ content: object }>(`/v1/documents/${body.id}`);
    expect(read.body.content).toMatchObject({ unitNo: '431302001005GB00014F00030602', businessNo: 'B-2026' });
  });
});

function swapped({ from, to }: { from: string; to: string }): { from: string; to: string } {
  return { from: to, to: from };
}
