import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INIT_CODE_HASH, ISSUER, STORE, evidenceOf, sha256, withEvent } from '../../test/oracles/document-factory.js';
import type { EventChoices } from '../../test/oracles/document-factory.js';
import type { ChainReader } from './chain-reader.js';
import { parseEvidenceBundle } from './evidence-bundle.js';
import type { EvidenceBundle, EvidenceEvent } from './evidence-bundle.js';
import { keccak256 } from './keccak.js';
import { BundleMalformed } from './proof.errors.js';
import { targetHash } from './salted-digest.js';
import { verifyEvidence } from './verify-evidence.js';
import type { Verification } from './verify-evidence.js';

const others = [1, 2, 3].map((byte) => keccak256(Uint8Array.of(byte)));
const issued = evidenceOf({ others });
const PARTIAL: EventChoices = { type: 'partially-red-lettered', payload: { amount: '-1.00' }, others };
/** Issued, reversed in part twice. */
const good = withEvent(withEvent(issued, PARTIAL), { ...PARTIAL, payload: { amount: '-2.00' } });

const everyRoot = (bundle: EvidenceBundle): Set<string> =>
  new Set([bundle, ...bundle.events].flatMap(({ anchors }) => (anchors ?? []).map(({ root }) => root)));

async function verify(
  bundle: EvidenceBundle,
  chain: Partial<ChainReader> = {},
  roots = everyRoot(bundle),
): Promise<Verification> {
  const reader: ChainReader = {
    hasCode: () => Promise.resolve(true),
    isIssued: (store, root) => Promise.resolve(store === STORE && roots.has(root)),
    isRevoked: () => Promise.resolve(false),
    ...chain,
  };
  return verifyEvidence(bundle, {
    sha256,
    documentInitCodeHash: INIT_CODE_HASH,
    chains: (chainId) => (chainId === 'eip155:1337' ? reader : undefined),
    issuers: { issuerOf: () => Promise.resolve(ISSUER) },
  });
}

function change(seq: number, changed: Partial<EvidenceEvent>, bundle = good): EvidenceBundle {
  return { ...bundle, events: bundle.events.map((event) => (event.seq === seq ? { ...event, ...changed } : event)) };
}
const eventAt = (seq: number, bundle = good): EvidenceEvent => bundle.events[seq] as EvidenceEvent;
const codesAt = ({ events }: Verification, place: number): string[] =>
  (events[place]?.facts ?? []).map(({ code }) => code);

describe('the later events of a document', () => {
  it('hold one by one and together when nobody has touched them', async () => {
    const verification = await verify(parseEvidenceBundle(JSON.parse(JSON.stringify(good))));

    expect(verification.verdict).toBe('valid');
    expect(verification.events.map(({ seq, type, verdict }) => [seq, type, verdict])).toEqual([
      [0, 'issued', 'valid'],
      [1, 'partially-red-lettered', 'valid'],
      [2, 'partially-red-lettered', 'valid'],
    ]);
    expect(codesAt(verification, 2)).toEqual(['integrity.event-holds', 'inclusion.holds', 'anchor.holds']);
    expect(verification.facts.find(({ code }) => code === 'integrity.events-hold')?.detail).toEqual({
      events: '2',
      pending: '0',
    });
  });

  it('add no fact to a document that has none', async () => {
    const { facts, events } = await verify(issued);
    expect(facts.filter(({ code }) => code.includes('event'))).toEqual([]);
    expect(events).toHaveLength(1);
  });

  it.each([
    ['waits for its batch', withEvent(good, { ...PARTIAL, anchor: 'none' })],
    ['is in no block yet', withEvent(good, { ...PARTIAL, others: [], anchor: 'submitted' })],
    ['has no leaf yet', { ...good, events: [...good.events, { seq: 3, type: 'x', at: '', leaf: null }] }],
  ])('leave the document valid while the newest %s', async (_, bundle) => {
    const verification = await verify(bundle, {}, everyRoot(good));
    expect([verification.verdict, ...verification.events.map(({ verdict }) => verdict)]).toEqual([
      ...['valid', 'valid', 'valid', 'valid'],
      'pending',
    ]);
    expect(verification.facts.find(({ code }) => code === 'integrity.events-hold')?.detail?.['pending']).toBe('1');
  });

  it('are pending in a bundle from before events carried their proofs', async () => {
    const { seq, type, at, leaf, previousLeaf, data } = eventAt(2);
    const older = { seq, type, at, leaf, ...(previousLeaf && { previousLeaf }), ...(data && { data }) };
    const verification = await verify({ ...good, events: [...good.events.slice(0, 2), older] });
    expect([verification.verdict, verification.events[2]?.verdict]).toEqual(['valid', 'pending']);
  });
});

const foreign = withEvent(evidenceOf({ core: { kind: 'invoice.vat', number: '2' } }), PARTIAL);
const renumbered = { ...eventAt(2), seq: 1 };
const tampered = JSON.parse(JSON.stringify(eventAt(1).data).replace('-1.00', '-9.00')) as NonNullable<
  EvidenceEvent['data']
>;

describe('a lie about events', () => {
  it.each<[string, EvidenceBundle, number, string]>([
    ['changed data', change(1, { data: tampered }), 1, 'integrity.event-changed'],
    [
      'changed data with a leaf to fit',
      change(1, { data: tampered, leaf: `0x${targetHash(tampered)}` }),
      1,
      'inclusion.proof-broken',
    ],
    ['data that is not salted', change(1, { data: { event: 'x' } }), 1, 'integrity.event-changed'],
    ['another type around it', change(1, { type: 'delivered' }), 1, 'integrity.event-mismatch'],
    ['another time around it', change(1, { at: '2020-01-01T00:00:00.000Z' }), 1, 'integrity.event-mismatch'],
    ['another leaf before it', change(2, { previousLeaf: issued.leaf }), 2, 'integrity.event-mismatch'],
    ['swapped events', { ...good, events: [eventAt(0), eventAt(2), eventAt(1)] }, 1, 'integrity.event-out-of-order'],
    [
      'swapped events, renumbered',
      { ...good, events: [eventAt(0), renumbered, { ...eventAt(1), seq: 2 }] },
      1,
      'integrity.event-mismatch',
    ],
    ['a gap', { ...good, events: [eventAt(0), eventAt(2)] }, 1, 'integrity.event-out-of-order'],
    ['an event twice', { ...good, events: [...good.events, eventAt(2)] }, 3, 'integrity.event-out-of-order'],
    ['one without a leaf in between', change(1, { leaf: null }), 2, 'integrity.event-out-of-order'],
    [
      "another document's event",
      { ...issued, events: [eventAt(0), eventAt(1, foreign)] },
      1,
      'integrity.event-foreign',
    ],
    [
      'an anchored event that follows another leaf',
      withEvent(withEvent(issued, PARTIAL), { ...PARTIAL, lie: { previousLeaf: issued.leaf } }),
      2,
      'integrity.event-mismatch',
    ],
    [
      'a document for an event',
      withEvent(issued, { ...PARTIAL, lie: { issuers: 'x' } }),
      1,
      'integrity.event-malformed',
    ],
    ['the proof of its sibling', change(1, { proof: eventAt(2).proof?.slice(1) ?? [] }), 1, 'inclusion.proof-broken'],
    [
      "another's place in the batch",
      change(1, { anchors: (eventAt(1).anchors ?? []).map((anchor) => ({ ...anchor, leafIndex: 0, batchSize: 9 })) }),
      1,
      'inclusion.proof-broken',
    ],
    [
      "another issuer's anchor",
      change(1, {
        anchors: (eventAt(1).anchors ?? []).map((anchor) => ({ ...anchor, store: `0x${'ab'.repeat(20)}` })),
      }),
      1,
      'inclusion.proof-broken',
    ],
  ])('is found out: %s', async (_, bundle, place, code) => {
    const verification = await verify(bundle);
    expect(codesAt(verification, place)).toContain(code);
    expect(verification.events[place]?.verdict).toBe('not-valid');
    expect(verification.verdict).toBe('not-valid');
    expect(verification.facts.some((fact) => fact.code === 'integrity.event-refuted')).toBe(true);
  });

  it('is found out when the event really follows another one than is listed', async () => {
    const elsewhere = withEvent(withEvent(issued, { ...PARTIAL, payload: { amount: '-5.00' } }), PARTIAL);
    const { previousLeaf, ...moved } = eventAt(2, elsewhere);
    expect(previousLeaf).not.toBe(eventAt(1).leaf);
    const verification = await verify({ ...good, events: [eventAt(0), eventAt(1), moved] });
    expect(codesAt(verification, 2)).toEqual(['integrity.event-not-linked']);
  });

  it('is found out by the chain when the root was never anchored', async () => {
    const verification = await verify(good, {}, everyRoot(issued));
    expect(codesAt(verification, 1)).toContain('anchor.not-anchored');
    expect([verification.verdict, verification.events[0]?.verdict]).toEqual(['not-valid', 'valid']);
  });

  it('cannot be seen when the list is cut short: then the bundle holds as far as it goes', async () => {
    const verification = await verify({ ...good, events: good.events.slice(0, 2) });
    expect([verification.verdict, verification.events.length]).toEqual(['valid', 2]);
  });

  it('with a first event that is no issue is found', async () => {
    const { facts } = await verify(change(0, { type: 'delivered' }));
    expect(facts[0]?.code).toBe('integrity.bundle-mismatch');
  });
});

describe('the chain, about events', () => {
  it('that does not answer about an event leaves the question open', async () => {
    const isIssued = (_: string, root: string): Promise<boolean> =>
      root === issued.anchors[0]?.root ? Promise.resolve(true) : Promise.reject(new Error('down'));
    const { verdict, facts, events } = await verify(good, { isIssued });
    expect([verdict, events[1]?.verdict]).toEqual(['cannot-tell', 'cannot-tell']);
    expect(facts.find(({ code }) => code === 'integrity.event-not-known')?.detail).toEqual({
      seq: '1',
      reason: 'anchor.unreachable',
    });
  });

  it('without whose data an event stays open too', async () => {
    const { data, ...bare } = eventAt(2);
    expect(data).toBeDefined();
    const verification = await verify({ ...good, events: [...good.events.slice(0, 2), bare] });
    expect([verification.verdict, codesAt(verification, 2)]).toEqual(['cannot-tell', ['integrity.event-data-missing']]);
  });

  it('that has revoked an event, or the root of its batch, says no to that event', async () => {
    for (const revoked of [eventAt(1).leaf, eventAt(1).anchors?.[0]?.root]) {
      const isRevoked = (_: string, hash: string): Promise<boolean> => Promise.resolve(hash === revoked);
      const verification = await verify(good, { isRevoked });
      expect(codesAt(verification, 1)).toContain('status.revoked');
      expect(verification.events.map(({ verdict }) => verdict)).toEqual(['valid', 'not-valid', 'valid']);
    }
  });

  it('is asked each question once, though documents and events share batches', async () => {
    const asked: string[] = [];
    const note = (question: string): Promise<boolean> => Promise.resolve(asked.push(question) > 0);
    const together = change(2, { anchors: eventAt(2).anchors ?? [] });
    await verify(together, {
      hasCode: (address) => note(`code ${address}`),
      isIssued: (_, root) => note(`issued ${root}`),
      isRevoked: (_, hash) => note(`revoked ${hash}`).then(() => false),
    });
    expect(asked.filter((question) => question.startsWith('code'))).toHaveLength(1);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe('what the events say of the status', () => {
  it.each([
    ['revoked', 'status.revocation-recorded'],
    ['red-lettered', 'status.red-lettered'],
    ['written-off', 'status.written-off'],
    ['transferred', 'status.superseded'],
    ['cancelled', 'status.cancelled'],
  ])('takes a document out of force that was %s, although the chain knows of no revocation', async (type, code) => {
    for (const anchor of ['none', 'anchored'] as const) {
      const { verdict, facts } = await verify(withEvent(issued, { type, anchor, others }));
      expect([verdict, facts.find(({ question }) => question === 'status')?.code]).toEqual(['not-valid', code]);
    }
  });

  it('is outweighed by the chain, which may know of a revocation that no event tells', async () => {
    const isRevoked = (_: string, hash: string): Promise<boolean> => Promise.resolve(hash === good.leaf);
    const { verdict, facts } = await verify(good, { isRevoked });
    expect([verdict, facts.find(({ question }) => question === 'status')?.code]).toEqual([
      'not-valid',
      'status.revoked',
    ]);
  });
});

describe('a bundle with events', () => {
  it('keeps its bytes for ever: data, leaves, chain of leaves, proofs and roots', () => {
    const vector = readFileSync(new URL('../../test/vectors/proof/evidence-events.json', import.meta.url), 'utf8');
    expect(good).toEqual(JSON.parse(vector));
  });

  it.each([
    ['a proof of wrong case', change(1, { proof: ['0xAB'] })],
    ['an anchor that is none', change(1, { anchors: [{ ...eventAt(1), root: '' }] as never })],
  ])('is refused with %s', (_, bundle) => {
    expect(() => parseEvidenceBundle(bundle)).toThrow(BundleMalformed);
  });
});
