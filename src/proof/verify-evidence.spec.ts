import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INIT_CODE_HASH, ISSUER, PDF, STORE, evidenceOf, sha256 } from '../../test/oracles/document-factory.js';
import type { ChainReader } from './chain-reader.js';
import { parseEvidenceBundle } from './evidence-bundle.js';
import type { EvidenceBundle } from './evidence-bundle.js';
import { keccak256 } from './keccak.js';
import { redact } from './oa-document.js';
import { BundleMalformed } from './proof.errors.js';
import { fieldHash, targetHash } from './salted-digest.js';
import type { SaltedValue } from './salted-digest.js';
import { verdictOf } from './verdict.js';
import { verifyEvidence } from './verify-evidence.js';
import type { VerifyOptions } from './verify-evidence.js';

const others = [1, 2, 3].map((byte) => keccak256(Uint8Array.of(byte)));
const good = evidenceOf({ others });

/** A chain that says yes; a test says what is different. */
function chainWhere(differs: Partial<ChainReader> = {}): ChainReader {
  return {
    hasCode: () => Promise.resolve(true),
    isIssued: (store, root) => Promise.resolve(store === STORE && root === good.anchors[0]?.root),
    isRevoked: () => Promise.resolve(false),
    ...differs,
  };
}
const isDown = (): Promise<never> => Promise.reject(new Error('connect ECONNREFUSED'));

function optionsWith(differs: Partial<VerifyOptions> & { chain?: Partial<ChainReader> } = {}): VerifyOptions {
  const { chain, ...rest } = differs;
  return {
    sha256,
    documentInitCodeHash: INIT_CODE_HASH,
    chains: (chainId) => (chainId === 'eip155:1337' ? chainWhere(chain) : undefined),
    issuers: { issuerOf: (store) => Promise.resolve(store === STORE ? ISSUER : undefined) },
    ...rest,
  };
}

async function codesOf(bundle: EvidenceBundle, options = optionsWith()): Promise<string[]> {
  const { facts, verdict } = await verifyEvidence(bundle, options);
  return [verdict, ...facts.map(({ code }) => code)];
}

function withData(bundle: EvidenceBundle, change: (json: string) => string): EvidenceBundle {
  const data = JSON.parse(change(JSON.stringify(bundle.document.data))) as EvidenceBundle['document']['data'];
  return { ...bundle, document: { ...bundle.document, data } };
}
function withSignature(change: Partial<EvidenceBundle['document']['signature']>): EvidenceBundle {
  return { ...good, document: { ...good.document, signature: { ...good.document.signature, ...change } } };
}
function withAnchor(change: Partial<EvidenceBundle['anchors'][number]>): EvidenceBundle {
  return { ...good, anchors: good.anchors.map((anchor) => ({ ...anchor, ...change })) };
}

describe('the evidence of an anchored document', () => {
  it('holds in every question', async () => {
    expect(await codesOf(parseEvidenceBundle(JSON.parse(JSON.stringify(good))), optionsWith({ pdf: PDF }))).toEqual([
      'valid',
      'integrity.holds',
      'integrity.pdf-holds',
      'inclusion.holds',
      'anchor.holds',
      'status.holds',
      'issuer.holds',
    ]);
  });

  it('holds without the PDF at hand, and after fields were hidden', async () => {
    const hidden = { ...good, document: redact(redact(good.document, 'buyer.taxId'), 'lines.1') };
    const { facts, verdict } = await verifyEvidence(hidden, optionsWith());
    expect(verdict).toBe('valid');
    expect(facts[0]).toMatchObject({ code: 'integrity.holds', detail: { hiddenFields: '3' } });
    expect(facts[1]).toMatchObject({ outcome: 'not-applicable' });
  });
});

describe('tampering', () => {
  it.each([
    ['one character', withData(good, (json) => json.replace('622.64', '622.65')), 'integrity.changed'],
    [
      'a number for a text',
      withData(good, (json) => json.replace(/"[^"]+:string:752.64"/, '752.64')),
      'integrity.malformed',
    ],
    ['a store that is none', withData(good, (json) => json.replace(STORE, '0x12')), 'integrity.malformed'],
    ['another leaf', withSignature({ targetHash: 'ab'.repeat(32) }), 'integrity.changed'],
    ['another docId around it', { ...good, docId: `0x${'ab'.repeat(32)}` }, 'integrity.bundle-mismatch'],
    ['another address around it', { ...good, documentAddress: `eip155:1:${STORE}` }, 'integrity.bundle-mismatch'],
    ['another PDF around it', { ...good, pdf: { sha256: 'ab'.repeat(32) } }, 'integrity.bundle-mismatch'],
    [
      'a first event that is another',
      { ...good, events: [{ seq: 0, type: 'issued', at: '', leaf: null }] },
      'integrity.bundle-mismatch',
    ],
    [
      'a document address of other code',
      evidenceOf({ others, documentInitCodeHash: new Uint8Array(32) }),
      'integrity.address-mismatch',
    ],
    [
      'a proof without its docId',
      withSignature({ proof: good.document.signature.proof.slice(1) }),
      'inclusion.doc-id-not-paired',
    ],
    ['no proof at all', withSignature({ proof: [] }), 'inclusion.doc-id-not-paired'],
    ['another root', withSignature({ merkleRoot: 'ab'.repeat(32) }), 'inclusion.proof-broken'],
    ["an anchor's other root", withAnchor({ root: `0x${'ab'.repeat(32)}` }), 'inclusion.anchor-mismatch'],
    ['another place in the batch', withAnchor({ leafIndex: 4 }), 'inclusion.anchor-mismatch'],
    ['a batch of another size', withAnchor({ batchSize: 1000 }), 'inclusion.anchor-mismatch'],
    ["another issuer's anchor", withAnchor({ store: `0x${'ab'.repeat(20)}` }), 'issuer.store-mismatch'],
  ])('with %s is found', async (_, bundle, code) => {
    const [verdict, ...codes] = await codesOf(bundle);
    expect(verdict).toBe('not-valid');
    expect(codes).toContain(code);
  });

  it('with the PDF is found', async () => {
    const pdf = Uint8Array.from([...PDF, 0x0a]);
    expect(await codesOf(good, optionsWith({ pdf }))).toContain('integrity.pdf-changed');
  });

  it('with hidden fields of the envelope leaves the question open', async () => {
    const { pdf, ...data } = good.document.data;
    const document = { ...good.document, data, privacy: { obfuscatedData: hashesOfPdf(pdf) } };
    expect(await codesOf({ ...good, document })).toEqual(['cannot-tell', 'integrity.envelope-field-hidden']);
  });

  it('with a docId that is not of these fields is found, even when the leaf is right', async () => {
    const { document } = evidenceOf({ core: { kind: 'other' } });
    const { kind, ...rest } = document.data;
    const data = { ...rest, forged: kind ?? '' };
    const signature = { ...document.signature, targetHash: targetHash(data) };
    expect(await codesOf({ ...good, document: { ...document, data, signature } })).toContain(
      'integrity.doc-id-mismatch',
    );
  });
});

describe('the chain', () => {
  it('that cannot be asked is unknown, never a no', async () => {
    const chain = { hasCode: isDown, isIssued: isDown, isRevoked: isDown };
    const codes = await codesOf(good, optionsWith({ chain }));
    expect(codes[0]).toBe('cannot-tell');
    expect(codes).toEqual(expect.arrayContaining(['anchor.unreachable', 'status.unreachable']));
  });

  it('that the verifier does not know is unknown too', async () => {
    const codes = await codesOf(good, optionsWith({ chains: () => undefined }));
    expect(codes[0]).toBe('cannot-tell');
    expect(codes).toEqual(expect.arrayContaining(['anchor.chain-not-known', 'status.chain-not-known']));
  });

  it('without the store, or without the root in it, says no', async () => {
    const noStore = await codesOf(good, optionsWith({ chain: { hasCode: () => Promise.resolve(false) } }));
    expect([noStore[0], noStore]).toEqual([
      'not-valid',
      expect.arrayContaining(['anchor.no-store', 'status.no-store']),
    ]);
    const noRoot = await codesOf(good, optionsWith({ chain: { isIssued: () => Promise.resolve(false) } }));
    expect([noRoot[0], noRoot]).toEqual(['not-valid', expect.arrayContaining(['anchor.not-anchored'])]);
  });

  it('is enough when one of two holds the root', async () => {
    const [anchor] = good.anchors as [EvidenceBundle['anchors'][number]];
    const two = { ...good, anchors: [{ ...anchor, chainId: 'eip155:1' }, anchor] };
    expect(await codesOf(two)).toContain('anchor.holds');
  });

  it('has revoked the document when it has revoked its leaf, its docId, its root or a node between', async () => {
    const asked: string[] = [];
    const isRevoked = (_: string, hash: string): Promise<boolean> => Promise.resolve(asked.push(hash) < 0);
    await verifyEvidence(good, optionsWith({ chain: { isRevoked } }));
    expect(asked).toEqual(expect.arrayContaining([good.leaf, good.docId, good.anchors[0]?.root]));
    expect(asked).toHaveLength(5);
    for (const revoked of asked) {
      const chain = { isRevoked: (_: string, hash: string) => Promise.resolve(hash === revoked) };
      expect(await codesOf(good, optionsWith({ chain }))).toEqual(
        expect.arrayContaining(['not-valid', 'status.revoked']),
      );
    }
  });

  it('need not have the revocation yet when the bundle records it', async () => {
    const revoked = { seq: 1, type: 'revoked', at: '2026-04-01T00:00:00Z', leaf: null };
    const codes = await codesOf({ ...good, events: [...good.events, revoked] });
    expect([codes[0], codes]).toEqual(['not-valid', expect.arrayContaining(['status.revocation-recorded'])]);
  });
});

describe('a document that waits', () => {
  it('for its batch is pending, also before the store exists', async () => {
    const waiting = evidenceOf({ anchor: 'none' });
    expect(await codesOf(waiting)).toEqual([
      'pending',
      'integrity.holds',
      'integrity.pdf-not-given',
      'inclusion.pending',
      'anchor.pending',
      'status.holds',
      'issuer.holds',
    ]);
    const codes = await codesOf(waiting, optionsWith({ chain: { hasCode: () => Promise.resolve(false) } }));
    expect([codes[0], codes]).toEqual(['pending', expect.arrayContaining(['status.pending'])]);
  });

  it('for its transaction is pending, and valid as soon as the chain holds the root', async () => {
    const submitted = evidenceOf({ others, anchor: 'submitted' });
    expect((await codesOf(submitted, optionsWith({ chain: { isIssued: () => Promise.resolve(false) } })))[0]).toBe(
      'pending',
    );
    expect((await codesOf(submitted))[0]).toBe('valid');
  });
});

describe('the issuer', () => {
  it.each([
    ['not-checked', 'cannot-tell', undefined],
    ['unreachable', 'cannot-tell', isDown],
    ['unknown', 'not-valid', () => Promise.resolve(undefined)],
    ['name-mismatch', 'not-valid', () => Promise.resolve({ name: 'Somebody else' })],
    ['domain-mismatch', 'not-valid', () => Promise.resolve({ name: ISSUER.name, domain: 'else.example.com' })],
    ['holds', 'valid', () => Promise.resolve({ name: ISSUER.name })],
  ])('is %s', async (name, verdict, issuerOf) => {
    const options = { ...optionsWith() };
    delete (options as { issuers?: unknown }).issuers;
    const codes = await codesOf(good, issuerOf === undefined ? options : { ...options, issuers: { issuerOf } });
    expect([codes[0], codes.at(-1)]).toEqual([verdict, `issuer.${name}`]);
  });
});

describe('an evidence bundle', () => {
  it('keeps its bytes for ever: salts, envelope, docId, address, leaf, entry and root', () => {
    const vector = readFileSync(new URL('../../test/vectors/proof/evidence-bundle.json', import.meta.url), 'utf8');
    expect(good).toEqual(JSON.parse(vector));
  });

  it.each([
    ['null', null],
    ['of another version', { ...good, version: 'chopmark.evidence/2' }],
    ['without a document', { ...good, document: undefined }],
    ['with a short hash', { ...good, leaf: '0x12' }],
    ['with an unknown state', withAnchor({ state: 'lost' as 'final' })],
    ['with a proof of the wrong case', withSignature({ proof: ['AB'.repeat(32)] })],
  ])('%s is refused', (_, value) => {
    expect(() => parseEvidenceBundle(value)).toThrow(BundleMalformed);
  });
});

describe('a verdict', () => {
  it('of no facts says nothing', () => {
    expect(verdictOf([])).toBe('cannot-tell');
    expect(verdictOf([{ question: 'signature', outcome: 'not-applicable', code: 'signature.none' }])).toBe(
      'cannot-tell',
    );
  });
});

function hashesOfPdf(pdf: SaltedValue | undefined): string[] {
  return [fieldHash('pdf.sha256', (pdf as { sha256: string }).sha256)];
}
