import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate, WorkerModule } from '../../src/composition/index.js';
import { JobHandlers } from '../../src/composition/worker.module.js';
import { loadSettings } from '../../src/platform/config/index.js';
import { freshDatabase, type FreshDatabase } from '../support/databases.js';
import { filesBelow } from '../unit/docs/files-below.js';

describe('the jobs', () => {
  let database: FreshDatabase;
  let handled: readonly string[];

  beforeAll(async () => {
    database = await freshDatabase();
    await migrate(database.url);
    const settings = loadSettings({
      DATABASE_URL: database.url,
      CHAIN_RPC_URL: inject('chainRpcUrl'),
      CHAIN_ID: String(inject('chainId')),
      MASTER_KEY: '11'.repeat(32),
      CHAIN_RELAYER_KEY: '22'.repeat(32),
      CHAIN_ADMIN_KEY: '33'.repeat(32),
      LOG_LEVEL: 'silent',
      RENDER_THREADS: '-1', // their script is there only once it is compiled
    });
    const worker = await NestFactory.createApplicationContext(WorkerModule.for(settings), { logger: false });
    handled = worker.get(JobHandlers).all.map(({ job }) => job.name);
    await worker.close();
  });

  afterAll(async () => {
    await database.drop();
  });

  it('that the code defines each have one handler in a worker', () => {
    const defined = filesBelow('src', '.jobs.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^ {2}name: '([^']+)'/gm)].map(([, name]) => name),
    );
    expect(defined.length).toBeGreaterThan(0);
    expect([...handled].sort()).toEqual(defined.sort());
  });

  it('have names that BullMQ takes: no colon, not only digits', () => {
    expect(handled.filter((name) => !/^[a-z]+\.[a-z-]+$/.test(name))).toEqual([]);
  });
});
