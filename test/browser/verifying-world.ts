import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { buildWeb, type BuiltWeb } from '../../scripts/web/build-web.js';
import { callerOf, TestInstance, type Running } from '../support/running-instance.js';
import type { ApiCaller } from '../support/api-caller.js';

export const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export type FilePart = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
export const pdf = (name: string, bytes: Uint8Array): FilePart => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(bytes),
});

type Finding = { readonly id: string; readonly impact: string; readonly nodes: readonly { readonly html: string }[] };

/** A page with all that it complained about: errors of scripts, and what its own policy refused. */
export type Opened = { readonly page: Page; readonly complaints: string[]; readonly requests: string[] };

/** A service with the scripts of its pages built, a browser, and documents to verify. */
export class VerifyingWorld {
  private constructor(
    private readonly service: { readonly instance: TestInstance; readonly api: Running; readonly caller: ApiCaller },
    readonly built: BuiltWeb,
    readonly directory: string,
    private readonly browser: Browser,
  ) {}

  get instance(): TestInstance {
    return this.service.instance;
  }

  get api(): Running {
    return this.service.api;
  }

  get caller(): ApiCaller {
    return this.service.caller;
  }

  static async make(): Promise<VerifyingWorld> {
    const directory = mkdtempSync(join(tmpdir(), 'chopmark-web-'));
    const built = await buildWeb(directory);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    const instance = await TestInstance.make({ WEB_DIRECTORY: directory, LOOK_UPS_PER_MINUTE: '6000' });
    const issuer = await instance.addIssuer();
    const api = await instance.startApi(pageSettings(instance));
    return new VerifyingWorld({ instance, api, caller: callerOf(api, issuer) }, built, directory, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.instance.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Another process of the service, whose pages know the issuers by name; answers where it is. */
  async servingListOfIssuers(): Promise<string> {
    const issuers = await this.instance.query(
      `select '0x' || encode(store_address, 'hex') as store, name, domain from issuers`,
    );
    const path = join(this.directory, 'issuers.list');
    writeFileSync(path, JSON.stringify(issuers));
    return (await this.instance.startApi({ ...pageSettings(this.instance), PAGE_ISSUERS: path })).url;
  }

  /** The file with its stamp, as a holder has it. */
  async stamped(id: string): Promise<Buffer> {
    return (await this.caller.file(id, 20, { revision: 'anchored' })).bytes;
  }

  context(width: number, height = 900): Promise<BrowserContext> {
    return this.browser.newContext({ viewport: { width, height }, locale: 'zh-CN', acceptDownloads: true });
  }

  async open(path: string, width = 1280): Promise<Opened> {
    const page = await (await this.context(width)).newPage();
    const [complaints, requests]: [string[], string[]] = [[], []];
    page.on('console', (message) => {
      if (message.type() !== 'log') {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(new URL(path, this.api.url).href);
    return { page, complaints, requests };
  }

  /** What axe holds to be serious or worse, as `rule: element`. It is put in from outside: the page's policy lets nothing in. */
  async barriers(page: Page): Promise<string[]> {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: AXE });
    const { result } = await session.send('Runtime.evaluate', {
      expression: `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations))`,
      awaitPromise: true,
      returnByValue: true,
    });
    const found = JSON.parse(String(result.value)) as Finding[];
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }

  /** Keeps a picture where `PICTURES` says, for people to look at. */
  async picture(page: Page, name: string): Promise<void> {
    const directory = process.env['PICTURES'];
    if (directory !== undefined) {
      mkdirSync(directory, { recursive: true });
      await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
    }
  }
}

function pageSettings({ environment }: TestInstance): Readonly<Record<string, string>> {
  return {
    PAGE_RPC_URLS: inject('chainRpcUrl'),
    PAGE_AUTHORITIES: join(environment['SIGNING_KEY_DIRECTORY'] ?? '', 'development-authority.crt'),
    PAGE_EXPLORERS: `eip155:${inject('chainId')}=https://explorer.example/tx/{tx}`,
  };
}

/** Puts files on the page and waits until it has looked at these: what it said of earlier ones stays while it reads. */
export async function put(page: Page, ...files: readonly FilePart[]): Promise<void> {
  await page.evaluate(
    `document.querySelectorAll('.results > *').forEach((one) => one.setAttribute('data-earlier', ''))`,
  );
  await page.locator('#own-files').setInputFiles([...files]);
  const said = page.locator('.results > :not([data-earlier])');
  await said.locator('.verdict-title').or(said.locator('#pile-title')).first().waitFor();
}

/** The headline that the browser came to. */
export function headline(page: Page): Promise<string | null> {
  return page.locator('.results .verdict').getAttribute('data-headline');
}
