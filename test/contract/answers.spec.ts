import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Answer } from '../support/api-caller.js';
import { callerOf, TestInstance, type Running } from '../support/running-instance.js';
import { findRoutes, type Route } from './routes.js';

type Answers = Readonly<Record<string, { content?: Record<string, { schema: object } | undefined> } | undefined>>;
type Operation = { readonly responses: Answers };
type Description = {
  readonly components: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const description = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Description;
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'api', components: withNulls(description.components) as object });

/** OpenAPI 3.0 says `nullable` beside a reference, and JSON Schema does not know the word there. */
function withNulls(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return Array.isArray(schema) ? schema.map(withNulls) : schema;
  }
  const { nullable, ...rest } = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, withNulls(part)]));
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}

/** The schema that the description gives for this answer; throws when it gives none. */
function schemaOf(method: string, path: string, { status, headers }: Answer): ValidateFunction {
  const type = (headers.get('content-type') ?? '').replace(/;.*$/, '');
  const described = description.paths[path]?.[method.toLowerCase()]?.responses[status];
  const schema = described?.content?.[type]?.schema;
  if (schema === undefined) {
    throw new Error(`${method} ${path} is not described to answer ${status} ${type}`);
  }
  return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object);
}

function expectDescribed(method: string, path: string, answer: Answer): void {
  const validate = schemaOf(method, path, answer);
  const isDescribed = validate(answer.body);
  expect({ path, isDescribed, errors: validate.errors ?? [] }).toEqual({ path, isDescribed: true, errors: [] });
}

/** Every text of an answer that is an instant. */
function instantsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return /^\d{4}-\d\d-\d\dT/.test(value) ? [value] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(instantsIn) : [];
}

let instance: TestInstance;
let api: Running;
let caller: ApiCaller;
let stranger: ApiCaller;
let routes: readonly Route[];
let id: string;
let documentAddress: string;

beforeAll(async () => {
  instance = await TestInstance.make();
  api = await instance.startApi();
  await instance.startWorker();
  [caller, stranger] = [callerOf(api, await instance.addIssuer()), new ApiCaller(api.url)];
  routes = await findRoutes();
  ({ id, documentAddress } = await caller.issue());
  await instance.waitUntilAnchored('confirmed');
});
afterAll(() => instance.close());

/** What they are asked for is named in the body, and may not be there. */
const NAMES_RECORDS_IN_BODY = new Set(['/v1/evidence']);

describe('a route that is not public', () => {
  it('answers 401 to everybody without a key, before it looks at anything else', async () => {
    const closed = routes.filter(({ access }) => !access.includes('public') && !access.includes('local'));
    expect(closed.length).toBeGreaterThan(40);
    for (const { method, path } of closed) {
      const url = `${api.url}${path.replaceAll(/\{\w+\}/g, 'x')}`;
      const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
      for (const authorization of [undefined, 'Bearer cmk_nobody', 'Basic eDp5']) {
        const headers = { ...body.headers, ...(authorization === undefined ? {} : { authorization }) };
        const response = await fetch(url, { method, ...body, headers });
        const problem = (await response.json()) as { code: string };
        expect([method, path, response.status, problem.code]).toEqual([method, path, 401, 'access.unauthenticated']);
      }
    }
  });

  it('is described with its scope and with the answers that follow from it', () => {
    for (const { method, path, access } of routes.filter((route) => route.path.startsWith('/v1/'))) {
      const operation = description.paths[path]?.[method.toLowerCase()];
      const statuses = Object.keys(operation?.responses ?? {});
      const needsKey = !access.includes('public');
      expect([path, statuses.includes('401'), statuses.includes('403')]).toEqual([path, needsKey, needsKey]);
      expect(operation).toMatchObject(needsKey ? { 'x-required-scope': access.join(' | ') } : {});
      expect([path, statuses.includes('404')]).toEqual([path, path.includes('{') || NAMES_RECORDS_IN_BODY.has(path)]);
    }
  });
});

describe('an answer', () => {
  const asked: readonly [string, string, () => Promise<Answer>][] = [
    ['GET', '/v1/documents', () => caller.get('/v1/documents')],
    ['GET', '/v1/documents/{id}', () => caller.get(`/v1/documents/${id}`)],
    ['GET', '/v1/documents/{id}/events', () => caller.get(`/v1/documents/${id}/events`)],
    ['GET', '/v1/batches', () => caller.get('/v1/batches')],
    ['GET', '/v1/invoice-allowance', () => caller.get('/v1/invoice-allowance')],
    ['POST', '/v1/verifications', () => stranger.post('/v1/verifications', { documentAddress })],
    ['GET', '/v1/documents/{id}', () => stranger.get(`/v1/documents/${id}`)],
    ['PUT', '/v1/issuers/{id}/invoice-allowance', () => forbidden()],
    ['GET', '/v1/documents/{id}', () => caller.get('/v1/documents/42')],
    ['GET', '/v1/documents/{id}', () => caller.get('/v1/documents/01900000-0000-7000-8000-000000000000')],
    ['GET', '/v1/documents', () => caller.get('/v1/documents?limit=0')],
    ['POST', '/v1/invoices', () => caller.post('/v1/invoices', '{"type": ')],
    ['POST', '/v1/invoices', () => caller.post('/v1/invoices', {})],
    ['POST', '/v1/invoices', () => caller.post('/v1/invoices', '<a/>', { 'content-type': 'text/xml' })],
    ['POST', '/v1/receipts/{id}/write-off', () => caller.post(`/v1/receipts/${id}/write-off`, {})],
  ];
  const forbidden = (): Promise<Answer> => caller.put(`/v1/issuers/${id}/invoice-allowance`, {});

  it.each(asked)('of %s %s is as it is described', async (method, path, ask) => {
    expectDescribed(method, path, await ask());
  });

  it('tells every instant in seconds of the issuer’s time zone, whoever gives it', async () => {
    for (const [, path, ask] of asked) {
      const instants = instantsIn((await ask()).body);
      expect({ path, others: instants.filter((text) => !/:\d\d\+08:00$/.test(text)) }).toEqual({ path, others: [] });
    }
    expect(instantsIn((await caller.get(`/v1/documents/${id}/events`)).body).length).toBeGreaterThan(1);
  });
});

describe('what a browser is told about an answer', () => {
  it('that it may do nothing with it, unless it is a page', async () => {
    const { headers } = await caller.get('/v1/documents');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it('that the description of the API may run this server’s scripts only', async () => {
    const page = await fetch(`${api.url}/docs`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(page.status).toBe(200);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(await page.text()).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>[^<]/);
  });
});
