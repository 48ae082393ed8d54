import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ApiCaller, type Answer, type Problem } from '../../support/api-caller.js';
import { callerOf, TestInstance, type TestIssuer } from '../../support/running-instance.js';

const nobodys = `0x${'12'.repeat(20)}`;
let instance: TestInstance;
let issuer: TestIssuer;

beforeAll(async () => {
  instance = await TestInstance.make({ LOOK_UPS_PER_MINUTE: '3' });
  issuer = await instance.addIssuer();
});
afterAll(() => instance.close());

const verify = (url: string, from = '192.0.2.1', apiKey?: string): Promise<Answer<Problem>> =>
  new ApiCaller(url, apiKey).post('/v1/verifications', { documentAddress: nobodys }, { 'x-forwarded-for': from });
async function statuses(url: string, times: number, from?: string): Promise<number[]> {
  const answers: number[] = [];
  for (let call = 0; call < times; call += 1) {
    answers.push((await verify(url, from)).status);
  }
  return answers;
}

describe('look-ups without a key', () => {
  it('are refused when there were too many in a minute, with the time to come back', async () => {
    const { url } = await instance.startApi();
    expect(await statuses(url, 3)).toEqual([200, 200, 200]);
    const { status, headers, body } = await verify(url);
    expect([status, body.code]).toEqual([429, 'access.too-many-requests']);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('are counted over the API and the pages together, which say it in words', async () => {
    const { url } = await instance.startApi();
    expect(await statuses(url, 3)).toEqual([200, 200, 200]);
    const page = await fetch(`${url}/v/${nobodys}`, { headers: { 'accept-language': 'zh-CN' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await page.text()).toContain('查询过于频繁');
  });

  it('leave those alone who show a key, and not those who show one of nobody', async () => {
    const running = await instance.startApi();
    expect(await statuses(running.url, 4)).toEqual([200, 200, 200, 429]);
    expect((await verify(running.url, '192.0.2.1', issuer.apiKey)).status).toBe(200);
    expect((await verify(running.url, '192.0.2.1', 'cmk_nobody')).status).toBe(429);
    expect((await callerOf(running, issuer).get('/v1/documents')).status).toBe(200);
  });

  it('are counted by the address that a trusted proxy names, and by no other', async () => {
    const behind = await instance.startApi({ TRUST_PROXY: '127.0.0.1' });
    expect(await statuses(behind.url, 4, '192.0.2.7')).toEqual([200, 200, 200, 429]);
    expect(await statuses(behind.url, 1, '192.0.2.8')).toEqual([200]);
    // One household holds 2^64 addresses.
    expect(await statuses(behind.url, 3, '2001:db8::1')).toEqual([200, 200, 200]);
    expect(await statuses(behind.url, 1, '2001:db8::2')).toEqual([429]);
    const open = await instance.startApi();
    expect(await statuses(open.url, 3, '192.0.2.9')).toEqual([200, 200, 200]);
    expect(await statuses(open.url, 1, '192.0.2.10')).toEqual([429]);
  });

  it.skipIf(inject('redisUrl') === null)(
    'are counted by several processes together when they share a Redis',
    async () => {
      const shared = { REDIS_URL: inject('redisUrl') ?? '', TRUST_PROXY: '127.0.0.1' };
      const [first, second] = [await instance.startApi(shared), await instance.startApi(shared)];
      expect(await statuses(first.url, 2)).toEqual([200, 200]);
      expect(await statuses(second.url, 2)).toEqual([200, 429]);
    },
  );

  it('are not refused while Redis is away', async () => {
    const { url } = await instance.startApi({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect(await statuses(url, 5)).toEqual([200, 200, 200, 200, 200]);
  });
});
