import { describe, expect, it } from 'vitest';
import { SystemClock, toHex } from '../kernel/index.js';
import { documentAddress } from '../platform/chain/index.js';
import { DocumentSecret, RandomIdSource } from '../platform/vault/index.js';
import { documentEntry, targetHash } from '../proof/index.js';
import { sealCore, sealEnvelope } from './seal-content.js';

const store = '0x06B9a864dc8108B4BA3aCb49b5951A38587de07b';
const issuer = { name: '示例', domain: 'example.invalid', store };
const core = { kind: 'invoice.vat', number: '1', lines: [{ amount: '1.00' }, { amount: '2.00' }] };
const ids = new RandomIdSource(new SystemClock());

describe('sealCore', () => {
  it('gives the address that the store will deploy the document at', () => {
    const sealed = sealCore(core, DocumentSecret.generate(ids), store);
    expect(sealed.address).toBe(documentAddress(store, sealed.docId));
  });

  it('gives the same digest for the same secret whatever the order of the keys, and another for another secret', () => {
    const secret = DocumentSecret.generate(ids);
    const { kind, number, lines } = core;
    const digest = sealCore(core, secret, store).digest;
    expect(sealCore({ lines, number, kind }, secret, store).digest).toBe(digest);
    expect(sealCore(core, DocumentSecret.generate(ids), store).digest).not.toBe(digest);
  });

  it('refuses core data that uses a key of the envelope', () => {
    expect(() => sealCore({ ...core, docId: 'x' }, DocumentSecret.generate(ids), store)).toThrow();
  });
});

describe('sealEnvelope', () => {
  it('commits to core data and PDF with the digest that OpenAttestation recomputes', () => {
    const secret = DocumentSecret.generate(ids);
    const sealed = sealCore(core, secret, store);
    const envelope = sealEnvelope(sealed, new Uint8Array(32).fill(7), secret, { chainId: 31337, issuer });
    expect(targetHash(envelope.data)).toBe(toHex(envelope.leaf));
    expect(envelope.entry).toEqual(documentEntry(envelope.leaf, sealed.docId));
    const other = sealEnvelope(sealed, new Uint8Array(32).fill(8), secret, { chainId: 31337, issuer });
    expect(toHex(other.leaf)).not.toBe(toHex(envelope.leaf));
  });
});
