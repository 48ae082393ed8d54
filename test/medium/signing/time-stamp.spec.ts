import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { SystemClock } from '../../../src/kernel/index.js';
import {
  HttpTimestampAuthority,
  signPdf,
  TimestampUnavailable,
  type SigningKey,
} from '../../../src/platform/signing/index.js';
import { RandomIdSource } from '../../../src/platform/vault/index.js';
import { checkPdfSignature } from '../../../src/proof/index.js';
import {
  fingerprintOf,
  placeIn,
  testAuthority,
  testKey,
  unsignedPdf,
  type SignableFile,
} from '../../support/signing.js';
import { honest, TimeStampingServer } from '../../support/time-stamping.js';

const DIGITS = '0123456789abcdef';
const RSA_ENCRYPTION = '2a864886f70d010101';
const IN_TIME = { timeoutMs: 5_000 };

let server: TimeStampingServer;
let key: SigningKey;
let unsigned: SignableFile;

const authority = (place = IN_TIME): HttpTimestampAuthority =>
  new HttpTimestampAuthority({ url: server.url, ...place }, new RandomIdSource(new SystemClock()));

describe.skipIf(inject('missingPackages').includes('openssl'))('a time stamp', () => {
  beforeAll(async () => {
    server = await TimeStampingServer.start();
    key = await testKey(await testAuthority());
  });
  beforeEach(() => {
    unsigned = unsignedPdf(key, { isStamped: true });
    server.behave();
    server.asked = 0;
  });
  afterAll(() => {
    server.stop();
  });

  it('goes with the signature, says when, and is found genuine', async () => {
    const file = await signPdf(unsigned, key, { timestamp: authority() });
    const fact = await checkPdfSignature(file, placeIn(file, unsigned), { registered: [fingerprintOf(key)] });
    expect(fact).toMatchObject({ code: 'signature.holds' });
    expect(Math.abs(new Date(fact.detail?.['timestamp'] ?? '').getTime() - new Date().getTime())).toBeLessThan(60_000);
  });

  it('is one for poppler as well', async () => {
    writeFileSync(join(server.folder, 'stamped.pdf'), await signPdf(unsigned, key, { timestamp: authority() }));
    const said = execFileSync('pdfsig', ['-nocert', 'stamped.pdf'], { cwd: server.folder, encoding: 'utf8' });
    expect(said).toContain('Signature is Valid.');
  });

  it('makes the signature fail when one byte of it is another', async () => {
    const file = Buffer.from(await signPdf(unsigned, key, { timestamp: authority() }));
    const place = placeIn(file, unsigned);
    const trust = { registered: [fingerprintOf(key)] };
    const used = Buffer.from(file.subarray(place.contentsAt + 1, place.contentsEnd - 1))
      .toString()
      .replace(/(00)+$/, '').length;
    // rsaEncryption and sha256WithRSAEncryption, which differ in one digit, say the same there.
    const twoWays = file.lastIndexOf(RSA_ENCRYPTION, place.contentsEnd) + RSA_ENCRYPTION.length - 1;
    for (let at = place.contentsAt + 1; at <= place.contentsAt + used; at += at + 1 === twoWays ? 2 : 1) {
      const was = file[at] ?? 0;
      file[at] = DIGITS.charCodeAt((DIGITS.indexOf(String.fromCharCode(was)) + 1 + (at % 15)) % 16);
      expect({ at, outcome: (await checkPdfSignature(file, place, trust)).outcome }).toEqual({ at, outcome: 'fails' });
      file[at] = was;
    }
  }, 120_000);

  it('is not taken when it is over something else, or answers an earlier question', async () => {
    let first: Buffer | undefined;
    server.behave((body) => honest((first ??= body)));
    await authority().stamp(Buffer.from('a signature'));
    const replayed = authority().stamp(Buffer.from('a signature'));
    await expect(replayed).rejects.toThrow(TimestampUnavailable);
    await expect(replayed).rejects.toThrow('another question');
    await expect(authority().stamp(Buffer.from('another signature'))).rejects.toThrow('not one over it');
  });

  it('is asked for three times, and missing for want of an answer: the document waits', async () => {
    server.behave(() => ({ status: 503, body: Buffer.alloc(0) }));
    await expect(authority().stamp(Buffer.from('x'))).rejects.toThrow('it answered 503');
    expect(server.asked).toBe(3);
    server.behave(() => null);
    await expect(authority({ timeoutMs: 200 }).stamp(Buffer.from('x'))).rejects.toThrow('it took too long');
    server.behave(() => honest(Buffer.from('30'.repeat(40), 'hex')));
    await expect(authority().stamp(Buffer.from('x'))).rejects.toThrow(TimestampUnavailable);
    server.asked = 0;
    server.behave((body) => (server.asked < 3 ? { status: 500, body } : honest(body)));
    await expect(authority().stamp(Buffer.from('x'))).resolves.toBeInstanceOf(Uint8Array);
  });
});
