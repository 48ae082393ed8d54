import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { statusListId } from '../../src/proof/index.js';
import type { Issued } from '../support/api-caller.js';
import { isListedAsRevoked } from '../support/status-lists.js';
import { headline, pdf, put, VerifyingWorld, type Opened } from './verifying-world.js';

const NOBODY = 'http://127.0.0.1:9';

describe.skipIf(inject('missingPackages').includes('chromium'))('status lists that the page takes itself', () => {
  let world: VerifyingWorld;
  let issued: Issued;
  let stamped: Buffer;
  let other: Issued;
  let revoked: Buffer;

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    await world.instance.startWorker();
    issued = await world.caller.issue();
    other = await world.caller.issue();
    await world.instance.waitUntilAnchored('confirmed');
    stamped = await world.stamped(issued.id);
    revoked = await world.stamped(other.id);
    await world.caller.post(`/v1/documents/${other.id}/revocation`, { reason: 'fraud' });
    const { anchors } = (
      await world.caller.get<{ anchors: { store: string }[] }>(`/v1/documents/${issued.id}/evidence`)
    ).body;
    const list = statusListId({ store: anchors[0]?.store ?? '', purpose: 'revocation', number: 0 });
    await waitUntil(
      'the list is signed',
      async () => (await fetch(`${world.api.url}/v1/status-lists/${list}`)).status === 200,
      { timeoutMs: 60_000 },
    );
  });
  afterAll(() => world.close());

  async function open({ node, allow, lang = 'en' }: { node?: string; allow: boolean; lang?: string }): Promise<Opened> {
    const opened = await world.open(`/verify?lang=${lang}`, 360);
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
    const { body } = await world.caller.get<object>(`/v1/documents/${issued.id}/evidence`);
    const bundle = { name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(body)) };
    const { page, complaints } = await open({ allow: false });
    await put(page, bundle);
    expect(await headline(page)).toBe('issuer-unknown');
    await page.locator('#ask-lists').check();
    await page.locator('.verdict[data-headline="valid"]').waitFor();
    expect(await page.locator('.facts [data-code="issuer.holds"]').count()).toBe(1);
    expect(complaints).toEqual([]);
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
