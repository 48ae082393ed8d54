import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../src/kernel/index.js';
import { Settings } from '../../../src/platform/config/index.js';
import {
  CertificateRefused,
  openSigning,
  pem,
  SigningKeyMissing,
  SigningKeyUnusable,
} from '../../../src/platform/signing/index.js';
import { RandomIdSource } from '../../../src/platform/vault/index.js';
import { TestInstance, type TestIssuer } from '../../support/running-instance.js';
import { ecPair, fingerprintOf, testAuthority, testKey } from '../../support/signing.js';

let instance: TestInstance;
let issuer: TestIssuer;
let folder: string;

beforeAll(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  folder = mkdtempSync(join(tmpdir(), 'chopmark-certificates-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await instance.close();
});

const place = (name: string): string => join(folder, name);
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
const settingsWith = (others: Partial<Settings>): Settings => Object.assign(new Settings(), instance.settings, others);
/** As another process sees the keys that are there. */
const keysOf = (settings = instance.settings) =>
  openSigning(settings, new SystemClock(), new RandomIdSource(new SystemClock())).keys;

describe('the certificates of an issuer', () => {
  it('begin with one of the development authority, whose key only its owner can read', async () => {
    const key = await keysOf().forIssuer(issuer.id);
    const [registered] = await instance.atDesk((desk) => desk.listCertificates(issuer.id));
    expect(registered).toMatchObject({ fingerprint: fingerprintOf(key), algorithm: 'ES256', retiredAt: null });
    const file = join(instance.settings.signingKeyDirectory, `${issuer.id}.pem`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(instance.settings.signingKeyDirectory).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    writeFileSync(place('leaf.pem'), pem('CERTIFICATE', key.certificates[0] ?? new Uint8Array()));
    const root = join(instance.settings.signingKeyDirectory, 'development-authority.crt');
    expect(openssl('verify', '-x509_strict', '-CAfile', root, 'leaf.pem')).toContain('OK');
  });

  it('lie in files that openssl opens with the same passphrase, and nobody with another', async () => {
    const settings = settingsWith({ signingKeyDirectory: place('keys'), signingPassphrase: 'dichter nebel' });
    const key = await testKey(await testAuthority());
    const pair = ecPair();
    const own = await testKey(await testAuthority(), pair);
    await keysOf(settings).install(issuer.id, own.certificates, pair.privateKey);
    const file = join(place('keys'), `${issuer.id}.pem`);
    const opened = openssl('pkey', '-in', file, '-passin', 'pass:dichter nebel', '-pubout');
    expect(createPublicKey(opened).equals(pair.publicKey)).toBe(true);
    await expect(
      keysOf(settingsWith({ signingKeyDirectory: place('keys'), signingPassphrase: 'other' })).forIssuer(issuer.id),
    ).rejects.toThrow(SigningKeyUnusable);
    await expect(keysOf(settings).install(issuer.id, key.certificates)).rejects.toThrow(CertificateRefused);
  });

  it('are renewed with what an authority made of the request; those before are retired and stay registered', async () => {
    const before = await keysOf().forIssuer(issuer.id);
    const request = await instance.atDesk((desk) => desk.requestCertificate(issuer.id, 'RS256'));
    expect(fingerprintOf(await keysOf().forIssuer(issuer.id))).toBe(fingerprintOf(before));
    writeFileSync(place('request.csr'), request);
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=A real CA',
    );
    writeFileSync(
      place('extensions'),
      'keyUsage=critical,digitalSignature,nonRepudiation\nbasicConstraints=CA:FALSE\n',
    );
    openssl(
      ...['x509', '-req', '-in', 'request.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-extfile', 'extensions'],
      ...['-out', 'issued.pem', '-days', '30', '-set_serial', '77'],
    );
    const chain = `${readFileSync(place('issued.pem'), 'utf8')}${readFileSync(place('ca.pem'), 'utf8')}`;
    const installed = await instance.atDesk((desk) => desk.installCertificate(issuer.id, chain));
    const after = await keysOf().forIssuer(issuer.id);
    expect(after.algorithm).toBe('RS256');
    expect(fingerprintOf(after)).toBe(installed.fingerprint);
    const registered = await instance.atDesk((desk) => desk.listCertificates(issuer.id));
    expect(registered.map(({ fingerprint, retiredAt }) => [fingerprint, retiredAt === null])).toEqual([
      [installed.fingerprint, true],
      [fingerprintOf(before), false],
    ]);
  });

  it('are never those of a key that is not here', async () => {
    const stranger = await testKey(await testAuthority());
    const chain = pem('CERTIFICATE', stranger.certificates[0] ?? new Uint8Array());
    const installing = instance.atDesk((desk) => desk.installCertificate(issuer.id, chain));
    await expect(installing).rejects.toThrow(CertificateRefused);
    const registered = await instance.atDesk((desk) => desk.listCertificates(issuer.id));
    expect(registered.map(({ fingerprint }) => fingerprint)).not.toContain(fingerprintOf(stranger));
  });

  it('are missing with a sentence that says what to do, and used as soon as they are there', async () => {
    const settings = settingsWith({ signingKeyDirectory: place('later') });
    let now = new Date();
    const clock = { now: () => now };
    const { keys } = openSigning(settings, clock, new RandomIdSource(clock));
    const asking = keys.forIssuer(issuer.id);
    await expect(asking).rejects.toThrow(SigningKeyMissing);
    await expect(asking).rejects.toThrow(/make-certificate/);
    const pair = ecPair();
    const own = await testKey(await testAuthority(), pair);
    await keysOf(settings).install(issuer.id, own.certificates, pair.privateKey);
    now = new Date(now.getTime() + 3_000);
    expect(fingerprintOf(await keys.forIssuer(issuer.id))).toBe(fingerprintOf(own));
    now = new Date('2056-01-02');
    await expect(keys.forIssuer(issuer.id)).rejects.toThrow(/in force from 2026-01-01 to 2056-01-01 only/);
  });

  it('can be added and retired, and never altered or removed, by any of our processes', async () => {
    const asWorker = (sql: string) =>
      instance.query(`begin; set local role chopmark_worker; ${sql}; commit`).finally(() => instance.query('rollback'));
    await expect(asWorker('delete from issuer_certificates')).rejects.toThrow('permission denied');
    await expect(asWorker("update issuer_certificates set not_after = 'infinity'")).rejects.toThrow(
      'permission denied',
    );
  });
});
