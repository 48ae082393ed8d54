import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { IssuerCertificates } from '../../../src/identity/index.js';
import { checkPdfSignature } from '../../../src/proof/index.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';
import { placesIn } from '../../support/signing.js';

let instance: TestInstance;
let issuer: TestIssuer;
let api: Running;
let folder: string;

beforeAll(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  api = await instance.startApi();
  folder = mkdtempSync(join(tmpdir(), 'chopmark-signed-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await instance.close();
});

const keyFile = (): string => join(instance.settings.signingKeyDirectory, `${issuer.id}.pem`);
const issue = async (): Promise<string> => (await callerOf(api, issuer).issue(undefined, randomUUID())).id;
async function download(id: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${issuer.apiKey}`, prefer: 'wait=30' };
  const answer = await fetch(`${api.url}/v1/documents/${id}/file`, { headers });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

describe('an issued document', () => {
  it('waits, uncounted, while its issuer has no key here, and is drawn when the key comes', async () => {
    renameSync(keyFile(), `${keyFile()}.away`);
    const worker = await instance.startWorker();
    const id = await issue();
    const ready = async (): Promise<{ status: string; signing: string }> =>
      (await fetch(`${worker.url}/health/ready`)).json() as Promise<{ status: string; signing: string }>;
    expect(await ready()).toMatchObject({ status: 'degraded', signing: 'failing' });
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toContain('chopmark_signing_issuers_without_key 1');
    const failures =
      'select render_failures + case when rendered_at is null then 0 else 100 end from documents where id = $1';
    expect(await instance.value(failures, [id])).toBe(0);
    renameSync(`${keyFile()}.away`, keyFile());
    await waitUntil('it is drawn', async () => (await instance.value(failures, [id])) === 100, { timeoutMs: 30_000 });
    expect(await ready()).toMatchObject({ signing: 'ok' });
    await worker.stop();
  });

  it('bears a signature that holds for our verifier with the registered certificate', async () => {
    const worker = await instance.startWorker();
    const file = await download(await issue());
    const certificates = await worker.app.get(IssuerCertificates, { strict: false }).of(issuer.id);
    const registered = certificates.map(({ fingerprint }) => fingerprint);
    expect(await checkPdfSignature(file, placesIn(file), { registered })).toMatchObject({ code: 'signature.holds' });
    await worker.stop();
  });

  it.skipIf(inject('missingPackages').includes('libnss3-tools'))('is valid for poppler, too', async () => {
    const worker = await instance.startWorker();
    const file = await download(await issue());
    await worker.stop();
    writeFileSync(join(folder, 'signed.pdf'), file);
    const database = ['-d', `sql:${folder}`];
    const root = join(instance.settings.signingKeyDirectory, 'development-authority.crt');
    execFileSync('certutil', ['-N', ...database, '--empty-password']);
    execFileSync('certutil', ['-A', ...database, '-n', 'root', '-t', 'CT,C,C', '-i', root]);
    const said = execFileSync('pdfsig', ['-nssdir', folder, join(folder, 'signed.pdf')], { encoding: 'utf8' });
    expect(said).toContain('Signature is Valid.');
    expect(said).toContain('Certificate is Trusted.');
    expect(said).toContain('Total document signed');
  });

  it('keeps its signature when the certificate is renewed', async () => {
    const worker = await instance.startWorker();
    const before = await download(await issue());
    await instance.atDesk((desk) => desk.makeCertificate(issuer.id, 'RS256'));
    await worker.stop();
    const renewed = await instance.startWorker();
    const after = await download(await issue());
    const certificates = await instance.atDesk((desk) => desk.listCertificates(issuer.id));
    const registered = certificates.map(({ fingerprint }) => fingerprint);
    for (const [file, algorithm] of [
      [before, 'ES256'],
      [after, 'RS256'],
    ] as const) {
      expect(await checkPdfSignature(file, placesIn(file), { registered })).toMatchObject({
        code: 'signature.holds',
        detail: { algorithm },
      });
    }
    await renewed.stop();
  });
});
