import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Answer, type Problem } from '../../support/api-caller.js';
import { invoiceRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance, type Running } from '../../support/running-instance.js';

let instance: TestInstance;
let api: Running;
let caller: ApiCaller;

beforeAll(async () => {
  instance = await TestInstance.make();
  const issuer = await instance.addIssuer();
  api = await instance.startApi();
  caller = callerOf(api, issuer);
});
afterAll(() => instance.close());

function expectProblem({ status, headers, body }: Answer<Problem>, wanted: number, code: string | RegExp): void {
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(body).toMatchObject({ status: wanted, type: 'about:blank', title: expect.any(String) as string });
  expect(status).toBe(wanted);
  expect(body.code).toMatch(code);
  expect(body.detail.length).toBeGreaterThan(5);
  expect(body.requestId).toBe(headers.get('x-request-id'));
}

describe('a request that cannot be read', () => {
  it.each<[string, number, RegExp, () => Promise<Answer<Problem>>]>([
    ['broken JSON', 400, /^request\.body-not-json$/, () => caller.post('/v1/invoices', '{"type": ')],
    ['no body', 400, /^request\.body-empty$/, () => caller.post('/v1/invoices', '')],
    [
      '10 MB',
      413,
      /^request\.body-too-large$/,
      () => caller.post('/v1/invoices', JSON.stringify({ remark: 'x'.repeat(10_000_000) })),
    ],
    [
      'a content type we do not read',
      415,
      /^request\.unsupported-media-type$/,
      () => caller.post('/v1/invoices', '<a/>', { 'content-type': 'text/xml' }),
    ],
    [
      'JSON as text',
      415,
      /^request\.unsupported-media-type$/,
      () => caller.post('/v1/invoices', '{}', { 'content-type': 'text/plain' }),
    ],
    [
      'JSON under the content type that curl gives it',
      415,
      /^request\.unsupported-media-type$/,
      () => caller.post('/v1/invoices', '{}', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    [
      'Latin 1',
      400,
      /^request\.body-not-utf8$/,
      () => caller.post('/v1/invoices', Uint8Array.of(0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d)),
    ],
    ['a path without end', 414, /^request\.path-too-long$/, () => caller.get(`/v1/documents/${'1'.repeat(2_000)}`)],
    ['an unknown route', 404, /^request\.route-unknown$/, () => caller.get('/v1/nothing')],
    ['an unknown method', 405, /^request\.method-not-allowed$/, () => caller.post('/v1/documents', {})],
    ['a path that cannot be decoded', 400, /^request\.path-malformed$/, () => caller.get('/v1/documents/%zz')],
    ['a zero byte in a query', 400, /^request\.path-malformed$/, () => caller.get('/v1/documents?number=%00')],
    ['an id that is none', 400, /^request\.id-malformed$/, () => caller.get('/v1/documents/42')],
    [
      'a document that is not there',
      404,
      /^documents\.not-found$/,
      () => caller.get('/v1/documents/01900000-0000-7000-8000-000000000000'),
    ],
    ['a key of nobody', 401, /^access\.unauthenticated$/, () => new ApiCaller(api.url).get('/v1/documents')],
  ])('is answered with a problem of a stable code: %s', async (_name, status, code, ask) => {
    expectProblem(await ask(), status, code);
  });

  it('says how large a body may be when one is larger', async () => {
    const { body } = await caller.post<Problem>('/v1/invoices', JSON.stringify({ remark: 'x'.repeat(5_000_000) }));
    expect(body.detail).toContain('JSON may have 4 MiB, rows as NDJSON 32');
  });

  it.each(['an array', '"text"', '1', 'null'])('is told that the body is no object: %s', async (body) => {
    const answer = await caller.post<Problem>('/v1/invoices', body === 'an array' ? [] : body);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 422, code: 'validation.type' });
    expect(answer.body.detail).toContain('one JSON object');
    expect(answer.body).not.toHaveProperty('errors');
  });

  it.each(['/v1/invoices', '/v1/evidence'])('is told by %s what to send when it has no body', async (path) => {
    const answer = await caller.postNothing<Problem>(path);
    expect(answer.body).toMatchObject({ status: 422, code: 'validation.required' });
    expect(answer.body.detail).toContain('send a JSON object, with the header "Content-Type: application/json"');
    expect(answer.body).not.toHaveProperty('errors');
  });

  it('is told how many items there may be', async () => {
    const line = invoiceRequest().lines[0];
    const answer = await caller.post<Problem>('/v1/invoices', { ...invoiceRequest(), lines: Array(2_001).fill(line) });
    const message = 'This array takes at most 2000 items.';
    expect(answer.body.errors).toEqual([{ field: 'lines', code: 'validation.too-many', message }]);
  });

  it.each([
    ['/v1/documents?limit=99999', 'limit: Give a number from 1 to 500.'],
    ['/v1/reference-tables/tax-rates?on=monday', 'on: Give a day of the calendar as YYYY-MM-DD.'],
  ])('is told what a parameter may be, and not that nothing was stored: %s', async (path, detail) => {
    const answer = await caller.get<Problem>(path);
    expectProblem(answer, 422, /^validation\.failed$/);
    expect(answer.body.detail).toBe(detail);
    expect(answer.body.errors).toHaveLength(1);
  });

  it.each([
    ['__proto__', `{"__proto__": {"type": "special"}, ${JSON.stringify(invoiceRequest()).slice(1)}`],
    ['constructor', JSON.stringify({ ...invoiceRequest(), constructor: { prototype: { type: 'special' } } })],
    ['buyer.__proto__', JSON.stringify(invoiceRequest()).replace('"buyer":{', '"buyer":{"__proto__":{"taxId":"x"},')],
  ])('cannot smuggle %s in: it is refused, by name, and nothing is stored', async (name, body) => {
    const before = await instance.rowCounts();
    const answer = await caller.post<Problem>('/v1/invoices', body);

    expectProblem(answer, 422, /^validation\.failed$/);
    expect(answer.body.errors?.map(({ field }) => field)).toEqual([name]);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('is told which name stands twice, and nothing is stored', async () => {
    const before = await instance.rowCounts();
    const body = JSON.stringify(invoiceRequest()).replace('"buyer":{', '"buyer":{"name":"甲",');
    const answer = await caller.post<Problem>('/v1/invoices', body);
    expectProblem(answer, 400, /^request\.duplicate-key$/);
    expect(answer.body.errors?.map(({ field }) => field)).toEqual(['buyer.name']);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('does not tell what failed inside, but logs it under the request id', async () => {
    await instance.query('alter table documents rename to documents_away');
    try {
      const answer = await caller.get<Problem>('/v1/documents');
      expectProblem(answer, 500, /^internal$/);
      expect(JSON.stringify(answer.body)).not.toMatch(/documents_away|relation|select/);
    } finally {
      await instance.query('alter table documents_away rename to documents');
    }
  });
});

describe('a method that a path does not take', () => {
  it.each([
    ['DELETE', '/v1/documents', 'GET, HEAD'],
    ['PUT', '/v1/documents/01900000-0000-7000-8000-000000000000?x=/', 'GET, HEAD'],
    ['GET', '/v1/invoices', 'POST'],
    ['DELETE', '/v1/receipt-kinds', 'GET, HEAD, POST'],
    ['PATCH', '/', 'GET, HEAD'],
  ])('is told which it takes: %s %s', async (method, path, allow) => {
    const answer = await fetch(api.url + path, { method });
    const body = (await answer.json()) as Problem;
    expectProblem({ status: answer.status, headers: answer.headers, body }, 405, /^request\.method-not-allowed$/);
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it.each(['/v1', '/v1/documentsx', '/v1/documents/', '/v1/documents/1/2/3'])('leaves %s unknown', async (path) => {
    const answer = await fetch(api.url + path, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
  });
});

describe('a request id', () => {
  it('is taken from the caller when it is harmless, and made otherwise', async () => {
    const kept = await caller.get<Problem>('/v1/nothing', { 'x-request-id': 'order-2026-0001' });
    expect(kept.body.requestId).toBe('order-2026-0001');
    const made = await caller.get<Problem>('/v1/nothing', { 'x-request-id': '<script>alert(1)</script>' });
    expect(made.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('what is not HTTP', () => {
  it('ends its own connection and nothing else', async () => {
    const { hostname, port } = new URL(api.url);
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.write('nonsense\r\n\r\n'));
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('close', () => {
        resolve(text);
      });
    });
    expect(said).toMatch(/^HTTP\/1\.1 400/);
    expect((await caller.get('/health/live')).status).toBe(200);
  });
});

describe('an import without a key', () => {
  it('is refused before its body is read', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /v1/imports?kind=invoice.vat HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 30000000\r\n\r\n{',
    );
    const answer = await new Promise<string>((resolve, reject) => {
      socket.once('data', (data) => {
        resolve(data.toString('utf8'));
      });
      socket.once('error', reject);
    });
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toContain('access.unauthenticated');
  });
});
