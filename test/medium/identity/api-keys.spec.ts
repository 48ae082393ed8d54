import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Clock } from '../../../src/kernel/index.js';
import { ApiCaller, type Answer, type Problem } from '../../support/api-caller.js';
import { invoiceRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let api: Running;
let issuer: TestIssuer;
let other: TestIssuer;

beforeAll(async () => {
  instance = await TestInstance.make();
  [issuer, other] = [await instance.addIssuer('tingtao'), await instance.addIssuer('yunfan')];
  api = await instance.startApi();
});
afterAll(() => instance.close());

const keyIdOf = (apiKey: string): string =>
  (apiKey.split('_')[2] ?? '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const secretOf = (apiKey: string): Buffer => Buffer.from(apiKey.split('_')[3] ?? '', 'hex');
const listWith = (authorization: string | undefined): Promise<Answer<Problem>> =>
  new ApiCaller(api.url).get<Problem>('/v1/documents', authorization === undefined ? {} : { authorization });

describe('an API key', () => {
  it('opens what it is for', async () => {
    expect((await listWith(`Bearer ${issuer.apiKey}`)).status).toBe(200);
    expect((await listWith(`bearer ${issuer.apiKey}`)).status).toBe(200);
  });

  it('is stored as a hash of its secret only', async () => {
    const rows = await instance.query<{ secret_hash: Buffer; row: string }>(
      'select secret_hash, api_keys::text as row from api_keys where id = $1',
      [keyIdOf(issuer.apiKey)],
    );
    expect(rows.map(({ secret_hash }) => secret_hash)).toEqual([
      createHash('sha256').update(secretOf(issuer.apiKey)).digest(),
    ]);
    expect(rows[0]?.row).not.toContain(secretOf(issuer.apiKey).toString('hex'));
  });

  it('differs each time one is made', async () => {
    const keys = await instance.atDesk((desk) =>
      Promise.all([1, 2, 3].map(() => desk.createKey('issuer', issuer.id, 'one more'))),
    );
    expect(new Set(keys.map((key) => secretOf(key).toString('hex'))).size).toBe(3);
  });

  it('is refused everywhere within five seconds after it was revoked, while others of its owner go on', async () => {
    const apiKey = await instance.atDesk((desk) => desk.createKey('issuer', issuer.id, 'to be revoked'));
    expect((await listWith(`Bearer ${apiKey}`)).status).toBe(200);

    await instance.atDesk((desk) => desk.revokeKey(issuer.id, keyIdOf(apiKey)));

    const later = new Date(Date.now() + 5_000);
    const clock = vi.spyOn(api.app.get(Clock, { strict: false }), 'now').mockImplementation(() => later);
    try {
      expect((await listWith(`Bearer ${apiKey}`)).status).toBe(401);
      expect((await listWith(`Bearer ${issuer.apiKey}`)).status).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('cannot be revoked in the name of another owner', async () => {
    await expect(instance.atDesk((desk) => desk.revokeKey(other.id, keyIdOf(issuer.apiKey)))).rejects.toMatchObject({
      code: 'identity.unknown-owner',
    });
  });

  it('is not handed out for an owner that does not exist', async () => {
    const nobody = '01900000-0000-7000-8000-000000000000';
    await expect(instance.atDesk((desk) => desk.createKey('issuer', nobody, 'x'))).rejects.toMatchObject({
      code: 'identity.unknown-owner',
    });
    await expect(instance.atDesk((desk) => desk.createKey('claimant', issuer.id, 'x'))).rejects.toMatchObject({
      code: 'identity.unknown-owner',
    });
  });
});

describe('a credential that is none', () => {
  const wrongSecret = (key: string): string => `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
  const underOwner = (key: string, owner: string): string =>
    ['cmk', owner.replaceAll('-', ''), ...key.split('_').slice(2)].join('_');

  it.each<[string, () => string | undefined]>([
    ['no header', () => undefined],
    ['an empty one', () => ''],
    ['a wrong secret', () => `Bearer ${wrongSecret(issuer.apiKey)}`],
    ['a key under the id of another owner', () => `Bearer ${underOwner(issuer.apiKey, other.id)}`],
    ['a key that was never made', () => `Bearer cmk_${'0'.repeat(32)}_${'0'.repeat(32)}_${'0'.repeat(64)}`],
    ['another scheme', () => `Basic ${issuer.apiKey}`],
    ['the key alone', () => issuer.apiKey],
    ['two keys', () => `Bearer ${issuer.apiKey} ${issuer.apiKey}`],
    ['a key in upper case', () => `Bearer ${issuer.apiKey.toUpperCase()}`],
    ['something else', () => "Bearer ' or 1=1 --"],
    ['something long', () => `Bearer ${'x'.repeat(8_000)}`],
  ])('is refused with 401 and told how to do it: %s', async (_name, authorization) => {
    const { status, headers, body } = await listWith(authorization());

    expect([status, body.code]).toEqual([401, 'access.unauthenticated']);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('a scope', () => {
  it('that the key lacks is named in a 403, and nothing is issued', async () => {
    const claimant = await instance.atDesk(async (desk) => {
      const { id } = await desk.addClaimant({ name: '雄安澄湖示例建设工程有限公司', taxId: '91133100MAXDEM048A' });
      return { apiKey: await desk.createKey('claimant', id, 'test') };
    });
    const before = await instance.rowCounts();

    const { status, body } = await callerOf(api, claimant).tryToIssue();

    expect([status, body.code]).toEqual([403, 'access.forbidden']);
    expect(body.detail).toContain('invoices.issue');
    expect((await callerOf(api, claimant).get('/v1/documents')).status).toBe(403);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('is asked for before the body is judged', async () => {
    const { status } = await new ApiCaller(api.url).post('/v1/invoices', { ...invoiceRequest(), type: 'odd' });
    expect(status).toBe(401);
  });
});

describe('an issuer', () => {
  it('is admitted once for a tax id, and only with one that can be', async () => {
    const party = {
      name: 'x',
      regionCode: '440300',
      taxBureau: 'x',
      domain: 'x.example',
      mandate: 'sample' as const,
    };
    const admit = (taxId: string) => instance.atDesk((desk) => desk.addIssuer({ ...party, taxId }));

    await expect(admit('91440300MAXDEM0135')).rejects.toMatchObject({ code: 'identity.tax-id-taken' });
    await expect(admit('91440300MAXDEM0136')).rejects.toMatchObject({ code: 'identity.invalid-tax-id' });
  });

  it('has a store at the address that was computed before anything was on the chain', async () => {
    expect(
      await instance.value("select '0x' || encode(store_address, 'hex') from issuers where id = $1", [issuer.id]),
    ).toBe(issuer.store.toLowerCase());
    expect(await instance.codeAt(issuer.store)).not.toBe('0x');
  });
});
