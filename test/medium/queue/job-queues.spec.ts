import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { Logger } from '../../../src/platform/observability/index.js';
import { JobQueues } from '../../../src/platform/queue/index.js';
import { CuttableLink } from '../../support/cuttable-link.js';
import { freshDatabase } from '../../support/databases.js';
import { TestInstance } from '../../support/running-instance.js';

it('answers everybody who asked for a queue while it was given up for not answering', async () => {
  const database = await freshDatabase();
  const link = await CuttableLink.to(database.url);
  const instance = await TestInstance.make();
  const settings = loadSettings({ ...instance.environment, DATABASE_URL: link.url, REDIS_URL: '' });
  const queues = new JobQueues(settings, new Logger(settings));
  link.hold();
  const first = queues.isAnyWaiting('test.wake').catch(() => 'given up');
  await pause(500);
  const second = queues.isAnyWaiting('test.wake').catch(() => 'given up');

  expect(await first).toBe('given up');
  link.release();

  expect(await Promise.race([second, pause(10_000, 'never answered')])).not.toBe('never answered');
  expect(await queues.isAnyWaiting('test.wake')).toBe(false);
  await queues.onApplicationShutdown();
  await waitUntil('also the one given up is closed', () => link.connections === 0);
  await link.cut();
  await instance.close();
  await database.drop();
});
