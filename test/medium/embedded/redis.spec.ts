import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isRunning } from '../../../scripts/embedded/process-identity.js';
import { findRedis, startRedis } from '../../../scripts/embedded/redis.js';
import type { RunningRedis } from '../../../scripts/embedded/redis.js';

describe('a Redis on PATH', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is not there when PATH leads to none, and starting one says what to do', async () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(findRedis()).toBeNull();
    await expect(startRedis({ dataDirectory: tmpdir() })).rejects.toThrow('set REDIS_URL');
  });
});

describe.skipIf(findRedis() === null)('the embedded Redis', () => {
  let dataDirectory: string;
  const started: RunningRedis[] = [];

  beforeEach(() => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'chopmark-embedded-'));
  });

  afterEach(async () => {
    for (const server of started.splice(0)) {
      await server.stop();
    }
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const start = async (): Promise<RunningRedis> => {
    const server = await startRedis({ dataDirectory });
    started.push(server);
    return server;
  };

  it('logs every write, never evicts and leaves room for the cluster port', async () => {
    const { url, port } = await start();
    const client = new Redis(url);
    expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await client.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
    expect(port).toBeLessThanOrEqual(55_535);
    await client.quit();
  });

  it('keeps what was written from start to start', async () => {
    const first = await start();
    const writer = new Redis(first.url);
    await writer.set('kept', '42');
    await writer.quit();
    await first.stop();
    const reader = new Redis((await start()).url);
    expect(await reader.get('kept')).toBe('42');
    await reader.quit();
  });

  it('stops a server that an earlier start has left behind', async () => {
    const leftover = await start();
    await start();
    expect(isRunning(leftover.pid)).toBe(false);
  });
});
