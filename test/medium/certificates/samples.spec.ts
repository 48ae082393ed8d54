import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { LapseBurdensHandler } from '../../../src/certificates/index.js';
import { Clock } from '../../../src/kernel/index.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { sampleCertificates } from '../../support/certificates.js';
import { callerOf, TestInstance, type Running } from '../../support/running-instance.js';
import { Verifier } from '../verification/verifier.js';
import type { Page } from './register-desk.js';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('the sample certificates', () => {
  let fresh: TestInstance;
  let running: Running;
  let worker: Running;
  let caller: ApiCaller;
  const ids = new Map<string, Issued>();

  /** Every event has its leaf, and everything is on the chain. */
  async function settle(): Promise<void> {
    const isFixed = 'select count(*) = 0 from document_events where leaf is null';
    await waitUntil('every event has its leaf', async () => (await fresh.value(isFixed)) === true, {
      timeoutMs: 30_000,
    });
    await fresh.waitUntilAnchored('confirmed');
  }

  beforeAll(async () => {
    fresh = await TestInstance.make({ RENDER_CHUNK: '7' });
    const party = await fresh.addIssuer('loudi');
    running = await fresh.startApi();
    caller = callerOf(running, party);
    worker = await fresh.startWorker();
  });
  afterAll(() => fresh.close());

  it.each(sampleCertificates())('$name issues', async ({ name, act: kind, of = '', request, expected }) => {
    const path = kind === 'first' ? '' : `/${ids.get(of)?.id ?? ''}/${kind}`;
    const { status, body: issued } = await caller.post<Issued>(`/v1/certificates${path}`, request);
    expect(status === 201 ? status : issued).toBe(201);
    expect(issued.number).toMatch(new RegExp(expected.numberPattern, 'u'));
    if (expected.provedRight !== undefined) {
      const read = await caller.get<{ content: object }>(`/v1/documents/${issued.id}`);
      expect(read.body.content).toMatchObject({ provedRight: expected.provedRight });
    }
    ids.set(name, issued);
  });

  it('are drawn, anchored with every event, and verify; the transferred one is out of force', async () => {
    const house = ids.get('01-house-with-shares.json')?.id ?? '';
    await settle();

    const verifier = new Verifier(running.url);
    for (const { id, documentAddress } of ids.values()) {
      const { status, bytes } = await caller.file(id);
      expect([status, bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
      const { verdict, facts } = await verifier.byAddress(documentAddress);
      const inForce = facts.find(({ question }) => question === 'status')?.outcome;
      expect([verdict, inForce]).toEqual(id === house ? ['not-valid', 'fails'] : ['valid', 'holds']);
    }
  });

  it('tell of an easement in both books', async () => {
    const house = (await caller.get<Page>(`/v1/certificates/${ids.get('06-transfer.json')?.id ?? ''}/register`)).body;
    expect(house.benefits).toMatchObject([{ proofNumber: ids.get('07-easement.json')?.number }]);
  });

  it('lose the objection to the sweep when its days have passed, and its proof does not verify any more', async () => {
    const { id = '', documentAddress = '' } = ids.get('09-objection.json') ?? {};
    for (const { app } of [running, worker]) {
      vi.spyOn(app.get(Clock, { strict: false }), 'now').mockImplementation(() => new Date(Date.now() + 40 * DAY_MS));
    }
    const handler = worker.app.get(LapseBurdensHandler, { strict: false });
    for (const payload of await handler.findDue()) {
      await handler.handle(payload, new AbortController().signal);
    }
    expect(await fresh.value('select status from documents where id = $1', [id])).toBe('lapsed');
    await settle();
    const { verdict, facts } = await new Verifier(running.url).byAddress(documentAddress);
    expect([verdict, facts.find(({ question }) => question === 'status')?.outcome]).toEqual(['not-valid', 'fails']);
  });
});
