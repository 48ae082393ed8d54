import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Issued } from '../../support/api-caller.js';
import { callerOf, TestInstance } from '../../support/running-instance.js';
import { Verifier } from './verifier.js';

let instance: TestInstance;
let verifier: Verifier;
let issued: Issued;
let pdf: Buffer;

beforeAll(async () => {
  instance = await TestInstance.make();
  const api = await instance.startApi();
  const caller = callerOf(api, await instance.addIssuer());
  verifier = new Verifier(api.url);
  await instance.startWorker();
  issued = await caller.issue();
  await instance.waitUntilAnchored();
  pdf = (await caller.file(issued.id)).bytes;
});
afterAll(() => instance.close());

describe('the page of a document', () => {
  it('tells a visitor without account the verdict, the facts and where the chain holds it', async () => {
    const page = await verifier.page(`/v/${issued.documentAddress}`);
    const text = await page.text();

    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const expected of [
      '验证通过',
      issued.number,
      issued.documentAddress,
      '没有向税务等任何国家平台查询',
      'SAMPLE',
    ]) {
      expect(text).toContain(expected);
    }
    expect(text).not.toContain('http-equiv="refresh"');
  });

  it('may load nothing, run nothing, be framed by nobody and be kept nowhere', async () => {
    const { headers } = await verifier.page(`/v/${issued.documentAddress}`);
    const policy = headers.get('content-security-policy') ?? '';

    for (const rule of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe|script-src|https?:/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('speaks English when asked, or when the browser knows no Chinese', async () => {
    const path = `/v/${issued.documentAddress}`;
    expect(await (await verifier.page(`${path}?lang=en`, { 'accept-language': 'zh' })).text()).toContain('Verified');
    expect(await (await verifier.page(path, { 'accept-language': 'en-GB,en' })).text()).toContain('lang="en"');
    expect(await (await verifier.page(`${path}?lang=zh`, { 'accept-language': 'en' })).text()).toContain('验证通过');
  });

  it.each([
    ['/v/0x5FbDB2315678afecb367f032d93F642f64180aa3', 404, '这里没有这份文件'],
    ['/v/0x5fbDB2315678afecb367f032d93F642f64180aa3', 400, '有字符抄错了'],
    ['/v/<script>alert(1)<%2Fscript>', 400, '这不是文件地址'],
  ])('explains %s with %d', async (path, status, text) => {
    const page = await verifier.page(path);
    const body = await page.text();
    expect(page.status).toBe(status);
    expect(body).toContain(text);
    expect(body).not.toContain('<script');
  });
});

describe('the form', () => {
  it('is where the root leads', async () => {
    const { status, headers } = await verifier.page('/');
    expect([status, headers.get('location')]).toEqual([303, '/verify']);
    expect((await verifier.page('/verify')).status).toBe(200);
  });

  it('takes an address to the page of the document', async () => {
    const address = encodeURIComponent(issued.documentAddress.toLowerCase());
    const { status, headers } = await verifier.page(`/verify?lang=en&address=${address}`);
    expect([status, headers.get('location')]).toEqual([303, `/v/${issued.documentAddress}?lang=en`]);
  });

  it('keeps a mistyped address and says what is wrong with it', async () => {
    const page = await verifier.page('/verify?address=0x12');
    expect(page.status).toBe(400);
    expect(await page.text()).toMatch(/这不是文件地址[\s\S]*value="0x12"/);
  });

  it('answers files with a page', async () => {
    const files = [
      { name: 'mine.pdf', bytes: pdf },
      { name: '<b>.txt', bytes: Buffer.from('text') },
    ];
    const page = await verifier.sendForm('/verify?lang=en', files);
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toMatch(/mine\.pdf[\s\S]*Verified[\s\S]*&lt;b&gt;\.txt[\s\S]*This is not a PDF/);
  });

  it('asks again when no file was chosen', async () => {
    const page = await verifier.sendForm('/verify', [{ name: '', bytes: Buffer.alloc(0) }]);
    expect([page.status, (await page.text()).includes('还没有选择文件')]).toEqual([400, true]);
  });

  it('answers what it cannot read with a page, too', async () => {
    const many = Array.from({ length: 21 }, (_, index) => ({ name: `${index}.pdf`, bytes: Buffer.from('%PDF-') }));
    const page = await verifier.sendForm('/verify?lang=en', many);
    expect([page.status, (await page.text()).includes('Too much at once')]).toEqual([413, true]);
  });
});
