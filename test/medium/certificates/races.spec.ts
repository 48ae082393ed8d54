import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestInstance } from '../../support/running-instance.js';
import { RegisterDesk, type Outcome } from './register-desk.js';

let desk: RegisterDesk;

beforeAll(async () => {
  desk = await RegisterDesk.open(await TestInstance.make());
});
afterAll(() => desk.instance.close());

const atOnce = (count: number, ask: (index: number) => Promise<Outcome>): Promise<Outcome[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(index)));
const numbered = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const codes = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(({ status, body }) => (status === 201 ? '201' : `${status} ${body.code}`)).sort();
const currentOf = (unitNo: string): Promise<unknown> =>
  desk.instance.value('select count(*)::int from property_certificates where is_current and unit_no = $1', [unitNo]);

describe('fifty mortgages at once', () => {
  it('have the ranks 1 to 50, in the book and on their proofs', async () => {
    const { id } = await desk.register();
    const outcomes = await atOnce(50, () => desk.ask(`/${id}/mortgage`, desk.loan()));
    expect(new Set(codes(outcomes))).toEqual(new Set(['201']));

    const { burdens } = await desk.page(id);
    expect(burdens.map(({ position }) => position)).toEqual(numbered(50));
    expect(new Set(burdens.map(({ proofNumber }) => proofNumber)).size).toBe(50);
    for (const { body } of outcomes) {
      const inBook = burdens.find(({ proofNumber }) => proofNumber === body.number)?.position;
      expect((await desk.content(body.id))['rank']).toBe(String(inBook));
    }
    expect(await desk.eventTypes(id)).toHaveLength(51);
  });

  it('keep their ranks when some are released meanwhile, and give none twice', async () => {
    const { id } = await desk.register();
    const proofs = await Promise.all(numbered(5).map(() => desk.done(`/${id}/mortgage`, desk.loan())));
    await Promise.all([
      ...proofs.map(({ number }) => desk.done(`/${id}/proof-cancellation`, { ...desk.act(), proofNumber: number })),
      ...numbered(5).map(() => desk.done(`/${id}/mortgage`, desk.loan())),
    ]);
    expect((await desk.page(id)).burdens.map(({ position }) => position)).toEqual([6, 7, 8, 9, 10]);
  });
});

describe('seizures at once', () => {
  it('are one in effect and the others in a queue without a gap', async () => {
    const { id } = await desk.register();
    const outcomes = await atOnce(50, (index) => desk.ask(`/${id}/seizure`, desk.seizure(`执${index}`)));
    expect(new Set(codes(outcomes))).toEqual(new Set(['201']));
    const { burdens } = await desk.page(id);
    expect(burdens.map(({ position }) => position)).toEqual(numbered(50));
    expect(burdens.map(({ state }) => state)).toEqual(['active', ...new Array<string>(49).fill('waiting')]);
    expect(await desk.status(id)).toBe('seized');
    const types = await desk.eventTypes(id);
    expect(types).toEqual(['issued', 'seized', ...new Array<string>(49).fill('seizure-queued')]);
  });

  it('by one court document are one', async () => {
    const { id } = await desk.register();
    const outcomes = await atOnce(20, () => desk.ask(`/${id}/seizure`, desk.seizure('执1')));
    expect(codes(outcomes)).toEqual(['201', ...new Array<string>(19).fill('409 certificates.seizure-known')]);
    expect((await desk.page(id)).burdens).toHaveLength(1);
  });

  it('are released one after the other, in whatever order the releases come', async () => {
    const { id } = await desk.register();
    for (const index of numbered(10)) {
      await desk.done(`/${id}/seizure`, desk.seizure(`执${index}`));
    }
    const release = (index: number): Promise<Outcome> =>
      desk.ask(`/${id}/seizure-release`, desk.release(`执${index + 1}`));
    const twice = await Promise.all([atOnce(9, release), atOnce(9, release)]);
    expect(codes(twice.flat())).toEqual([
      ...new Array<string>(9).fill('201'),
      ...new Array<string>(9).fill('409 certificates.not-seized'),
    ]);
    expect((await desk.page(id)).burdens).toMatchObject([{ courtDocumentNo: '执10', state: 'active', position: 10 }]);
    await desk.done(`/${id}/seizure-release`, desk.release('执10'));
    expect(await desk.status(id)).toBe('current');
  });
});

describe('different acts at once', () => {
  it('leave one current certificate, and every loser is told why', async () => {
    const { id } = await desk.register();
    const { unitNo } = await desk.page(id);
    const outcomes = await Promise.all([
      atOnce(10, () => desk.ask(`/${id}/transfer`, desk.sale())),
      atOnce(10, () => desk.ask(`/${id}/change`, { ...desk.act(), use: '商业' })),
      atOnce(10, () => desk.ask(`/${id}/correction`, { ...desk.act(), appliedBy: 'authority', use: '办公' })),
      atOnce(10, () => desk.ask(`/${id}/cancellation`, desk.act())),
    ]);
    const told = codes(outcomes.flat());
    expect(told.filter((code) => code === '201')).toHaveLength(1);
    expect(new Set(told)).toEqual(new Set(['201', '409 certificates.not-current']));
    expect(Number(await currentOf(unitNo))).toBeLessThanOrEqual(1);
  });

  it('either seize before the transfer or find the certificate superseded', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await desk.register();
      const { unitNo } = await desk.page(id);
      const [seized, sold] = await Promise.all([
        desk.ask(`/${id}/seizure`, desk.seizure('执1')),
        desk.ask(`/${id}/transfer`, desk.sale()),
      ]);
      expect([codes([seized]), codes([sold])]).toEqual(
        seized.status === 201 ? [['201'], ['409 certificates.seized']] : [['409 certificates.not-current'], ['201']],
      );
      expect(await currentOf(unitNo)).toBe(1);
    }
  });

  it('carry over every mortgage that was registered before the transfer, and take none after', async () => {
    const { id } = await desk.register();
    const [loans, [sold]] = await Promise.all([
      atOnce(20, () => desk.ask(`/${id}/mortgage`, desk.loan())),
      atOnce(1, () => desk.ask(`/${id}/transfer`, desk.sale())),
    ]);
    const registered = loans.filter(({ status }) => status === 201).map(({ body }) => body.number);
    expect(new Set(codes(loans.filter(({ status }) => status !== 201)))).toEqual(
      new Set(registered.length === 20 ? [] : ['409 certificates.not-current']),
    );
    const { burdens } = await desk.page(sold?.body.id ?? '');
    expect(burdens.map(({ proofNumber }) => proofNumber).sort()).toEqual(registered.sort());
    expect(burdens.map(({ position }) => position)).toEqual(numbered(registered.length));
    const noted = ((await desk.content(sold?.body.id ?? ''))['encumbrances'] ?? []) as { proofNumber: string }[];
    expect(noted.map(({ proofNumber }) => proofNumber).sort()).toEqual(registered.sort());
  });
});
