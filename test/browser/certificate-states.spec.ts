import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { ApiCaller, Issued } from '../support/api-caller.js';
import { propertyRequest, sampleCertificates } from '../support/certificates.js';
import { callerOf } from '../support/running-instance.js';
import { headline, put, VerifyingWorld } from './verifying-world.js';

const LANGUAGES = ['zh', 'zh-TW', 'en'] as const;
const WIDTHS = [360, 1280] as const;

describe.skipIf(inject('missingPackages').includes('chromium'))('what people see of a certificate', () => {
  const request = propertyRequest();
  let world: VerifyingWorld;
  let office: ApiCaller;
  let earlier: Issued;
  let successor: Issued;
  let evidence: Buffer;

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    office = callerOf(world.api, await world.instance.addIssuer('loudi'));
    await world.instance.startWorker();
    earlier = (await office.post<Issued>('/v1/certificates', request)).body;
    await world.instance.waitUntilAnchored('confirmed');
    const transfer = sampleCertificates().find(({ act }) => act === 'transfer');
    const answer = await office.post<Issued>(`/v1/certificates/${earlier.id}/transfer`, transfer?.request);
    expect(answer.status).toBe(201);
    successor = answer.body;
    await world.instance.waitUntilAnchored('confirmed');
    evidence = Buffer.from(JSON.stringify((await office.get<object>(`/v1/documents/${earlier.id}/evidence`)).body));
  });
  afterAll(() => world.close());

  async function expectFit(page: Page, name: string): Promise<void> {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await world.picture(page, `${name}-${width}`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    expect(await world.barriers(page)).toEqual([]);
  }

  it.each(LANGUAGES)('that another superseded: its successor, no barrier, no overflow (%s)', async (lang) => {
    const { page, complaints } = await world.open(`/v/${earlier.documentAddress}?lang=${lang}`, WIDTHS[0]);
    expect(await page.locator('#service').getAttribute('data-verdict')).toBe('not-valid');
    expect(await page.locator('#service-details').textContent()).toContain(successor.number);
    expect(await page.locator('#service .out-of-force').count()).toBe(1);
    await expectFit(page, `state-superseded-${lang}`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(LANGUAGES)('whose evidence says that it was superseded: the same (%s)', async (lang) => {
    const { page, complaints } = await world.open(`/verify?lang=${lang}`, WIDTHS[0]);
    await put(page, { name: 'evidence.json', mimeType: 'application/json', buffer: evidence });
    expect(await headline(page)).toBe('superseded');
    await page.locator('[data-service="not-valid"]').waitFor();
    await expectFit(page, `state-superseded-file-${lang}`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(LANGUAGES)('unmasked for who knows the paper: no barrier, no overflow (%s)', async (lang) => {
    const { page, complaints } = await world.open(`/verify?lang=${lang}`, WIDTHS[0]);
    const form = page.locator('details.kind').filter({ has: page.locator('input[value="certificate.property"]') });
    await form.locator('summary').click();
    await form.locator('[name="part.number"]').fill(earlier.number);
    await form.locator('[name="fact.holder"]').fill(request.owners[0]?.name ?? '');
    await form.locator('[name="fact.unitNo"]').fill(request.unitNo);
    await form.locator('button').click();
    await page.locator('#service').waitFor();
    expect(await page.locator('#service-details').textContent()).toContain(request.situated);
    await expectFit(page, `state-unmasked-${lang}`);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
