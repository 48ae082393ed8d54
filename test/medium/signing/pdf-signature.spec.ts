import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeCertificateRequest, pem, signPdf, type SigningKey } from '../../../src/platform/signing/index.js';
import {
  ecPair,
  placeIn,
  rsaPair,
  testAuthority,
  testKey,
  unsignedPdf,
  type TestAuthority,
} from '../../support/signing.js';

let folder: string;
let authority: TestAuthority;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chopmark-signing-'));
  authority = await testAuthority();
  writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', authority.certificate));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const place = (name: string): string => join(folder, name);
const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });

/** What OpenSSL says of a request; its exit code tells nothing. */
const verifiedRequest = (file: string): string =>
  spawnSync('openssl', ['req', '-verify', '-noout', '-in', file], { cwd: folder, encoding: 'utf8' }).stderr;

describe.each([
  ['ES256', ecPair],
  ['RS256', rsaPair],
])('a PDF signed with %s', (algorithm, pair) => {
  let key: SigningKey;
  let file: Uint8Array;

  beforeAll(async () => {
    key = await testKey(authority, pair());
    file = await signPdf(unsignedPdf(key), key);
    writeFileSync(place('signed.pdf'), file);
  });

  it('has the same bytes each time', async () => {
    expect(key.algorithm).toBe(algorithm);
    expect(await signPdf(unsignedPdf(key), key)).toEqual(file);
  });

  it('is sound CAdES for OpenSSL', () => {
    const { contentsAt, contentsEnd } = placeIn(file, unsignedPdf(key));
    const hex = Buffer.from(file.subarray(contentsAt + 1, contentsEnd - 1)).toString('latin1');
    writeFileSync(place('signature.der'), Buffer.from(hex, 'hex'));
    writeFileSync(place('content'), Buffer.concat([file.subarray(0, contentsAt), file.subarray(contentsEnd)]));
    const { stderr } = spawnSync(
      'openssl',
      [
        ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'signature.der', '-content', 'content'],
        ...['-CAfile', 'root.pem', '-purpose', 'any', '-out', 'verified'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(stderr).toContain('CAdES Verification successful');
  });

  it.skipIf(inject('missingPackages').includes('libnss3-tools'))(
    'is valid and trusted for poppler, which trusts the authority',
    () => {
      const trusting = mkdtempSync(join(folder, 'nss-'));
      const database = ['-d', `sql:${trusting}`];
      execFileSync('certutil', ['-N', ...database, '--empty-password'], { cwd: folder });
      execFileSync('certutil', ['-A', ...database, '-n', 'root', '-t', 'CT,C,C', '-i', 'root.pem'], { cwd: folder });
      const said = execFileSync('pdfsig', ['-nssdir', trusting, 'signed.pdf'], { cwd: folder, encoding: 'utf8' });
      expect(said).toContain('Signature Type: ETSI.CAdES.detached');
      expect(said).toContain('Signature Validation: Signature is Valid.');
      expect(said).toContain('Certificate Validation: Certificate is Trusted.');
      expect(said).toContain('Total document signed');
    },
  );

  it('comes with a certificate that OpenSSL finds in order, to the letter', () => {
    const [own = new Uint8Array()] = key.certificates;
    writeFileSync(place('leaf.pem'), pem('CERTIFICATE', own));
    expect(openssl('verify', '-x509_strict', '-CAfile', 'root.pem', 'leaf.pem')).toContain('leaf.pem: OK');
    const text = openssl('x509', '-in', 'leaf.pem', '-noout', '-text', '-nameopt', 'utf8');
    expect(text).toContain('Digital Signature, Non Repudiation');
    expect(text).toContain('organizationIdentifier=NTRCN-91440300MA5TESTX1Q');
  });
});

describe('a request for a certificate', () => {
  it('is one that OpenSSL accepts, signed by the key it asks for', async () => {
    const { publicKey } = ecPair();
    const subject = { commonName: '娄底市不动产登记中心', organisation: '娄底市不动产登记中心' };
    const { signer } = authority;
    const request = await makeCertificateRequest(signer, { subject, publicKey });
    writeFileSync(place('wrong.csr'), pem('CERTIFICATE REQUEST', request));
    expect(verifiedRequest('wrong.csr')).toContain('Certificate request self-signature verify failure');
    const rootKey = createPublicKey(pem('CERTIFICATE', authority.certificate));
    const right = await makeCertificateRequest(signer, { subject, publicKey: rootKey });
    writeFileSync(place('right.csr'), pem('CERTIFICATE REQUEST', right));
    expect(verifiedRequest('right.csr')).toContain('Certificate request self-signature verify OK');
  });
});
