import { beforeAll, describe, expect, it } from 'vitest';
import { copyTools } from '../../test/support/copy-tools.js';
import { DocumentPile, type PileDocument } from '../../test/support/document-pile.js';
import { testAuthority, testKey, type TestAuthority } from '../../test/support/signing.js';
import { OFFLINE, type ChainReader } from './chain-reader.js';
import { examine, type ExaminationTools } from './examine.js';
import { issuersByDomain, listedIssuers, firstKnowing } from './issuer-directories.js';
import { redact } from './oa-document.js';

const ISSUER = {
  name: '深圳市听涛文化传播有限公司',
  domain: 'issuer.example.com',
  store: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  chainId: 1337,
};
const PLACE = {
  transactionHash: `0x${'11'.repeat(32)}`,
  blockNumber: 7,
  blockHash: `0x${'22'.repeat(32)}`,
  blockTime: '2026-03-05T02:31:00Z',
};

let authority: TestAuthority;
let document: PileDocument;
let other: PileDocument;
let tools: ExaminationTools;

beforeAll(async () => {
  authority = await testAuthority();
  const pile = await DocumentPile.of(3, { ...ISSUER, key: await testKey(authority) });
  const documents = pile.anchoredAt(PLACE);
  [document, other] = [documents[0], documents[1]] as [PileDocument, PileDocument];
  const chain: ChainReader = {
    hasCode: () => Promise.resolve(true),
    isIssued: (_, root) => Promise.resolve(root === pile.root),
    isRevoked: () => Promise.resolve(false),
    placeOf: () => Promise.resolve(PLACE),
  };
  tools = {
    ...copyTools,
    chains: (id) => (id === 'eip155:1337' ? chain : undefined),
    issuers: listedIssuers([ISSUER_ENTRY]),
  };
});

const ISSUER_ENTRY = { store: ISSUER.store, chainId: 'eip155:1337', name: ISSUER.name, domain: ISSUER.domain };
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

async function look(bytes: Uint8Array, differs: Partial<ExaminationTools> = {}, more = {}): Promise<string[]> {
  const { kind, verdict, facts } = await examine({ name: 'a', bytes, ...more }, { ...tools, ...differs });
  return [kind, verdict, ...facts.map(({ code }) => code)];
}

function withoutDirectory(): ExaminationTools {
  const { chains, sha256, inflate } = tools;
  return { chains, sha256, inflate };
}

const HOLDS = ['inclusion.holds', 'anchor.holds', 'status.holds', 'issuer.holds'];

describe('an exhibit', () => {
  it('that is an anchored copy is checked by itself, and says what it is', async () => {
    const found = await examine({ name: 'invoice.pdf', bytes: document.anchored }, tools);
    expect(found.facts.map(({ code }) => code)).toEqual([
      ...['integrity.holds', 'integrity.pdf-holds', 'integrity.append-holds', 'signature.intact'],
      ...['inclusion.holds', 'anchor.holds', 'anchor.stamp-holds', 'status.holds', 'issuer.holds'],
    ]);
    expect(found).toMatchObject({
      ...{ name: 'invoice.pdf', kind: 'anchored-copy', verdict: 'valid' },
      documentAddress: document.bundle.documentAddress,
      coreData: { number: '26322000000000000001', totals: { withTax: '660.00' } },
      issuer: { name: ISSUER.name, domain: ISSUER.domain, store: ISSUER.store },
    });
    expect(found.coreData).not.toHaveProperty('docId');
  });

  it('that is an issued PDF is checked with its evidence, and cannot be without', async () => {
    expect(await look(document.issued, {}, { bundle: document.bundle })).toEqual([
      ...['issued-pdf', 'valid', 'integrity.holds', 'integrity.pdf-holds', 'signature.intact', ...HOLDS],
    ]);
    expect(await look(document.issued)).toEqual([
      ...['issued-pdf', 'cannot-tell', 'integrity.not-an-anchored-copy', 'signature.certificate-not-asked'],
    ]);
    expect(await look(document.issued, {}, { bundle: other.bundle })).toContain('integrity.pdf-changed');
  });

  it('that is an evidence bundle, or an OpenAttestation document whole or with fields hidden, is checked', async () => {
    const expected = ['integrity.holds', 'integrity.pdf-not-given', 'signature.no-file', ...HOLDS];
    expect(await look(json(document.bundle))).toEqual(['bundle', 'valid', ...expected]);
    expect(await look(json(document.bundle.document))).toEqual(['oa-document', 'valid', ...expected]);
    const hidden = redact(document.bundle.document, 'buyer');
    expect(await look(json(hidden))).toEqual(['oa-document', 'valid', ...expected]);
    const { coreData } = await examine({ name: 'a', bytes: json(hidden) }, tools);
    expect(coreData).not.toHaveProperty('buyer');
  });

  it('that is pending is neither valid nor not', async () => {
    expect(await look(json(document.pending))).toContain('pending');
    expect(await look(document.issued, {}, { bundle: document.pending })).toContain('pending');
    expect(await look(json(document.pending.document))).toEqual(expect.arrayContaining(['pending', 'anchor.pending']));
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a text', json('hello')],
    ['JSON of no known form', json({ version: 'chopmark.evidence/1' })],
    ['JSON of a later version', json({ version: 'chopmark.evidence/9' })],
  ])('that is %s cannot be told', async (_, bytes) => {
    expect(await look(bytes)).toEqual(['unreadable', 'cannot-tell', 'integrity.not-a-document']);
  });

  it('that is a PDF of somebody else cannot be told', async () => {
    const foreign = new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
    expect(await look(foreign)).toEqual(['foreign-pdf', 'cannot-tell', 'integrity.foreign-pdf']);
  });

  it.each([0.1, 0.5, 0.7, 0.99])('that is %d of an issued PDF is said to be cut short', async (part) => {
    const beginning = document.issued.subarray(0, Math.floor(document.issued.length * part));
    expect(await look(beginning)).toEqual(['incomplete-pdf', 'cannot-tell', 'integrity.incomplete-pdf']);
    const beside = await look(beginning, {}, { bundle: document.bundle });
    expect(beside).toEqual(
      expect.arrayContaining(['incomplete-pdf', 'not-valid', 'integrity.pdf-changed', 'integrity.incomplete-pdf']),
    );
  });

  it('whose bytes are damaged anywhere is never valid, and never throws', async () => {
    const step = Math.floor(document.anchored.length / 40);
    for (let at = 0; at < document.anchored.length; at += step) {
      const damaged = document.anchored.map((byte, index) => (index === at ? byte ^ 0x20 : byte));
      expect((await look(damaged))[1]).not.toBe('valid');
      expect((await look(document.anchored.subarray(0, at)))[1]).not.toBe('valid');
    }
  });
});

describe('without a chain', () => {
  it('says of each question that it was not asked', async () => {
    expect(await look(document.anchored, { chains: OFFLINE })).toEqual(
      expect.arrayContaining(['cannot-tell', 'anchor.not-asked', 'anchor.stamp-not-asked', 'status.not-asked']),
    );
  });
});

describe('the issuer', () => {
  const record = (store: string, chain = 1337): string => `openatts net=ethereum netId=${chain} addr=${store}`;
  const byDomain = (...records: string[]): Partial<ExaminationTools> => ({
    issuers: firstKnowing(
      listedIssuers([]),
      issuersByDomain(() => Promise.resolve(records)),
    ),
  });
  const elsewhere = '0x52908400098527886E0F7030069857D2E4169EE7';

  it.each([
    ['names the store', [record(ISSUER.store), 'v=spf1 -all'], 'issuer.domain-holds', 'valid'],
    ['names another store', [record(elsewhere)], 'issuer.unknown', 'not-valid'],
    ['names the store on another chain', [record(ISSUER.store, 1)], 'issuer.domain-silent', 'cannot-tell'],
    ['says nothing', [], 'issuer.domain-silent', 'cannot-tell'],
  ])('whose domain %s', async (_, records, code, verdict) => {
    expect(await look(document.anchored, byDomain(...records))).toEqual(expect.arrayContaining([code, verdict]));
  });

  it('whose domain cannot be asked stays open', async () => {
    const issuers = issuersByDomain(() => Promise.reject(new Error('SERVFAIL')));
    expect(await look(document.anchored, { issuers })).toEqual(
      expect.arrayContaining(['issuer.unreachable', 'cannot-tell']),
    );
  });

  it('is told by a certificate of a trusted authority that names it', async () => {
    const others = withoutDirectory();
    const trusting = { ...others, trust: { authorities: [authority.certificate] } };
    const found = await examine({ name: 'a', bytes: document.anchored }, trusting);
    expect(found.verdict).toBe('valid');
    expect(found.facts.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['signature.holds', 'issuer.certificate-holds']),
    );
    const strangers = { ...others, trust: { authorities: [(await testAuthority('Other')).certificate] } };
    expect((await examine({ name: 'a', bytes: document.anchored }, strangers)).verdict).toBe('not-valid');
  });

  it('is not told by the certificate when a signed file was anchored again in another store', async () => {
    const others = withoutDirectory();
    const pile = await DocumentPile.of(1, { ...ISSUER, store: elsewhere, key: await testKey(authority) });
    const [stolen] = pile.anchoredAt(PLACE);
    const trusting = { ...others, chains: anyRoot, trust: { authorities: [authority.certificate] } };
    const own = stolen as PileDocument;
    expect((await examine({ name: 'a', bytes: own.issued, bundle: own.bundle }, trusting)).verdict).toBe('valid');
    // The evidence of the thief's store, around the file that the issuer signed for its own.
    const { facts, verdict } = await examine(
      { name: 'a', bytes: document.issued, bundle: await anew(elsewhere) },
      trusting,
    );
    expect(facts.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['integrity.pdf-holds', 'issuer.not-checked']),
    );
    expect(verdict).toBe('cannot-tell');
  });

  const anyRoot = (): ChainReader => ({
    hasCode: () => Promise.resolve(true),
    isIssued: () => Promise.resolve(true),
    isRevoked: () => Promise.resolve(false),
  });

  const anew = async (store: string): Promise<PileDocument['bundle']> => {
    const pile = DocumentPile.around(document.issued, { ...ISSUER, store, key: await testKey(authority) });
    return (pile.anchoredAt(PLACE)[0] as PileDocument).bundle;
  };
});
