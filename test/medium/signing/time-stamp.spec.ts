import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
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

const CONFIGURATION = `
[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
ess_cert_id_chain = no
[request]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
`;

const DIGITS = '0123456789abcdef';
const RSA_ENCRYPTION = '2a864886f70d010101';
const IN_TIME = { timeoutMs: 5_000 };

let folder: string;
let server: Server;
let url: string;
/** What the authority does with the next requests: answers, or misbehaves. */
let behave: (reply: Buffer) => { status: number; body: Buffer } | 'silence';
let asked = 0;
let key: SigningKey;
let unsigned: SignableFile;

const honest = (body: Buffer) => ({ status: 200, body });
const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
const authority = (place = IN_TIME): HttpTimestampAuthority =>
  new HttpTimestampAuthority({ url, ...place }, new RandomIdSource(new SystemClock()));

function answerTo(query: Buffer): Buffer {
  writeFileSync(join(folder, 'query.tsq'), query);
  openssl(
    ...['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-signer', 'tsa.pem', '-inkey', 'tsa.key'],
    ...['-chain', 'root.pem', '-out', 'answer.tsr'],
  );
  return readFileSync(join(folder, 'answer.tsr'));
}

describe.skipIf(inject('missingPackages').includes('openssl'))('a time stamp', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chopmark-tsa-'));
    writeFileSync(join(folder, 'tsa.cnf'), CONFIGURATION);
    writeFileSync(join(folder, 'serial'), '01\n');
    const config = ['-config', 'tsa.cnf', '-nodes', '-newkey', 'rsa:2048', '-days', '30'];
    openssl(
      'req',
      '-x509',
      ...config,
      '-extensions',
      'authority',
      '-subj',
      '/CN=Time Root',
      '-keyout',
      'root.key',
      '-out',
      'root.pem',
    );
    openssl('req', ...config.slice(0, 5), '-subj', '/CN=Time', '-keyout', 'tsa.key', '-out', 'tsa.csr');
    openssl(
      ...['x509', '-req', '-in', 'tsa.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '2', '-days', '30'],
      ...['-extfile', 'tsa.cnf', '-extensions', 'stamps', '-out', 'tsa.pem'],
    );
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked += 1;
        const outcome = behave(answerTo(Buffer.concat(chunks)));
        if (outcome !== 'silence') {
          response.writeHead(outcome.status, { 'content-type': 'application/timestamp-reply' }).end(outcome.body);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    key = await testKey(await testAuthority());
    unsigned = unsignedPdf(key, { isStamped: true });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes with the signature, says when, and is found genuine', async () => {
    behave = honest;
    const file = await signPdf(unsigned, key, { timestamp: authority() });
    const fact = await checkPdfSignature(file, placeIn(file, unsigned), { registered: [fingerprintOf(key)] });
    expect(fact).toMatchObject({ code: 'signature.holds' });
    expect(Math.abs(new Date(fact.detail?.['timestamp'] ?? '').getTime() - new Date().getTime())).toBeLessThan(60_000);
  });

  it('is one for poppler as well', async () => {
    behave = honest;
    writeFileSync(join(folder, 'stamped.pdf'), await signPdf(unsigned, key, { timestamp: authority() }));
    const said = execFileSync('pdfsig', ['-nocert', 'stamped.pdf'], { cwd: folder, encoding: 'utf8' });
    expect(said).toContain('Signature is Valid.');
  });

  it('makes the signature fail when one byte of it is another', async () => {
    behave = honest;
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
    behave = (body) => honest((first ??= body));
    await authority().stamp(Buffer.from('a signature'));
    const replayed = authority().stamp(Buffer.from('a signature'));
    await expect(replayed).rejects.toThrow(TimestampUnavailable);
    await expect(replayed).rejects.toThrow('another question');
    await expect(authority().stamp(Buffer.from('another signature'))).rejects.toThrow('not one over it');
  });

  it('is asked for three times, and missing for want of an answer: the document waits', async () => {
    asked = 0;
    behave = () => ({ status: 503, body: Buffer.alloc(0) });
    await expect(authority().stamp(Buffer.from('x'))).rejects.toThrow('it answered 503');
    expect(asked).toBe(3);
    behave = () => 'silence';
    await expect(authority({ timeoutMs: 200 }).stamp(Buffer.from('x'))).rejects.toThrow('it took too long');
    behave = () => honest(Buffer.from('30'.repeat(40), 'hex'));
    await expect(authority().stamp(Buffer.from('x'))).rejects.toThrow(TimestampUnavailable);
    asked = 0;
    behave = (body) => (asked < 3 ? { status: 500, body } : honest(body));
    await expect(authority().stamp(Buffer.from('x'))).resolves.toBeInstanceOf(Uint8Array);
  });
});
