import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SystemClock } from '../../../src/kernel/index.js';
import { Settings } from '../../../src/platform/config/index.js';
import {
  openSigning,
  signPdf,
  SigningDeviceFailed,
  SigningKeyMissing,
  SigningKeyUnusable,
  type Signing,
} from '../../../src/platform/signing/index.js';
import { RandomIdSource } from '../../../src/platform/vault/index.js';
import { checkPdfSignature } from '../../../src/proof/index.js';
import { fingerprintOf, placeIn, unsignedPdf } from '../../support/signing.js';

const MODULE = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/pkcs11/libsofthsm2.so'].find((file) => existsSync(file));
const ISSUER = '019a0000-0000-7000-8000-000000000001';
const SUBJECT = { commonName: '娄底市不动产登记中心' };
const PIN = '271828';

const clock = new SystemClock();
let folder: string;

/** As a process with these settings has it. */
function signing(others: Partial<Settings> = {}): Signing {
  const settings = Object.assign(new Settings(), {
    masterKey: '11'.repeat(32),
    signingKeys: 'pkcs11',
    signingKeyDirectory: join(folder, 'certificates'),
    signingPkcs11Module: MODULE ?? '',
    signingPkcs11Pin: PIN,
    ...others,
  });
  return openSigning(settings, clock, new RandomIdSource(clock));
}

/** What an operator does with the module's own tools. */
function makeKeyPair(type: string, id: string): void {
  execFileSync('pkcs11-tool', [
    ...['--module', MODULE ?? '', '--token-label', 'chopmark', '--pin', PIN, '--keypairgen'],
    ...['--key-type', type, '--label', ISSUER, '--id', id],
  ]);
}

describe.skipIf(inject('missingPackages').some((name) => ['softhsm2', 'opensc'].includes(name)))(
  'keys in a hardware module',
  () => {
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'chopmark-module-'));
      mkdirSync(join(folder, 'tokens'));
      const configuration = join(folder, 'softhsm2.conf');
      writeFileSync(configuration, `directories.tokendir = ${join(folder, 'tokens')}\nlog.level = ERROR\n`);
      process.env['SOFTHSM2_CONF'] = configuration;
      execFileSync('softhsm2-util', [
        '--init-token',
        '--free',
        '--label',
        'chopmark',
        '--pin',
        PIN,
        '--so-pin',
        '31415926',
      ]);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('come with plain words when the module, its token or the PIN is not the right one', async () => {
      const asking = (others: Partial<Settings>) => signing(others).keys.newKey(ISSUER, 'ES256');
      const missing = asking({ signingPkcs11Module: '/nowhere/module.so' });
      await expect(missing).rejects.toThrow(SigningDeviceFailed);
      await expect(missing).rejects.toThrow('/nowhere/module.so');
      await expect(asking({ signingPkcs11Token: 'another' })).rejects.toThrow('no token with the label "another"');
      const { keys } = signing({ signingPkcs11Pin: '000000' });
      await expect(keys.newKey(ISSUER, 'ES256')).rejects.toThrow('SIGNING_PKCS11_PIN');
      await expect(keys.newKey(ISSUER, 'ES256')).rejects.toThrow('not tried again');
    });

    it('are missing with a sentence that names the label to give them', async () => {
      await expect(signing().keys.forIssuer(ISSUER)).rejects.toThrow(SigningKeyMissing);
      const making = signing().keys.newKey(ISSUER, 'ES256');
      await expect(making).rejects.toThrow(SigningKeyUnusable);
      await expect(making).rejects.toThrow(new RegExp(`label ${ISSUER}`));
    });

    it.each([
      ['ES256', 'EC:prime256v1', '01'],
      ['RS256', 'rsa:2048', '02'],
    ] as const)('sign with %s what our verifier finds genuine', async (algorithm, type, id) => {
      makeKeyPair(type, id);
      const { keys, developmentAuthority } = signing();
      const { publicKey } = await keys.newKey(ISSUER, algorithm);
      await keys.install(ISSUER, await developmentAuthority.certify(SUBJECT, publicKey));
      const key = await signing().keys.forIssuer(ISSUER);
      expect(key.algorithm).toBe(algorithm);
      const unsigned = unsignedPdf(key);
      const files = await Promise.all(Array.from({ length: 32 }, () => signPdf(unsignedPdf(key), key)));
      const trust = { registered: [fingerprintOf(key)] };
      for (const file of files) {
        expect(await checkPdfSignature(file, placeIn(file, unsigned), trust)).toMatchObject({ outcome: 'holds' });
      }
    });

    it('are not replaced by a certificate of a key that is not in it', async () => {
      const elsewhere = signing({ signingKeys: 'file', signingKeyDirectory: join(folder, 'files') });
      const { publicKey } = await elsewhere.keys.newKey(ISSUER, 'ES256');
      const chain = await elsewhere.developmentAuthority.certify(SUBJECT, publicKey);
      await expect(signing().keys.install(ISSUER, chain)).rejects.toThrow(/belongs to no key pair/);
    });
  },
);
