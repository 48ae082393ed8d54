import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../../../dist/bench/pdf/serve.js';
import { qrPath } from './qr.mjs';

// One browser and one page for all documents: the template is loaded once, each document fills it in and prints.
const browser = await chromium.launch({
  executablePath: process.env.BENCH_CHROMIUM,
  chromiumSandbox: process.getuid?.() !== 0,
});
process.on('disconnect', () => void browser.close());
const page = await browser.newPage();
await page.goto(new URL('chromium.html', import.meta.url).href);
await page.addStyleTag({
  content: `@font-face{font-family:text;src:url(${pathToFileURL(process.env.BENCH_FONT).href})}`,
});
await page.evaluate(() => document.fonts.load('10px text'));

serve(async ({ sheet }) => {
  const codes = { tax: qrPath(sheet.qr.tax), verify: qrPath(sheet.qr.verify) };
  await page.evaluate(([values, paths]) => globalThis.fill(values, paths), [sheet, codes]);
  return page.pdf({ width: '210mm', height: '140mm', printBackground: true });
});
