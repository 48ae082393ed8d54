import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../kernel/index.js';
import { Settings } from '../config/index.js';
import { DocumentSecret, IssuerKeys, RandomIdSource, seal, SealBroken, unseal } from './index.js';

const ids = new RandomIdSource(new SystemClock());

describe('seal', () => {
  const key = ids.bytes(32);
  const sealed = seal(ids, key, Buffer.from('价税合计'), 'documents');

  it('opens with the same key in the same place', () => {
    expect(unseal(key, sealed, 'documents').toString()).toBe('价税合计');
  });

  it('refuses another key, another place, any changed byte and a stump', () => {
    expect(() => unseal(ids.bytes(32), sealed, 'documents')).toThrow(SealBroken);
    expect(() => unseal(key, sealed, 'elsewhere')).toThrow(SealBroken);
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = Buffer.from(sealed);
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(() => unseal(key, altered, 'documents')).toThrow(SealBroken);
    }
    expect(() => unseal(key, sealed.subarray(0, 20), 'documents')).toThrow(SealBroken);
  });

  it('never gives the same bytes twice', () => {
    expect(seal(ids, key, Buffer.from('x'), 'p').equals(seal(ids, key, Buffer.from('x'), 'p'))).toBe(false);
  });
});

describe('DocumentSecret', () => {
  it('derives the same salts each time, others for another label', () => {
    const secret = DocumentSecret.generate(ids);
    expect(secret.salts('core', 3)).toEqual(secret.salts('core', 3));
    expect(secret.salts('core', 3).subarray(0, 32)).toEqual(secret.salts('core', 2));
    expect(secret.salts('core', 3)).not.toEqual(secret.salts('envelope', 3));
  });

  it('is stored under the key of its issuer and bound to its document', () => {
    const settings = Object.assign(new Settings(), { masterKey: `0x${'ab'.repeat(32)}` });
    const keys = new IssuerKeys(settings, ids);
    const issuerKey = keys.unwrap('issuer-1', keys.generateWrapped('issuer-1'));
    const secret = DocumentSecret.generate(ids);
    const wrapped = secret.wrap(ids, issuerKey, 'document-1');
    const opened = DocumentSecret.unwrap(issuerKey, wrapped, 'document-1');
    expect(opened.salts('core', 1)).toEqual(secret.salts('core', 1));
    expect(() => DocumentSecret.unwrap(issuerKey, wrapped, 'document-2')).toThrow(SealBroken);
    expect(() => keys.unwrap('issuer-2', keys.generateWrapped('issuer-1'))).toThrow(SealBroken);
  });
});

describe('RandomIdSource', () => {
  it('makes version 7 UUIDs that sort by time and never repeat', () => {
    const made = Array.from({ length: 5_000 }, () => ids.uuid());
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
    const stamps = made.map((id) => id.slice(0, 13));
    expect([...stamps].sort()).toEqual(stamps);
  });
});
