import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf, type SigningKey } from '../../../src/platform/signing/index.js';
import { testAuthority, testKey, unsignedPdf } from '../../support/signing.js';

let key: SigningKey;

beforeAll(async () => {
  key = await testKey(await testAuthority());
});

describe('signPdf', () => {
  it('leaves a file that could not be signed as it was, to be tried again', async () => {
    const unsigned = unsignedPdf(key);
    const absent: SigningKey = { ...key, sign: () => Promise.reject(new Error('The token is not there')) };
    await expect(signPdf(unsigned, absent)).rejects.toThrow('not there');
    expect(unsigned).toEqual(unsignedPdf(key));
    expect(await signPdf(unsigned, key)).toEqual(await signPdf(unsignedPdf(key), key));
  });

  it('takes the bytes over, and does not sign them twice, not even at the same time', async () => {
    const unsigned = unsignedPdf(key);
    const [first, second] = await Promise.allSettled([signPdf(unsigned, key), signPdf(unsigned, key)]);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ status: 'rejected' });
    expect(Buffer.from(unsigned.bytes).equals(await signPdf(unsignedPdf(key), key))).toBe(true);
  });
});
