import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, migrations } from '../../../src/composition/migrations.js';
import { makeDataSource } from '../../../src/platform/database/index.js';
import { buildTree, tilesOf } from '../../../src/proof/index.js';
import { freshDatabase, type FreshDatabase } from '../../support/databases.js';

const BEFORE = migrations.findIndex(({ name }) => name.startsWith('MiddlesOfTiles'));

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('gives the tiles of batches from before their middles', async () => {
  const before = await makeDataSource(
    { url: database.url, role: 'owner', poolSize: 1 },
    { migrations: migrations.slice(0, BEFORE) },
  ).initialize();
  const batches = [1, 17, 4_321].map((size) => ({
    id: randomUUID(),
    tiles: tilesOf(buildTree(Array.from({ length: size }, () => randomBytes(32)))),
  }));
  try {
    await before.runMigrations();
    // Rows that tiles refer to are of no concern here.
    await before.query(`set session_replication_role = replica`);
    for (const { id, tiles } of batches) {
      for (const { level, index, hashes } of tiles) {
        await before.query(
          'insert into anchor_tiles (issuer_id, batch_id, level, tile_index, hashes) values ($1, $1, $2, $3, $4)',
          [id, level, index, hashes],
        );
      }
    }
  } finally {
    await before.destroy();
  }

  await migrate(database.url);

  const after = await makeDataSource({ url: database.url, role: 'owner', poolSize: 1 }).initialize();
  try {
    const rows = await after.query<{ id: string; level: number; tile_index: number; middle: Buffer }[]>(
      'select batch_id as id, level, tile_index, middle from anchor_tiles',
    );
    const found = new Map(rows.map(({ id, level, tile_index: index, middle }) => [`${id}/${level}/${index}`, middle]));
    const expected = batches.flatMap(({ id, tiles }) =>
      tiles.map(({ level, index, middle }): [string, Buffer] => [`${id}/${level}/${index}`, Buffer.from(middle)]),
    );
    expect(found).toEqual(new Map(expected));
    await expect(after.query(`update anchor_tiles set middle = middle || middle`)).rejects.toThrow('check constraint');
  } finally {
    await after.destroy();
  }
});
