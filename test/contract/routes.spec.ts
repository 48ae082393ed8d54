import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/platform/http/index.js';
import { findRoutes, type Route } from './routes.js';

describe('the routes', () => {
  let routes: readonly Route[];

  beforeAll(async () => {
    routes = await findRoutes();
  });

  it('all say who may call them', () => {
    const known: readonly string[] = ['public', 'local', ...SCOPES];
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter(({ access }) => access.length === 0 || access.some((each) => !known.includes(each)))).toEqual(
      [],
    );
  });

  it('are those of docs/ROUTES.md, with the same access', () => {
    expect(routes.map(({ method, path, access }) => `${method} ${path} ${access.join(',')}`)).toEqual(routesInDocs());
  });

  it('are in the description of the API, if they are part of it', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
      paths: Readonly<Record<string, object>>;
    };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const versioned = routes
      .filter(({ path }) => path.startsWith('/v1/'))
      .map(({ method, path }) => `${method} ${path}`);
    expect(described.sort()).toEqual([...versioned].sort());
  });

  it('that need a key say so in the description', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
      paths: Readonly<Record<string, Readonly<Record<string, { security?: unknown }>>>>;
    };
    for (const { method, path, access } of routes.filter(({ path: found }) => found.startsWith('/v1/'))) {
      const operation = paths[path]?.[method.toLowerCase()];
      expect({ path, isOpen: operation?.security === undefined }).toEqual({ path, isOpen: access.includes('public') });
    }
  });
});

/** Rows of the table: | `GET` | `/v1/documents` | `documents.read` | … | */
function routesInDocs(): string[] {
  const rows = readFileSync('docs/ROUTES.md', 'utf8').matchAll(/^\| `([A-Z]+)`\s*\| `(\S+)`\s*\| `(\S+)`\s*\|/gm);
  return [...rows].map(([, method, path, access]) => `${method ?? ''} ${path ?? ''} ${access ?? ''}`);
}
