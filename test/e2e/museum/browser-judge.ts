import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildWeb } from '../../../scripts/web/build-web.js';
import type { Running } from '../../support/running-instance.js';
import type { Circumstances, Exhibit } from '../../vectors/museum/piece.js';
import { YEARS_AWRY } from './clocks.js';
import type { Collection } from './collection.js';
import { heapsOf } from './heaps.js';
import type { JudgeOf, Judgement } from './judges.js';

const CHROMIUM = '/usr/bin/chromium';
/** Machines that run other tests at the same time are slow. */
const PATIENCE = { timeout: 120_000 };

type FilePart = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** The public page in Chromium, as a stranger uses it: names his own nodes, and drops files by the heap. */
export class BrowserJudge implements JudgeOf {
  private readonly directory = mkdtempSync(join(tmpdir(), 'chopmark-museum-'));
  private serial = 0;
  private browser: Browser | undefined;
  private page: Page | undefined;
  private api: Running | undefined;

  constructor(private readonly collection: Collection) {}

  async open(): Promise<void> {
    const { collection, directory } = this;
    const [scripts, issuers] = [join(directory, 'web'), join(directory, 'issuers.json')];
    await buildWeb(scripts);
    writeFileSync(issuers, JSON.stringify(collection.house.parties));
    this.api = await collection.instance.startApi({
      ...{ WEB_DIRECTORY: scripts, PAGE_AUTHORITIES: collection.authorityFile, PAGE_ISSUERS: issuers },
    });
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    this.page = await this.browser.newPage();
    await this.page.goto(`${this.api.url}/verify?lang=en`);
    await this.page.locator('#node-urls').fill(collection.rpcUrls.join('\n'));
    await this.page.getByRole('button', { name: 'Save' }).click();
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.api?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async judge(pile: readonly Exhibit[], { clock = 'right' }: Circumstances): Promise<readonly Judgement[]> {
    const { page } = this;
    if (page === undefined) {
      throw new Error('The page is not open');
    }
    await page.clock.setFixedTime(Date.parse(new Date().toISOString()) + YEARS_AWRY[clock]);
    const judged = new Map<Exhibit, Judgement>();
    for (const heap of heapsOf(pile)) {
      const judgements = await judgeHeap(page, heap, (this.serial += 1));
      heap.forEach((exhibit, index) => judged.set(exhibit, judgements[index] ?? NOTHING));
    }
    return pile.map((exhibit) => judged.get(exhibit) ?? NOTHING);
  }
}

const NOTHING: Judgement = { verdict: 'refused', problem: 'nothing was said' };

/** What the page says of each, as its attributes tell programs; `serial` tells its files from those dropped before. */
async function judgeHeap(page: Page, heap: readonly Exhibit[], serial: number): Promise<readonly Judgement[]> {
  const names = heap.map(({ fileName }, index) => `${serial}-${index}-${fileName}`);
  await page
    .locator('#own-files')
    .setInputFiles(heap.flatMap((exhibit, index) => partsOf(exhibit, names[index] ?? '')));
  const rows = names.map((name) => page.locator(`.results [data-verdict][data-file="${name}"]`));
  await rows.at(-1)?.waitFor({ ...PATIENCE, state: 'attached' });
  return page.evaluate<Judgement[]>(`${JSON.stringify(names)}.map((name) => {
    const row = document.querySelector('.results [data-verdict][data-file="' + name + '"]');
    const facts = (row.matches('tr') ? row : row.closest('.block')).querySelectorAll('[data-code]');
    return {
      verdict: row.dataset.verdict,
      facts: [...facts].map(({ dataset }) => ({ code: dataset.code, outcome: dataset.outcome })),
    };
  })`);
}

/** With what comes beside it. */
function partsOf({ fileName, bytes, bundle, statusLists = [] }: Exhibit, name: string): FilePart[] {
  const json = 'application/json';
  const beside = bundle === undefined ? [] : [part('beside.json', json, JSON.stringify(bundle))];
  const lists = statusLists.map((token, at) => part(`list-${at}.jwt`, 'application/jwt', token));
  return [part(name, fileName.endsWith('.json') ? json : 'application/pdf', bytes), ...beside, ...lists];
}

function part(name: string, mimeType: string, content: Uint8Array | string): FilePart {
  return { name, mimeType, buffer: Buffer.from(content) };
}
