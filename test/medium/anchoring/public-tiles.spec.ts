import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BatchesRepository } from '../../../src/anchoring/batches.repository.js';
import { makeDataSource, UnitOfWork } from '../../../src/platform/database/index.js';
import { buildTree, TILE_SIZE } from '../../../src/proof/index.js';
import type { Problem } from '../../support/api-caller.js';
import { TestInstance, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let issuer: TestIssuer;
let baseUrl: string;
let root: string;
const SIZE = 3 * TILE_SIZE + 5;

type Tiles = { id: string; root: string; size: number; depth: number; levels: { level: number; tiles: number }[] };

beforeAll(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  baseUrl = (await instance.startApi()).url;
  root = await sealBatch();
});
afterAll(() => instance.close());

/** As sealing leaves it, without the road that leads there. */
async function sealBatch(): Promise<string> {
  const leaves = Array.from({ length: SIZE }, (_, index) =>
    new Uint8Array(32)
      .fill(1 + (index % 250))
      .fill(index >> 8, 0, 1)
      .fill(index & 255, 1, 2),
  );
  const tree = buildTree(leaves);
  const { settings } = instance;
  const source = await makeDataSource({ url: settings.databaseUrl, role: 'chopmark_worker', poolSize: 1 }).initialize();
  const batch = { issuerId: issuer.id, id: '01900000-0000-7000-8000-00000000abcd', tree, sealedAt: new Date() };
  await new UnitOfWork(source, settings).run((tx) => new BatchesRepository().insertBatch(tx, batch));
  await source.destroy();
  return `0x${Buffer.from(tree.root).toString('hex')}`;
}

describe('the tiles of a batch', () => {
  it('let a stranger rebuild the root from what it saw on the chain', async () => {
    const response = await fetch(`${baseUrl}/v1/batches/${root}/tiles`);
    expect([response.status, response.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    const { levels, size, id } = (await response.json()) as Tiles;
    expect([size, levels]).toEqual([
      SIZE,
      [
        { level: 0, tiles: 4 },
        { level: 8, tiles: 1 },
      ],
    ]);
    const parts: Uint8Array[] = [];
    for (let index = 0; index < 4; index += 1) {
      const tile = await fetch(`${baseUrl}/v1/batches/${id}/tiles/0/${index}`);
      expect(tile.headers.get('content-type')).toBe('application/octet-stream');
      parts.push(new Uint8Array(await tile.arrayBuffer()));
    }
    expect(`0x${Buffer.from(buildTree(new Uint8Array(Buffer.concat(parts))).root).toString('hex')}`).toBe(root);
  });

  it.each([
    ['/v1/batches/01900000-0000-7000-8000-00000000ffff/tiles', 404, 'anchoring.batch-not-found'],
    [`/v1/batches/0x${'00'.repeat(32)}/tiles/0/0`, 404, 'anchoring.batch-not-found'],
    ['/v1/batches/01900000-0000-7000-8000-00000000abcd/tiles/0/4', 404, 'anchoring.tile-not-found'],
    ['/v1/batches/01900000-0000-7000-8000-00000000abcd/tiles/-1/4', 422, 'validation.failed'],
    ['/v1/batches/nonsense/tiles', 422, 'validation.failed'],
  ])('answers %s with %i', async (path, status, code) => {
    const response = await fetch(`${baseUrl}${path}`);
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([status, code]);
  });
});
