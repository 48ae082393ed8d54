import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { RecordEvent } from '../../../src/documents/index.js';
import { IssuerProfiles } from '../../../src/identity/index.js';
import { fromHex } from '../../../src/kernel/index.js';
import { ChainClient, documentInitCodeHash } from '../../../src/platform/chain/index.js';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import {
  formatCaip2,
  parseEvidenceBundle,
  verifyEvidence,
  type EvidenceBundle,
  type EvidenceEvent,
  type Verdict,
  type Verification,
} from '../../../src/proof/index.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';
import { answersTo, Verifier } from '../verification/verifier.js';

let instance: TestInstance;
let issuer: TestIssuer;
let api: Running;
let caller: ApiCaller;
let verifier: Verifier;

beforeEach(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  api = await instance.startApi();
  caller = callerOf(api, issuer);
  verifier = new Verifier(api.url);
});
afterEach(() => instance.close());

async function record({ id }: Issued, type: string): Promise<void> {
  const profile = await api.app.get(IssuerProfiles, { strict: false }).get(issuer.id);
  const recordEvent = api.app.get(RecordEvent, { strict: false });
  await api.app
    .get(UnitOfWork, { strict: false })
    .run((tx) => recordEvent.execute(tx, profile, id, { type, payload: { amount: '-1.00' } }), { issuerId: issuer.id });
}

/** Lets a worker do all there is, and stops it. */
async function work(): Promise<void> {
  const worker = await instance.startWorker();
  const isIdle = `select (select count(*) from document_events where leaf is null)
    + (select count(*) from document_revocations where state <> 'revoked') = 0`;
  await waitUntil('all events have leaves', async () => (await instance.value(isIdle)) === true, { timeoutMs: 30_000 });
  await instance.waitUntilAnchored();
  await worker.stop();
}

async function evidenceOf({ id }: Issued): Promise<EvidenceBundle> {
  return parseEvidenceBundle((await caller.get(`/v1/documents/${id}/evidence`)).body);
}

/** As a verifier does that has the chain and nothing of this service but who the issuer is. */
async function verifyAlone(bundle: EvidenceBundle): Promise<Verification> {
  const { chainRpcUrls: rpcUrls, chainId } = instance.settings;
  const chain = new ChainClient({ rpcUrls, chainId });
  const { issuer: known } = await api.app.get(IssuerProfiles, { strict: false }).get(issuer.id);
  return verifyEvidence(bundle, {
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    documentInitCodeHash: fromHex(documentInitCodeHash),
    issuers: { issuerOf: () => Promise.resolve({ name: known.name }) },
    chains: (asked) =>
      asked === formatCaip2(chainId)
        ? {
            hasCode: async (address) => (await chain.codeAt(address)) !== '0x',
            isIssued: (store, root) => chain.isIssued(store, root),
            isRevoked: (store, hash) => chain.isRevoked(store, hash),
          }
        : undefined,
  });
}

const historyOf = async (documentAddress: string): Promise<(Verdict | null)[]> =>
  ((await verifier.byAddress(documentAddress)).document?.history ?? []).map(({ verdict }) => verdict);

describe('the evidence of what happened later', () => {
  it('is pending until the chain holds it, valid then, and the document is valid all the time', async () => {
    const issued = await caller.issue();
    await work();
    await record(issued, 'partially-red-lettered');
    await record(issued, 'partially-red-lettered');

    const before = await evidenceOf(issued);
    expect(before.events.map(({ leaf }) => leaf === null)).toEqual([false, true, true]);
    expect(await historyOf(issued.documentAddress)).toEqual(['valid', 'pending', 'pending']);
    expect((await verifier.byAddress(issued.documentAddress)).verdict).toBe('valid');

    await work();

    const after = await evidenceOf(issued);
    expect(after.events.slice(1).every(({ anchors }) => anchors?.[0]?.blockNumber)).toBe(true);
    expect(new Set([after.anchors[0]?.root, after.events[1]?.anchors?.[0]?.root]).size).toBe(2);
    expect(await historyOf(issued.documentAddress)).toEqual(['valid', 'valid', 'valid']);
    const alone = await verifyAlone(after);
    expect(alone.facts.filter(({ outcome }) => outcome === 'fails' || outcome === 'unknown')).toEqual([]);
    expect([alone.verdict, ...alone.events.map(({ verdict }) => verdict)]).toEqual(Array(4).fill('valid'));
    const told = await verifier.byEvidence(after);
    expect(answersTo('integrity', told)).toContain('integrity.events-hold=holds');
    expect(told.document?.history[2]?.anchors[0]?.blockNumber).toBeGreaterThan(0);
  });

  it('is fixed although events of another document wait behind one that was given up', async () => {
    const [blocked, free] = (await caller.issueMany(2)).sort((a, b) => (a.id < b.id ? -1 : 1)) as [Issued, Issued];
    await work();
    await record(blocked, 'partially-red-lettered');
    await record(blocked, 'partially-red-lettered');
    await record(free, 'partially-red-lettered');
    await instance.query('update document_events set leaf_failures = 5 where document_id = $1 and seq = 1', [
      blocked.id,
    ]);
    const worker = await instance.startWorker({ RENDER_CHUNK: '1' });
    const open = 'select count(*) from document_events where leaf is null and document_id = $1';
    await waitUntil('the other has its leaf', async () => Number(await instance.value(open, [free.id])) === 0, {
      timeoutMs: 20_000,
    });
    await worker.stop();
    expect(Number(await instance.value(open, [blocked.id]))).toBe(2);
  });

  it('does not hold when it was tampered with, whoever is asked', async () => {
    const [one, other] = (await caller.issueMany(2)) as [Issued, Issued];
    await Promise.all([record(one, 'partially-red-lettered'), record(other, 'partially-red-lettered')]);
    await work();
    const [good, foreign] = [await evidenceOf(one), await evidenceOf(other)];
    const [first, second] = good.events as [EvidenceEvent, EvidenceEvent];
    const data = JSON.parse(JSON.stringify(second.data).replace('-1.00', '-9.00')) as NonNullable<
      EvidenceEvent['data']
    >;
    const lies: EvidenceBundle[] = [
      { ...good, events: [first, { ...second, data }] },
      { ...good, events: [first, foreign.events[1] as EvidenceEvent] },
      { ...good, events: [first, { ...second, proof: foreign.events[1]?.proof ?? [] }] },
      { ...good, events: [first, second, { ...second, seq: 2 }] },
    ];
    for (const lie of lies) {
      expect((await verifyAlone(lie)).verdict).toBe('not-valid');
      const told = await verifier.byEvidence(lie);
      expect([told.verdict, answersTo('integrity', told)]).toEqual([
        'not-valid',
        expect.arrayContaining(['integrity.event-refuted=fails']),
      ]);
    }
  });
});

describe('a document that is out of force', () => {
  it('is so by the events in its evidence; who cuts them off deceives who asks the chain alone, but not the service', async () => {
    const issued = await caller.issue();
    await record(issued, 'red-lettered');
    await work();
    const whole = await evidenceOf(issued);
    const cut = { ...whole, events: whole.events.slice(0, 1) };

    expect((await verifyAlone(whole)).facts.find(({ question }) => question === 'status')?.code).toBe(
      'status.red-lettered',
    );
    expect((await verifyAlone(cut)).verdict).toBe('valid');
    const told = await verifier.byEvidence(cut);
    expect([told.verdict, answersTo('status', told)]).toEqual(['not-valid', ['status.red-lettered=fails']]);
    expect(told.document?.history.map(({ verdict }) => verdict)).toEqual(['valid', null]);
  });

  it('is revoked from the event on, and by the chain whatever the events say', async () => {
    const issued = await caller.issue();
    await work();
    await caller.post(`/v1/documents/${issued.id}/revocation`, { reason: 'fraud' });
    const statusOf = async (bundle: EvidenceBundle): Promise<string | undefined> =>
      (await verifyAlone(bundle)).facts.find(({ question }) => question === 'status')?.code;

    expect(await statusOf(await evidenceOf(issued))).toBe('status.revocation-recorded');
    await work();
    const whole = await evidenceOf(issued);
    expect(await statusOf(whole)).toBe('status.revoked');
    expect(await statusOf({ ...whole, events: whole.events.slice(0, 1) })).toBe('status.revoked');
  });
});
