import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { IssuerSigning } from '../../src/identity/index.js';
import { statusListId } from '../../src/proof/index.js';
import type { Issued } from '../support/api-caller.js';
import type { Running } from '../support/running-instance.js';
import { isListedAsRevoked, signedList } from '../support/status-lists.js';
import { headline, pdf, put, VerifyingWorld, type FilePart, type Opened } from './verifying-world.js';

/** A list of the one issuer in which nobody has ended, and which has run out already. */
async function staleList({ instance }: VerifyingWorld, { app }: Running): Promise<FilePart> {
  const [issuer] = await instance.query<{ id: string; store: string }>(
    `select id, '0x' || encode(store_address, 'hex') as store from issuers`,
  );
  const { id = '', store = '' } = issuer ?? {};
  const now = new Date().toISOString();
  const token = await signedList({
    ...{ store, key: await app.get(IssuerSigning, { strict: false }).keyOf(id) },
    change: (credential) => Object.assign(credential, { validFrom: now, validUntil: now }),
  });
  return { name: 'stale.jwt', mimeType: 'application/jwt', buffer: Buffer.from(token) };
}

type Visit = { readonly at?: string; readonly node?: string; readonly allow: boolean; readonly lang?: string };

const NOBODY = 'http://127.0.0.1:9';

describe.skipIf(inject('missingPackages').includes('chromium'))('status lists that the page takes itself', () => {
  let world: VerifyingWorld;
  let issued: Issued;
  let stamped: Buffer;
  let other: Issued;
  let revoked: Buffer;
  let data: FilePart;
  let stale: FilePart;

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    const worker = await world.instance.startWorker();
    issued = await world.caller.issue();
    other = await world.caller.issue();
    await world.instance.waitUntilAnchored('confirmed');
    stamped = await world.stamped(issued.id);
    revoked = await world.stamped(other.id);
    stale = await staleList(world, worker);
    await world.caller.post(`/v1/documents/${other.id}/revocation`, { reason: 'fraud' });
    const { body } = await world.caller.get<{ anchors: { store: string }[] }>(`/v1/documents/${issued.id}/evidence`);
    data = { name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(body)) };
    const list = statusListId({ store: body.anchors[0]?.store ?? '', purpose: 'revocation', number: 0 });
    await waitUntil(
      'the list is signed',
      async () => (await fetch(`${world.api.url}/v1/status-lists/${list}`)).status === 200,
      { timeoutMs: 60_000 },
    );
  });
  afterAll(() => world.close());

  async function open({ at = '', node, allow, lang = 'en' }: Visit): Promise<Opened> {
    const opened = await world.open(`${at}/verify?lang=${lang}`, 360);
    const { page } = opened;
    await page.locator('.nodes summary').click();
    if (node !== undefined) {
      await page.locator('#node-urls').fill(node);
      await page.locator('.nodes button').click();
    }
    await page.locator('#ask-lists').setChecked(allow);
    return opened;
  }

  it('are not asked for until the visitor allows it, and then tell how old they are', async () => {
    const { page, requests } = await open({ node: NOBODY, allow: false });
    await put(page, pdf('mine.pdf', stamped));
    expect(await page.locator('[data-lists]').getAttribute('data-lists')).toBe('not-allowed');
    expect(requests.filter((url) => url.includes('/v1/status-lists/'))).toEqual([]);
    await page.locator('#ask-lists').check();
    await page.locator('[data-lists="asked"]').waitFor();
    const status = page.locator('.facts [data-code="status.by-list"]');
    expect(await status.textContent()).toMatch(
      /Status as of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\+08:00\); believed until/,
    );
    expect(await headline(page)).toBe('chain-unasked');
    await world.picture(page, 'listed-en-360');
    expect(await world.barriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.reload();
    expect(await page.locator('#ask-lists').isChecked()).toBe(true);
    await page.close();
  });

  it('tell without a chain that a document was revoked', async () => {
    // Seen by the service first: the page keeps a list for the minute that it may be kept.
    await waitUntil('the list has it', () => isListedAsRevoked(world.api, world.caller, other.id), {
      timeoutMs: 60_000,
    });
    const { page } = await open({ node: NOBODY, allow: true, lang: 'zh' });
    await put(page, pdf('已撤销.pdf', revoked));
    expect(await headline(page)).toBe('revoked');
    expect(await page.locator('.facts .fails .listed').textContent()).toContain('清单时间');
    await page.close();
  });

  it('tell whose contract it is where nothing but the data is at hand', async () => {
    const { page, complaints } = await open({ allow: false });
    await put(page, data);
    expect(await headline(page)).toBe('issuer-unknown');
    await page.locator('#ask-lists').check();
    await page.locator('.verdict[data-headline="valid"]').waitFor();
    expect(await page.locator('.facts [data-code="issuer.holds"]').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('are asked for where the visitor has only one that has run out, which counts where they are not to be had', async () => {
    const { page } = await open({ at: await world.servingListOfIssuers(), node: NOBODY, allow: false });
    const told = (code: string): Promise<number> => page.locator(`.facts [data-code="${code}"]`).count();
    await put(page, data, stale);
    expect(await told('status.list-stale')).toBe(1);
    expect(await page.locator('[data-lists]').getAttribute('data-lists')).toBe('not-allowed');
    await page.locator('#ask-lists').check();
    await page.locator('[data-lists="asked"]').waitFor();
    expect(await told('status.by-list')).toBe(1);
    await page.route('**/v1/status-lists/**', (route) => route.abort());
    await put(page, data, stale);
    await page.locator('[data-lists="silent"]').waitFor();
    expect(await told('status.list-stale')).toBe(1);
    await page.close();
  });

  it('are missed aloud when the service does not answer', async () => {
    const { page } = await open({ node: NOBODY, allow: true });
    await page.route('**/v1/**', (route) => route.abort());
    await put(page, pdf('mine.pdf', stamped));
    await page.locator('[data-lists="silent"]').waitFor();
    expect(await page.locator('[data-lists]').textContent()).toContain('it is out of reach, or has none');
    expect(await headline(page)).toBe('chain-unasked');
    await page.close();
  });
});
