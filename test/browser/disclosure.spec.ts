import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseEvidenceBundle, readDisclosureFragment, unsaltData } from '../../src/proof/index.js';
import type { Issued } from '../support/api-caller.js';
import { headline, pdf, put, VerifyingWorld } from './verifying-world.js';

const inflateAll = promisify<Uint8Array, object, Buffer>(inflate);

describe.skipIf(inject('missingPackages').includes('chromium'))('a part of a document that is handed on', () => {
  let world: VerifyingWorld;
  let issued: Issued;
  let stamped: Buffer;
  let link = '';
  let buyer = '';

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    await world.instance.startWorker();
    issued = await world.caller.issue();
    await world.instance.waitUntilAnchored('confirmed');
    stamped = await world.stamped(issued.id);
    const { content } = (await world.caller.get<{ content: { buyer: { name: string } } }>(`/v1/documents/${issued.id}`))
      .body;
    buyer = content.buyer.name;
  });
  afterAll(() => world.close());

  const tick = (page: Page, path: string): ReturnType<Page['locator']> =>
    page.locator(`.disclose input[data-path="${path}"]`);

  it('is made by whoever holds the file, in the browser, and sent to nobody', async () => {
    const { page, complaints, requests } = await world.open('/verify?lang=zh', 360);
    await put(page, pdf('发票.pdf', stamped));
    await page.locator('[data-service="valid"]').waitFor();
    await page.locator('.disclose summary').click();
    await page.getByRole('button', { name: '生成链接和文件' }).click();
    await page.getByRole('alert').filter({ hasText: '请至少取消勾选一项' }).waitFor();
    const asked = requests.length;
    await page.locator('.disclose legend').filter({ hasText: '购买方' }).locator('input').uncheck();
    await tick(page, 'lines.0.itemName').uncheck();
    expect(await tick(page, 'buyer.name').isChecked()).toBe(false);
    expect(await tick(page, 'kind').isDisabled()).toBe(true);
    await page.getByRole('button', { name: '生成链接和文件' }).click();
    expect(await page.getByText('仍出现在').count()).toBe(0);
    await tick(page, 'number').uncheck();
    await page.getByRole('button', { name: '生成链接和文件' }).click();
    await page.getByText('请注意，隐去的内容仍出现在：二维码内容').waitFor();
    await tick(page, 'qrText').uncheck();
    await page.getByRole('button', { name: '生成链接和文件' }).click();
    await page.getByText('已生成，隐去 5 项。').waitFor();
    link = (await page.locator('.disclose code').textContent()) ?? '';
    await world.picture(page, 'disclose-zh-360');
    expect(await world.barriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '保存为文件' }).click();
    const file = readFileSync(await (await downloading).path(), 'utf8');
    const evidence = parseEvidenceBundle(JSON.parse(file));
    expect(file).not.toContain(buyer);
    expect(unsaltData(evidence.document.data)).not.toHaveProperty('buyer');
    expect(evidence.document.privacy?.obfuscatedData.length).toBeGreaterThan(1);
    expect(link.startsWith(`${world.instance.settings.publicBaseUrl}/verify#d=`)).toBe(true);
    const carried = await readDisclosureFragment(new URL(link).hash, (bytes, limit) =>
      inflateAll(bytes, { maxOutputLength: limit }),
    );
    expect(carried).toEqual(evidence);
    expect([requests.length, complaints]).toEqual([asked, []]);
    await page.close();
  });

  it('is checked by whoever opens the link, and shows what is shown and how much is not', async () => {
    const { page, complaints } = await world.open(`/verify?lang=en${new URL(link).hash}`);
    await page.locator('.results .verdict').waitFor();
    expect(await page.locator('.facts [data-code="anchor.holds"], .facts [data-code="anchor.anchored"]').count()).toBe(
      1,
    );
    expect(await page.locator('.facts [data-outcome="fails"]').count()).toBe(0);
    const shown = page.locator('.fields');
    expect(await shown.locator('[data-path="seller.name"]').isVisible()).toBe(true);
    expect(await shown.locator('[data-path="buyer.name"], [data-path="lines.0.itemName"]').count()).toBe(0);
    const hidden = page.locator('.hidden-fields');
    expect(Number(await hidden.getAttribute('data-hidden'))).toBeGreaterThan(1);
    expect(await hidden.textContent()).toContain('Among them: Number, Buyer, Lines 1 · Item');
    await page.locator('[data-service="valid"]').waitFor();
    await world.picture(page, 'disclosed-en-1280');
    await page.setViewportSize({ width: 360, height: 800 });
    await world.picture(page, 'disclosed-en-360');
    expect(await world.barriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says that a value was changed in it', async () => {
    const { page } = await world.open('/verify?lang=en');
    const bundle = (await world.caller.get<object>(`/v1/documents/${issued.id}/evidence`)).body;
    const text = JSON.stringify(bundle).replace(`string:${buyer}`, 'string:Somebody else');
    await put(page, { name: 'changed.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    expect(await headline(page)).toBe('altered');
    await page.close();
  });

  it('says so when the link was cut off', async () => {
    const { page, complaints } = await world.open(`/verify?lang=en${new URL(link).hash.slice(0, -40)}`);
    await page.getByRole('alert').filter({ hasText: 'The link is damaged or not whole' }).waitFor();
    await page.evaluate(`location.hash = '#d=%E0%A4%A'`);
    await page.getByRole('alert').filter({ hasText: 'The link is damaged or not whole' }).waitFor();
    expect(await world.barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
