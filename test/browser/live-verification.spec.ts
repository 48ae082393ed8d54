import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import type { ApiCaller, Issued } from '../support/api-caller.js';
import { propertyRequest } from '../support/certificates.js';
import { callerOf } from '../support/running-instance.js';
import { headline, pdf, put, VerifyingWorld } from './verifying-world.js';

describe.skipIf(inject('missingPackages').includes('chromium'))('a page whose document changes', () => {
  let world: VerifyingWorld;
  let office: ApiCaller;

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    office = callerOf(world.api, await world.instance.addIssuer('loudi'));
  });
  afterAll(() => world.close());

  /** Draws what was issued, and leaves it waiting for the chain. */
  async function draw(): Promise<void> {
    const drawer = await world.instance.startWorker({ ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
    await world.instance.waitUntilRendered();
    await drawer.stop();
  }

  it('follows it from waiting to valid without being loaded again', async () => {
    const issued = await world.caller.issue();
    const opened = await world.open(`/v/${issued.documentAddress}?lang=zh`, 360);
    const { page } = opened;
    expect(await page.locator('h1').textContent()).toBe('等待上链');
    await world.picture(page, 'pending-zh-360');
    const loads = opened.requests.filter((url) => url.includes('/assets/')).length;
    const worker = await world.instance.startWorker();
    await page.locator('h1', { hasText: '验证通过' }).waitFor({ timeout: 120_000 });
    expect(opened.requests.filter((url) => url.includes('/assets/'))).toHaveLength(loads);
    expect(await page.title()).toContain('验证通过');
    await world.picture(page, 'arrived-zh-360');
    expect(await world.barriers(page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
    await page.close();
    await worker.stop();
  });

  it('follows the service about a file that bears no stamp yet', async () => {
    const issued = await world.caller.issue();
    await draw();
    const { bytes } = await world.caller.file(issued.id);
    const { page, complaints } = await world.open('/verify?lang=en');
    await put(page, pdf('new.pdf', bytes));
    expect(await headline(page)).toBe('without-proof');
    await page.locator('[data-service="pending"]').waitFor();
    expect(await page.locator('[data-service="pending"]').textContent()).toContain('Expected on the blockchain');
    await world.picture(page, 'pending-file-en-1280');
    const worker = await world.instance.startWorker();
    await page.locator('[data-service="valid"]').waitFor({ timeout: 120_000 });
    expect(complaints).toEqual([]);
    await page.close();
    await worker.stop();
  });

  it('says that a genuine file was revoked', async () => {
    const worker = await world.instance.startWorker();
    const issued = await world.caller.issue();
    await world.instance.waitUntilAnchored('confirmed');
    const stamped = await world.stamped(issued.id);
    await world.caller.post(`/v1/documents/${issued.id}/revocation`, { reason: 'fraud' });
    const { page, complaints } = await world.open('/verify?lang=zh');
    await waitUntil(
      'the chain has it',
      async () => {
        await put(page, pdf('已撤销.pdf', stamped));
        return (await headline(page)) === 'revoked';
      },
      { timeoutMs: 60_000 },
    );
    await page.locator('[data-service="not-valid"]').waitFor();
    await world.picture(page, 'revoked-zh-1280');
    expect(await world.barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
    await worker.stop();
  });

  it('draws the parcel of a certificate out of the file itself', async () => {
    const worker = await world.instance.startWorker();
    const certificate = (await office.post<Issued>('/v1/certificates', propertyRequest())).body;
    await world.instance.waitUntilAnchored('confirmed');
    const { bytes } = await office.file(certificate.id, 20, { revision: 'anchored' });
    const { page, complaints, requests } = await world.open('/verify?lang=zh-TW', 360);
    await put(page, pdf('證書.pdf', bytes));
    expect(await headline(page)).toBe('valid');
    expect(await page.getByRole('img', { name: '宗地位置' }).locator('polygon').count()).toBe(1);
    await world.picture(page, 'certificate-tw-360');
    expect(await world.barriers(page)).toEqual([]);
    const strangers = requests.filter(
      (url) => ![world.api.url, inject('chainRpcUrl'), 'data:'].some((known) => url.startsWith(known)),
    );
    expect([strangers, complaints]).toEqual([[], []]);
    await page.close();
    await worker.stop();
  });
});
