import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findCommand } from './embedded/commands.js';
import type { Instance } from './launch/instance.js';

/**
 * Makes the pictures of the README from the instance that runs here: an issued invoice (with poppler's `pdftoppm`) and
 * the top of its verification page (with Chromium). Both must be on PATH.
 */
const FOLDER = 'docs/images';
const PAGE = { width: 1_000, height: 1_500 };

type Issued = { readonly id: string; readonly documentAddress: string };

const { baseUrl, issuers } = JSON.parse(readFileSync('.chopmark/instance.json', 'utf8')) as Instance;
const [issuer] = issuers;
if (issuer === undefined) {
  throw new Error('The running instance has no issuer');
}
const headers = { authorization: `Bearer ${issuer.apiKey}` };
const { items } = (await (await fetch(`${baseUrl}/v1/documents?limit=500`, { headers })).json()) as { items: Issued[] };
const document = items.at(-1);
if (document === undefined) {
  throw new Error('The first issuer of the running instance has issued nothing');
}
mkdirSync(FOLDER, { recursive: true });
await pictureOfInvoice(document);
await pictureOfPage(document);

async function pictureOfInvoice({ id }: Issued): Promise<void> {
  const answer = await fetch(`${baseUrl}/v1/documents/${id}/file`, { headers: { ...headers, prefer: 'wait=30' } });
  const folder = mkdtempSync(join(tmpdir(), 'chopmark-pictures-'));
  const pdf = join(folder, 'invoice.pdf');
  writeFileSync(pdf, new Uint8Array(await answer.arrayBuffer()));
  execFileSync(required('pdftoppm'), ['-png', '-singlefile', '-r', '120', pdf, join(FOLDER, 'invoice')]);
  rmSync(folder, { recursive: true });
}

async function pictureOfPage({ documentAddress }: Issued): Promise<void> {
  const browser = await chromium.launch({
    executablePath: required('chromium', 'google-chrome'),
    // Chromium's sandbox does not run as root.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await browser.newPage({ viewport: PAGE, locale: 'zh-CN' });
    await page.goto(`${baseUrl}/v/${documentAddress}`);
    await page.screenshot({ path: join(FOLDER, 'verification.png') });
  } finally {
    await browser.close();
  }
}

function required(...names: readonly string[]): string {
  const command = findCommand(...names);
  if (command === null) {
    throw new Error(`${names.join(' or ')} is not on PATH`);
  }
  return command;
}
