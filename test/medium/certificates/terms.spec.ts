import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LapseBurdensHandler } from '../../../src/certificates/index.js';
import type { Issued } from '../../support/api-caller.js';
import { TestInstance, type Running } from '../../support/running-instance.js';
import { buyer, RegisterDesk, setClocks } from './register-desk.js';

let instance: TestInstance;
let desk: RegisterDesk;
let worker: Running;

beforeAll(async () => {
  instance = await TestInstance.make({ RENDER_CHUNK: '7' });
  desk = await RegisterDesk.open(instance);
  worker = await instance.startWorker();
});
beforeEach(() => {
  on('2026-03-05');
});
afterAll(() => instance.close());

const on = (day: string, time?: string): void => {
  setClocks([desk.api, worker], day, time);
};

/** What the worker does every minute. Answers whether there was anything to do. */
async function sweep(): Promise<boolean> {
  const handler = worker.app.get(LapseBurdensHandler, { strict: false });
  const due = await handler.findDue();
  for (const payload of due) {
    await handler.handle(payload, new AbortController().signal);
  }
  return due.length > 0;
}

describe('an objection', () => {
  it('lapses by itself when its fifteen days have passed', async () => {
    const { id } = await desk.register();
    const proof = await desk.done(`/${id}/objection`, desk.objection());
    expect((await desk.content(proof.id))['lapsesAt']).toBe('2026-03-20');

    on('2026-03-20', '23:59:59');
    expect(await sweep()).toBe(false);
    expect((await desk.page(id)).burdens).toMatchObject([{ kind: 'objection', lapsesOn: '2026-03-20' }]);

    on('2026-03-21', '00:00:00');
    expect((await desk.page(id)).burdens).toEqual([]); // before anything is recorded
    expect([await sweep(), await sweep()]).toEqual([true, false]);
    expect(await desk.status(proof.id)).toBe('lapsed');
    expect((await desk.events(proof.id)).at(-1)).toMatchObject({
      type: 'lapsed',
      payload: { lapsedOn: '2026-03-20' },
    });
    expect((await desk.events(id)).at(-1)).toMatchObject({
      type: 'burden-lapsed',
      payload: { proofNumber: proof.number, lapsedOn: '2026-03-20' },
    });
    await desk.done(`/${id}/objection`, desk.objection());
  });

  it('ends after the holidays when its last day is one', async () => {
    on('2026-02-03');
    const { id } = await desk.register({ registeredAt: '2026-01-05' });
    const proof = await desk.done(`/${id}/objection`, desk.objection({ registeredAt: '2026-01-31' }));
    expect((await desk.content(proof.id))['lapsesAt']).toBe('2026-02-24');
  });

  it('of a day too long ago is over before it is entered', async () => {
    on('2026-04-01');
    const { id } = await desk.register();
    expect(await desk.refusal(`/${id}/objection`, desk.objection({ registeredAt: '2026-03-02' }))).toBe(
      '422 registeredAt certificates.term-passed',
    );
  });

  it('stands until it is cancelled once a suit is entered', async () => {
    const { id } = await desk.register();
    const proof = await desk.done(`/${id}/objection`, desk.objection());
    const suit = { proofNumber: proof.number, court: '娄底市示例区人民法院', courtDocumentNo: '(2026)湘1302民初1号' };
    await desk.done(`/${id}/objection-suit`, { ...desk.act(), ...suit });
    expect(await desk.refusal(`/${id}/objection-suit`, { ...desk.act(), ...suit })).toBe('409 certificates.suit-known');
    on('2027-03-05');
    await sweep();
    expect((await desk.page(id)).burdens).toMatchObject([{ kind: 'objection', lapsesOn: null }]);
    expect(await desk.refusal(`/${id}/objection`, desk.objection())).toBe('409 certificates.objection-pending');
    await desk.done(`/${id}/proof-cancellation`, { ...desk.act(), proofNumber: proof.number });
    expect(await desk.eventTypes(proof.id)).toEqual(['issued', 'suit-entered', 'released']);
    expect(await desk.eventTypes(id)).toEqual(['issued', 'objection-registered', 'suit-entered', 'burden-released']);
  });

  it('cannot be taken to court when it has lapsed', async () => {
    const { id } = await desk.register();
    const { number: proofNumber } = await desk.done(`/${id}/objection`, desk.objection());
    on('2026-03-21');
    const suit = { ...desk.act(), proofNumber, court: '法院', courtDocumentNo: '(2026)湘1302民初1号' };
    expect(await desk.refusal(`/${id}/objection-suit`, suit)).toBe('409 certificates.burden-not-active');
  });
});

describe('an advance notice', () => {
  const notice = (changes = {}): Record<string, unknown> => ({ ...desk.act(), applicants: [buyer], ...changes });

  it('blocks for ninety days after registration became possible, and not longer', async () => {
    const { id } = await desk.register();
    const proof = await desk.done(`/${id}/notice`, notice({ registrableFrom: '2026-03-05' }));
    expect((await desk.page(id)).burdens).toMatchObject([{ kind: 'notice', lapsesOn: '2026-06-03' }]);
    on('2026-06-03');
    expect(await desk.refusal(`/${id}/transfer`, desk.sale())).toBe('409 certificates.notice-blocks');
    on('2026-06-04');
    const next = await desk.done(`/${id}/transfer`, desk.sale());
    expect(await desk.status(proof.id)).toBe('lapsed');
    expect((await desk.content(next.id))['encumbrances']).toBeUndefined();
  });

  it('has no term until that day is known', async () => {
    const { id } = await desk.register();
    const { number: proofNumber } = await desk.done(`/${id}/notice`, notice());
    on('2026-12-01');
    await sweep();
    expect((await desk.page(id)).burdens).toMatchObject([{ kind: 'notice', lapsesOn: null }]);
    const start = (registrableFrom: string): Record<string, unknown> => ({
      ...desk.act(),
      proofNumber,
      registrableFrom,
    });
    expect(await desk.refusal(`/${id}/notice-term`, start('2026-12-02'))).toBe(
      '422 registrableFrom certificates.registrable-in-future',
    );
    expect(await desk.refusal(`/${id}/notice-term`, start('2026-03-05'))).toBe(
      '422 registrableFrom certificates.term-passed',
    );
    await desk.done(`/${id}/notice-term`, start('2026-11-30'));
    expect(await desk.refusal(`/${id}/notice-term`, start('2026-11-30'))).toBe('409 certificates.term-known');
    expect((await desk.page(id)).burdens).toMatchObject([{ lapsesOn: '2027-03-01' }]); // 28 February is a Sunday
    on('2027-03-02');
    expect(await sweep()).toBe(true);
    await desk.done(`/${id}/transfer`, desk.sale());
  });
});

describe('a seizure', () => {
  const short = { from: '2026-03-05', to: '2026-03-20' };

  it('lapses when its court does not renew it', async () => {
    const { id } = await desk.register();
    await desk.done(`/${id}/seizure`, desk.seizure('(2026)湘1302执1号', short));
    on('2026-03-20');
    expect(await desk.refusal(`/${id}/transfer`, desk.sale())).toBe('409 certificates.seized');
    on('2026-03-21');
    expect(await sweep()).toBe(true);
    expect(await desk.status(id)).toBe('current');
    expect(await desk.eventTypes(id)).toEqual(['issued', 'seized', 'seizure-lapsed']);
    await desk.done(`/${id}/transfer`, desk.sale());
  });

  it('goes on when it is renewed', async () => {
    const { id } = await desk.register();
    await desk.done(`/${id}/seizure`, desk.seizure('(2026)湘1302执1号', short));
    const renewal = (from: string, to: string): Record<string, unknown> => ({
      ...{ ...desk.act(), courtDocumentNo: '(2026)湘1302执续1号', seizureDocumentNo: '（2026）湘1302执1号' },
      term: { from, to },
    });
    expect(await desk.refusal(`/${id}/seizure-renewal`, renewal('2026-03-22', '2027-03-21'))).toBe(
      '422 term.from certificates.term-starts-late',
    );
    await desk.done(`/${id}/seizure-renewal`, renewal('2026-03-21', '2029-03-20'));
    on('2029-03-20');
    await sweep();
    expect(await desk.status(id)).toBe('seized');
    on('2029-03-21');
    expect(await sweep()).toBe(true);
    expect(await desk.refusal(`/${id}/seizure-renewal`, renewal('2029-03-21', '2030-03-20'))).toBe(
      '409 certificates.not-seized',
    );
    expect(await desk.eventTypes(id)).toEqual(['issued', 'seized', 'seizure-renewed', 'seizure-lapsed']);
  });

  it.each([
    ['with the sweep', true],
    ['without it', false],
  ])('hands over to those that wait, each for its own term, %s', async (_name, isSwept) => {
    const { id } = await desk.register();
    await desk.done(`/${id}/seizure`, desk.seizure('执1', short));
    await desk.done(`/${id}/seizure`, desk.seizure('执2', { from: '2026-03-05', to: '2026-03-15' }));
    await desk.done(`/${id}/seizure`, desk.seizure('执3', { from: '2026-03-05', to: '2026-03-25' }));
    if (isSwept) {
      on('2026-03-25');
      expect(await sweep()).toBe(true);
      expect((await desk.page(id)).burdens).toMatchObject([
        { courtDocumentNo: '执2', state: 'active', lapsesOn: '2026-03-31' },
        { courtDocumentNo: '执3', state: 'waiting', lapsesOn: null },
      ]);
    }
    on('2026-04-05');
    expect(await desk.refusal(`/${id}/transfer`, desk.sale())).toBe('409 certificates.seized');
    expect((await desk.page(id)).burdens).toMatchObject([{ courtDocumentNo: '执3', lapsesOn: '2026-04-21' }]);
    on('2026-04-22');
    await desk.done(`/${id}/transfer`, desk.sale());
    const told = (await desk.events(id)).slice(1, -1).map(({ type, payload }) => [type, payload['lapsedOn']]);
    expect(told).toEqual([
      ['seized', undefined],
      ['seizure-queued', undefined],
      ['seizure-queued', undefined],
      ['seizure-succeeded', '2026-03-20'],
      ['seizure-succeeded', '2026-03-31'],
      ['seizure-lapsed', '2026-04-21'],
    ]);
  });

  it('starts its term when the one before it is released', async () => {
    const { id } = await desk.register();
    await desk.done(`/${id}/seizure`, desk.seizure('执1'));
    await desk.done(`/${id}/seizure`, desk.seizure('执2', short));
    on('2026-05-01');
    await desk.done(`/${id}/seizure-release`, desk.release('执1'));
    expect((await desk.page(id)).burdens).toMatchObject([{ courtDocumentNo: '执2', lapsesOn: '2026-05-16' }]);
  });
});

describe('the sweep', () => {
  it('records each lapse once when it and an act come at the same moment', async () => {
    const units: Issued[] = [];
    for (let count = 0; count < 5; count += 1) {
      const unit = await desk.register();
      await desk.done(`/${unit.id}/objection`, desk.objection());
      units.push(unit);
    }
    on('2026-03-21');
    await Promise.all([sweep(), sweep(), ...units.map(({ id }) => desk.done(`/${id}/transfer`, desk.sale()))]);
    for (const { id } of units) {
      const types = await desk.eventTypes(id);
      expect(types).toEqual(['issued', 'objection-registered', 'burden-lapsed', 'transferred']);
    }
  });
});
