import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { inject } from 'vitest';

export type FreshDatabase = { readonly url: string; drop(): Promise<void> };

/** An empty database of your own, or a copy of a template. Drop it in `afterAll`. */
export async function freshDatabase(options: { template?: string } = {}): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await copyDatabase(name, options.template ?? 'template0');
  return {
    url: urlOf(name),
    drop: () => administer((client) => client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`)),
  };
}

/** Builds are serialised over all workers of the run: migrations also make roles, which belong to the whole server. */
const BUILDING_TEMPLATES = 0x63686f70;

/**
 * A database prepared once per run and then only copied, which takes milliseconds. `prepare` runs the migrations and
 * MUST close its connections; the first caller decides what a name means.
 */
export async function templateDatabase(
  name: string,
  prepare: (url: string) => Promise<void>,
): Promise<{ clone(): Promise<FreshDatabase> }> {
  const template = `template_${name}`;
  await administer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [BUILDING_TEMPLATES]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount === 0) {
      const unfinished = `${template}_${randomUUID().slice(0, 8)}`;
      await client.query(`create database ${escapeIdentifier(unfinished)} template template0`);
      await prepare(urlOf(unfinished));
      await client.query(`alter database ${escapeIdentifier(unfinished)} rename to ${escapeIdentifier(template)}`);
    }
  });
  return { clone: () => freshDatabase({ template }) };
}

/** A session that has just ended may still hold the template for a moment. */
const OBJECT_IN_USE = '55006';

async function copyDatabase(name: string, template: string): Promise<void> {
  await administer(async (client) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`);
        return;
      } catch (error) {
        if (attempt === 20 || !(error instanceof DatabaseError) || error.code !== OBJECT_IN_USE) {
          throw error;
        }
        await sleep(100);
      }
    }
  });
}

function urlOf(database: string): string {
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${database}`;
  return url.href;
}

/** Ending the session also gives back its advisory lock. */
async function administer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
