import { Client } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { freshDatabase, templateDatabase } from '../../support/databases.js';

describe('databases for tests', () => {
  it('are empty, apart from each other, and gone when dropped', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    await query(one.url, 'create table mine (id int)');
    expect(await query(other.url, `select to_regclass('mine') as found`)).toEqual([{ found: null }]);
    await one.drop();
    await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
    await other.drop();
  });

  it('are prepared once, whoever asks, and then copied', async () => {
    let preparations = 0;
    const prepare = async (url: string): Promise<void> => {
      preparations += 1;
      await query(url, 'create table prepared as select 42 as answer');
    };
    const templates = await Promise.all(['self_test', 'self_test'].map((name) => templateDatabase(name, prepare)));
    const copies = await Promise.all([...templates, ...templates].map((template) => template.clone()));
    expect(preparations).toBe(1);
    for (const copy of copies) {
      expect(await query(copy.url, 'select answer from prepared')).toEqual([{ answer: 42 }]);
      await copy.drop();
    }
  });

  it('stand beside a Redis and a chain of the same run', async () => {
    expect(inject('chainId')).toBe(31_337);
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(inject('chainRpcUrl'), { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ result: '0x7a69' });
    expect(inject('redisUrl') === null).toBe(inject('missingPackages').includes('redis-server'));
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
