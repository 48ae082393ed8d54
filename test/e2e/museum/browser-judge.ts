import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import type { Circumstances, Exhibit } from '../../vectors/museum/piece.js';
import type { BrowserTask } from './browser-entry.js';
import { YEARS_AWRY } from './clocks.js';
import type { Collection } from './collection.js';
import { certificatesIn } from './command-judge.js';
import type { JudgeOf, Judgement } from './judges.js';

const CHROMIUM = '/usr/bin/chromium';
/** Only on pages that came from a trustworthy place do browsers lend their cryptography: 127.0.0.1 is one. */
const PAGE = '<!DOCTYPE html><meta charset="utf-8"><title>museum</title><script type="module" src="/core.js"></script>';

/** Chromium: the core that pages run, bundled for browsers, with the browser's own cryptography, streams and network. */
export class BrowserJudge implements JudgeOf {
  private browser: Browser | undefined;
  private page: Page | undefined;
  private server: Server | undefined;

  constructor(private readonly collection: Collection) {}

  async open(): Promise<void> {
    const script = await bundled();
    const server = createServer(({ url }, answer) => {
      const isScript = url === '/core.js';
      answer.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
      answer.end(isScript ? script : PAGE);
    });
    this.server = server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    this.page = await this.browser.newPage();
    await this.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await this.page.waitForFunction('typeof examineHere === "function"');
  }

  async close(): Promise<void> {
    await this.browser?.close();
    this.server?.closeAllConnections();
    this.server?.close();
  }

  async judge(pile: readonly Exhibit[], { clock = 'right' }: Circumstances): Promise<readonly Judgement[]> {
    await this.page?.clock.setFixedTime(Date.parse(new Date().toISOString()) + YEARS_AWRY[clock]);
    const authorities = certificatesIn(this.collection.authorityFile);
    const judgements: Judgement[] = [];
    for (const { fileName, bytes, bundle, statusLists = [] } of pile) {
      const task: BrowserTask = {
        ...{ fileName, bytes: Buffer.from(bytes).toString('base64'), bundle: bundle ?? null, statusLists, authorities },
        ...{ rpcUrls: this.collection.rpcUrls, issuers: this.collection.house.parties },
      };
      const said = await this.page?.evaluate<string>(`examineHere(${JSON.stringify(task)})`);
      judgements.push(JSON.parse(said ?? '') as Judgement);
    }
    return judgements;
  }
}

async function bundled(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'chopmark-museum-'));
  try {
    await build({
      configFile: false,
      logLevel: 'warn',
      build: {
        ...{ outDir, emptyOutDir: false, minify: false, target: 'es2022' },
        rolldownOptions: {
          input: { core: resolve('test', 'e2e', 'museum', 'browser-entry.ts') },
          output: { format: 'es', entryFileNames: '[name].js' },
        },
      },
    });
    return readFileSync(join(outDir, 'core.js'), 'utf8');
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
