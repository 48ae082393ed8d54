import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Issued } from '../support/api-caller.js';
import { headline, pdf, put, VerifyingWorld, type FilePart } from './verifying-world.js';

const NOBODY = 'http://127.0.0.1:9';
const LANGUAGES = ['zh', 'en'] as const;
const WIDTHS = [360, 1280] as const;

type State = { readonly headline: string; readonly files: () => readonly FilePart[]; readonly isOffline?: true };

describe.skipIf(inject('missingPackages').includes('chromium'))('what people see of each result', () => {
  let world: VerifyingWorld;
  let stamped: Buffer;
  let reversed: Issued;
  let evidence: Buffer;
  let reversedEvidence: Buffer;
  let waiting: Issued;
  let waitingFile: Buffer;

  const evidenceOf = async (id: string): Promise<Buffer> =>
    Buffer.from(JSON.stringify((await world.caller.get<object>(`/v1/documents/${id}/evidence`)).body));
  const json = (name: string, buffer: Buffer): FilePart => ({ name, mimeType: 'application/json', buffer });

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    const worker = await world.instance.startWorker();
    const issued = await world.caller.issue();
    reversed = await world.caller.issue();
    await world.instance.waitUntilAnchored('confirmed');
    const answer = await world.caller.post(`/v1/invoices/${reversed.id}/red-letters`, {
      drawer: '周样宁',
      reasonCode: '01',
    });
    expect(answer.status).toBe(201);
    await world.instance.waitUntilAnchored('confirmed');
    stamped = await world.stamped(issued.id);
    evidence = await evidenceOf(issued.id);
    reversedEvidence = await evidenceOf(reversed.id);
    await worker.stop();
    await world.instance.startWorker({ ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
    waiting = await world.caller.issue();
    await world.instance.waitUntilRendered();
    waitingFile = (await world.caller.file(waiting.id)).bytes;
  });
  afterAll(() => world.close());

  const states: readonly State[] = [
    { headline: 'foreign', files: () => [pdf('foreign.pdf', Buffer.from('%PDF-1.7\n%%EOF'))] },
    {
      headline: 'incomplete',
      files: () => [pdf('broken-off.pdf', stamped.subarray(0, Math.floor(stamped.length * 0.7)))],
    },
    { headline: 'chain-unasked', files: () => [pdf('mine.pdf', stamped)], isOffline: true },
    { headline: 'issuer-unknown', files: () => [json('evidence.json', evidence)] },
    { headline: 'red-lettered', files: () => [json('reversed.json', reversedEvidence)] },
    { headline: 'without-proof', files: () => [pdf('waiting.pdf', waitingFile)] },
  ];

  it.each(states)('$headline: no barrier, no overflow, in two languages and widths', async (state) => {
    for (const lang of LANGUAGES) {
      const { page, complaints } = await world.open(`/verify?lang=${lang}`, WIDTHS[0]);
      if (state.isOffline === true) {
        await page.locator('.nodes summary').click();
        await page.locator('#node-urls').fill(NOBODY);
        await page.locator('.nodes button').click();
      }
      await put(page, ...state.files());
      expect(await headline(page)).toBe(state.headline);
      const events = await page.locator('.history [data-event]').all();
      const happened = await Promise.all(events.map((event) => event.getAttribute('data-event')));
      expect(happened).toEqual(state.headline === 'red-lettered' ? ['issued', 'red-lettered'] : []);
      // Only where a list could tell something people are told of it.
      const hints = state.headline === 'chain-unasked' || state.headline === 'issuer-unknown' ? 1 : 0;
      expect(await page.locator('[data-lists="not-allowed"]').count()).toBe(hints);
      await page.locator('[data-service], .service-says p').first().waitFor();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await world.picture(page, `state-${state.headline}-${lang}-${width}`);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      expect(await world.barriers(page)).toEqual([]);
      expect(complaints.filter((text) => !text.includes(NOBODY) && !text.includes('ERR_'))).toEqual([]);
      await page.close();
    }
  });

  it('a document that waits: no barrier, no overflow', async () => {
    for (const lang of LANGUAGES) {
      const { page, complaints } = await world.open(`/v/${waiting.documentAddress}?lang=${lang}`, WIDTHS[0]);
      expect(await page.locator('#service').getAttribute('data-verdict')).toBe('pending');
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await world.picture(page, `state-pending-${lang}-${width}`);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      expect(await world.barriers(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });
});
