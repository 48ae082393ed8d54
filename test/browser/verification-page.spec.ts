import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Issued } from '../support/api-caller.js';
import { callerOf, TestInstance, type Running } from '../support/running-instance.js';

const CHROMIUM = '/usr/bin/chromium';
const WIDTHS = [360, 768, 1280] as const;

describe.skipIf(inject('missingPackages').includes('chromium'))(
  'the public pages in a browser, without their script',
  () => {
    let instance: TestInstance;
    let api: Running;
    let issued: Issued;
    let browser: Browser;

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
      instance = await TestInstance.make();
      api = await instance.startApi();
      const caller = callerOf(api, await instance.addIssuer());
      await instance.startWorker();
      issued = await caller.issue();
      await instance.waitUntilAnchored();
    });
    afterAll(async () => {
      await browser.close();
      await instance.close();
    });

    const paths = (): string[] => [
      `/v/${issued.documentAddress}`,
      `/v/${issued.documentAddress}?lang=en`,
      '/v/0x5FbDB2315678afecb367f032d93F642f64180aa3?lang=zh',
      '/verify?lang=zh',
    ];

    /** A page at `path` together with what it complained about and what else it asked for. */
    async function open(
      path: string,
      width: number,
    ): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
      const page = await browser.newPage({ viewport: { width, height: 800 }, locale: 'zh-CN' });
      const [complaints, requests]: [string[], string[]] = [[], []];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(`${api.url}${path}`);
      return { page, complaints, requests };
    }

    it.each(WIDTHS)('fit a screen of %d pixels, styled, with nothing fetched and nothing refused', async (width) => {
      for (const path of paths()) {
        const { page, complaints, requests } = await open(path, width);
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        const background = await page.evaluate<string>(
          "getComputedStyle(document.querySelector('.top')).backgroundColor",
        );

        expect([path, overflow, background]).toEqual([path, 0, 'rgb(255, 255, 255)']);
        expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
        expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([`${api.url}${path}`]);
        await page.close();
      }
    });

    it('can be walked with the keyboard: first past the header, then through the form', async () => {
      const { page } = await open('/verify?lang=en', 1280);
      const focused = (): Promise<string> =>
        page.evaluate('document.activeElement.id || document.activeElement.className');
      const order = [];
      for (let step = 0; step < 8; step += 1) {
        await page.keyboard.press('Tab');
        order.push(await focused());
      }
      expect(order).toEqual(['skip', 'brand', 'lang', 'lang', 'file', '', 'address', '']);
      await page.close();
    });

    it('lead from a typed address to the verdict, and from there to the other language', async () => {
      const { page } = await open('/verify?lang=zh', 360);
      await page.getByLabel('文件地址', { exact: true }).fill(issued.documentAddress.toLowerCase());
      await page.getByRole('button', { name: '查询地址' }).click();
      await page.getByRole('heading', { level: 1, name: '验证通过', exact: true }).waitFor();

      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Verified', exact: true }).waitFor();
      await page.close();
    });

    it('take a PDF and answer about it', async () => {
      const { page } = await open('/verify?lang=en', 1280);
      const files = [{ name: 'foreign.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') }];
      await page.getByLabel('PDF files').setInputFiles(files);
      await page.getByRole('button', { name: 'Verify files' }).click();
      await page.getByRole('heading', { level: 1, name: 'Result for 1 file', exact: true }).waitFor();
      expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe('We cannot tell');
      await page.close();
    });
  },
);
