import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule, describeApi, makeFastify } from '../src/composition/index.js';
import { Settings } from '../src/platform/config/index.js';
import { keepGenerated } from './generated.js';

/**
 * Writes `docs/openapi.json`, what `/openapi.json` answers. Nest only previews the modules for it: nothing is
 * connected to, so it needs no database. `--check` writes nothing and fails when the committed file is stale.
 */
async function openApiText(): Promise<string> {
  const settings = new Settings();
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(settings), makeFastify(settings), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  const description = describeApi(app);
  await app.close();
  return `${JSON.stringify(sorted(description), null, 2)}\n`;
}

/** Keys in the order of the alphabet, so that moving a decorator changes no line. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

keepGenerated(import.meta.url, async () => new Map([['docs/openapi.json', await openApiText()]]));
