import { describe, expect, it } from 'vitest';
import { CORE, evidenceOf } from '../../test/oracles/document-factory.js';
import { ENVELOPE_FIELD_COUNT, ENVELOPE_PATHS, requireCoreKeys } from './envelope.js';
import { flatten } from './flatten.js';
import { redact, wrapDocument } from './oa-document.js';
import { CannotRedact, KeyNotAllowed } from './proof.errors.js';
import { targetHash, unsaltData } from './salted-digest.js';

const { document } = evidenceOf();
const digestOfShownAndHidden = (redacted: typeof document): string =>
  targetHash(redacted.data, redacted.privacy?.obfuscatedData);

describe('redaction', () => {
  it.each(flatten(CORE).map(([path]) => path))('of %s leaves the digest as it is', (path) => {
    const redacted = redact(document, path);
    expect(digestOfShownAndHidden(redacted)).toBe(document.signature.targetHash);
    expect(flatten(redacted.data, 'received').map(([kept]) => kept)).not.toContain(path);
    expect(redacted.privacy?.obfuscatedData).toHaveLength(1);
  });

  it.each(['seller', 'lines', 'lines.0', 'lines.1', 'lines.2', 'totals'])('of all of %s leaves it too', (path) => {
    const redacted = redact(document, path);
    expect(digestOfShownAndHidden(redacted)).toBe(document.signature.targetHash);
    expect(flatten(redacted.data, 'received').filter(([kept]) => `${kept}.`.startsWith(`${path}.`))).toEqual([]);
  });

  it('keeps the place of each line that stays', () => {
    const { lines } = unsaltData(redact(document, 'lines.1').data);
    expect(lines).toMatchObject({ 0: { itemName: '餐费' }, 2: { itemName: '包间费' } });
    expect(unsaltData(redact(document, 'lines.2').data).lines).toHaveLength(2);
  });

  it('can be done again and again, until one field is left', () => {
    const paths = ['kind', 'number', 'seller', 'buyer.name', 'buyer.taxId', 'lines.0.amount', 'lines'];
    const redacted = paths.reduce(redact, document);
    expect(digestOfShownAndHidden(redacted)).toBe(document.signature.targetHash);
    expect(() => redact(redacted, 'totals')).toThrow(CannotRedact);
  });

  it.each([
    'docId',
    'pdf.sha256',
    'issuers',
    'network.chainId',
    'documentAddress',
    'nothing',
    'seller.nothing',
    'number.x',
  ])('refuses %s, which is needed or not there', (path) => {
    expect(() => redact(document, path)).toThrow(CannotRedact);
  });
});

describe('the envelope', () => {
  it('adds a fixed number of fields', () => {
    expect(ENVELOPE_PATHS).toHaveLength(ENVELOPE_FIELD_COUNT);
  });

  it('keeps its keys for itself', () => {
    expect(() => {
      requireCoreKeys({ kind: 'x', pdf: 'y' });
    }).toThrow(KeyNotAllowed);
    expect(() => {
      requireCoreKeys(CORE);
    }).not.toThrow();
  });
});

describe('an OpenAttestation document', () => {
  it('writes hashes without 0x, whatever they come as', () => {
    const hash = `0x${'AB'.repeat(32)}`;
    const wrapped = wrapDocument({
      saltedData: document.data,
      targetHash: hash,
      proof: [new Uint8Array(32)],
      merkleRoot: hash,
    });
    expect(wrapped.signature).toEqual({
      type: 'SHA3MerkleProof',
      targetHash: 'ab'.repeat(32),
      proof: ['00'.repeat(32)],
      merkleRoot: 'ab'.repeat(32),
    });
    expect(() => wrapDocument({ saltedData: {}, targetHash: '0x12', proof: [], merkleRoot: hash })).toThrow(TypeError);
  });
});
