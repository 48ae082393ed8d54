import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import type { ImportDto } from '../../../src/documents/imports/imports.dto.js';
import { ROWS_A_TRANSACTION } from '../../../src/documents/imports/issue-rows.js';
import { ReadImports } from '../../../src/documents/imports/read-imports.js';
import { ImportClient } from './import-client.js';
import { importWorld, manyRows, ndjson, type ImportWorld } from './import-world.js';

const TOTAL = ROWS_A_TRANSACTION + 1;
/** Between two looks at an import that does not move. */
const LONGEST_PAUSE_MS = 2_000;

describe('progress as server-sent events', () => {
  let world: ImportWorld;
  let client: ImportClient;

  beforeAll(async () => {
    world = await importWorld();
    client = new ImportClient(world, await world.registerIssuer('tingtao'));
  });
  afterAll(() => world.close());

  it('tells every watcher until the import is finished', async () => {
    const { body } = await client.send(ndjson(manyRows(TOTAL)));
    const { signal } = new AbortController();
    const answers = await Promise.all([1, 2, 3].map(() => client.follow(body.id, signal)));
    const texts = Promise.all(answers.map((answer) => answer.text()));
    await client.work();
    for (const text of await texts) {
      const events = [...text.matchAll(/^event: (\w+)\ndata: (.+)$/gm)];
      expect(events[0]?.[1]).toBe('progress');
      expect(JSON.parse(events[0]?.[2] ?? '')).toMatchObject({ state: 'queued', issued: 0 });
      expect(events.at(-1)?.[1]).toBe('finished');
      expect(JSON.parse(events.at(-1)?.[2] ?? '')).toMatchObject({ state: 'done', issued: TOTAL });
    }
    expect(answers[0]?.headers.get('content-type')).toBe('text/event-stream');
  });

  it('stops asking when the watcher leaves', async () => {
    const { body } = await client.send(ndjson(manyRows(1)));
    const asking = vi.spyOn(ReadImports.prototype, 'one');
    try {
      const leaving = new AbortController();
      await client.follow(body.id, leaving.signal);
      await waitUntil('it asks by itself', () => asking.mock.calls.length > 1);
      leaving.abort();
      await waitUntil('it asks no more', async () => {
        const asked = asking.mock.calls.length;
        await pause(LONGEST_PAUSE_MS + 500);
        return asking.mock.calls.length === asked;
      });
    } finally {
      asking.mockRestore();
    }
  });

  it('ends when the process does, although the import has not', async () => {
    const ending = await importWorld();
    const watcher = new ImportClient(ending, await ending.registerIssuer('tingtao'));
    const { body } = await watcher.send(ndjson(manyRows(1)));
    const answer = await watcher.follow(body.id, new AbortController().signal);
    const [text] = await Promise.all([answer.text(), ending.close()]);
    expect(text).not.toContain('event: finished');
  });
});

describe.each([
  { backend: 'postgres', redisUrl: '' },
  { backend: 'redis', redisUrl: inject('redisUrl') },
])('with BullMQ on $backend', ({ redisUrl }) => {
  it.skipIf(redisUrl === null)('is woken by the outbox and issues everything', async () => {
    const world = await importWorld(redisUrl ?? '');
    try {
      const client = new ImportClient(world, await world.registerIssuer('tingtao'));
      world.startWorker();
      const { body } = await client.send(ndjson(manyRows(TOTAL)));
      await expect
        .poll(async () => (await client.ask<ImportDto>(body.id)).body, { timeout: 30_000, interval: 200 })
        .toMatchObject({ state: 'done', issued: TOTAL });
    } finally {
      await world.close();
    }
  });
});
