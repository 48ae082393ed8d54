import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CORE, evidenceOf, INIT_CODE_HASH, ISSUER, sha256, withEvent } from '../../test/oracles/document-factory.js';
import { disclose } from './disclosure.js';
import { disclosureFragment, LONGEST_DISCLOSURE_FRAGMENT, readDisclosureFragment } from './disclosure-link.js';
import { parseEvidenceBundle } from './evidence-bundle.js';
import type { EvidenceBundle } from './evidence-bundle.js';
import { flatten } from './flatten.js';
import { redact } from './oa-document.js';
import { BundleMalformed, CannotDisclose, CannotRedact } from './proof.errors.js';
import { unsaltData } from './salted-digest.js';
import { verifyEvidence } from './verify-evidence.js';

const whole = withEvent(
  withEvent(evidenceOf(), { type: 'partially-red-lettered', payload: { amount: '-1.00', reason: '周样宁' } }),
  { type: 'delivered' },
);

/** A chain that holds whatever it is asked about. */
const everything = {
  hasCode: () => Promise.resolve(true),
  isIssued: () => Promise.resolve(true),
  isRevoked: () => Promise.resolve(false),
};

async function verdictOn(bundle: EvidenceBundle): Promise<string> {
  const { verdict } = await verifyEvidence(parseEvidenceBundle(JSON.parse(JSON.stringify(bundle))), {
    sha256,
    documentInitCodeHash: INIT_CODE_HASH,
    chains: () => everything,
    issuers: { issuerOf: () => Promise.resolve(ISSUER) },
  });
  return verdict;
}

function problemsWith(paths: readonly string[]): string[] {
  try {
    disclose(whole, paths);
    return [];
  } catch (error) {
    return error instanceof CannotDisclose
      ? error.fields.map(({ field, code }) => `${field} ${code}`)
      : [String(error)];
  }
}

describe('a disclosure', () => {
  it('holds neither the hidden values nor their salts, and verifies like the whole', async () => {
    const partial = disclose(whole, ['buyer', 'lines.1', 'lines.0.itemName']);

    const text = JSON.stringify(partial);
    const hiddenFields = flatten(whole.document.data, 'received').filter(([path]) =>
      /^(buyer|lines\.1|lines\.0\.itemName)/.test(path),
    );
    expect(hiddenFields).toHaveLength(5);
    for (const [, salted] of hiddenFields) {
      const [, salt = '', value = ''] = /^(.{36}):\w+:(.*)$/.exec(String(salted)) ?? [];
      expect(text).not.toContain(salt);
      expect(text).not.toContain(JSON.stringify(value).slice(1, -1));
    }
    expect(unsaltData(partial.document.data)).toMatchObject({ seller: CORE['seller'], totals: CORE['totals'] });
    expect(await verdictOn(whole)).toBe('valid');
    expect(await verdictOn(partial)).toBe('valid');
  });

  it('hides what was recorded with later events, and not that they happened', () => {
    const { events } = disclose(whole, ['buyer']);
    expect(JSON.stringify(events)).not.toContain('周样宁');
    expect(events.map(({ type, hidden = [] }) => `${type} ${hidden.length}`)).toEqual([
      'issued 0',
      'partially-red-lettered 2',
      'delivered 0',
    ]);
  });

  it('lists hashes in an order that tells nothing', () => {
    const { privacy } = disclose(whole, ['seller', 'buyer']).document;
    expect(privacy?.obfuscatedData).toEqual([...(privacy?.obfuscatedData ?? [])].sort());
  });

  it('can be narrowed down again, to the same as at once', () => {
    expect(disclose(disclose(whole, ['buyer.name']), ['lines'])).toEqual(disclose(whole, ['lines', 'buyer.name']));
    expect(disclose(whole, ['lines', 'lines.1', 'lines'])).toEqual(disclose(whole, ['lines']));
  });

  it.each([
    ['a value', (text: string) => text.replace('752.64', '152.64')],
    [
      'a hidden hash',
      (text: string) =>
        text.replace(
          /("obfuscatedData":\[")(.)/,
          (_, head: string, digit: string) => head + (digit === '0' ? '1' : '0'),
        ),
    ],
    [
      'a hidden hash of an event',
      (text: string) =>
        text.replace(/("hidden":\[")(.)/, (_, head: string, digit: string) => head + (digit === '0' ? '1' : '0')),
    ],
    ['the list of hidden hashes of an event', (text: string) => text.replace(/"hidden":\["\w+",/, '"hidden":[')],
  ])('does not hold when %s was altered', async (_what, alter) => {
    const text = JSON.stringify(disclose(whole, ['buyer']));
    expect(alter(text)).not.toBe(text);
    expect(await verdictOn(JSON.parse(alter(text)) as EvidenceBundle)).toBe('not-valid');
  });

  it('names every path that is not there or that nobody could do without, and hides nothing', () => {
    expect(problemsWith(['buyer', 'buyer.phone', 'issuers.0.name', 'kind', 'lines.3', 'line', ''])).toEqual([
      'hide[1] disclosure.path-unknown',
      'hide[2] disclosure.path-needed',
      'hide[3] disclosure.path-needed',
      'hide[4] disclosure.path-unknown',
      'hide[5] disclosure.path-unknown',
      'hide[6] disclosure.path-unknown',
    ]);
    expect(problemsWith([])).toEqual(['hide disclosure.nothing-hidden']);
    expect(() => disclose(evidenceOf({ core: { note: 'x' } }), ['note'])).toThrow(CannotRedact);
  });

  it('that hides the kind by other means does not pass a release off as harmless', async () => {
    const released = withEvent(evidenceOf(), { type: 'released' });
    const hidden = { ...released, document: redact(released.document, 'kind') };
    expect(await verdictOn(released)).toBe('valid');
    expect(await verdictOn(hidden)).toBe('cannot-tell');
  });
});

describe('the link of a disclosure', () => {
  const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes);
  const inflate = (bytes: Uint8Array, limit: number): Promise<Uint8Array> =>
    Promise.resolve(inflateSync(bytes, { maxOutputLength: limit }));

  it('carries the bundle in its fragment', async () => {
    const partial = disclose(whole, ['buyer']);
    const fragment = (await disclosureFragment(partial, deflate)) ?? '';
    expect(fragment).toMatch(/^d=[\w-]+$/);
    expect(await readDisclosureFragment(`#${fragment}`, inflate)).toEqual(JSON.parse(JSON.stringify(partial)));
  });

  it('is what browsers pack and unpack as well', async () => {
    const through = async (bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> =>
      new Uint8Array(await new Response(new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream)).arrayBuffer());
    const fragment = await disclosureFragment(whole, (bytes) => through(bytes, new CompressionStream('deflate')));
    expect(await readDisclosureFragment(fragment ?? '', inflate)).toEqual(whole);
    const ours = (await disclosureFragment(whole, deflate)) ?? '';
    expect(await readDisclosureFragment(ours, (bytes) => through(bytes, new DecompressionStream('deflate')))).toEqual(
      whole,
    );
  });

  it('is not made when it would be too long', async () => {
    const lines = Array.from({ length: 1500 }, (_, index) => ({ itemName: `item ${index}` }));
    expect(await disclosureFragment(evidenceOf({ core: { kind: 'x', lines } }), deflate)).toBeNull();
  });

  it.each([
    ['no evidence', 'd='],
    ['something else', 'section-2'],
    ['characters of no alphabet', 'd=ab+/'],
    ['bytes that do not unpack', 'd=AAAA'],
    ['too much', `d=${'A'.repeat(LONGEST_DISCLOSURE_FRAGMENT)}`],
    ['a bomb', `d=${deflateSync(Buffer.alloc(9_000_000, ' ')).toString('base64url')}`],
    ['JSON of another form', `d=${deflateSync('{"version":"other"}').toString('base64url')}`],
  ])('that carries %s is refused', async (_what, fragment) => {
    await expect(readDisclosureFragment(fragment, inflate)).rejects.toThrow(BundleMalformed);
  });

  it('that was cut off is refused', async () => {
    const fragment = (await disclosureFragment(whole, deflate)) ?? '';
    await expect(readDisclosureFragment(fragment.slice(0, -40), inflate)).rejects.toThrow(BundleMalformed);
  });
});
