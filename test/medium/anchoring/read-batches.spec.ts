import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BatchesController } from '../../../src/anchoring/batches.controller.js';
import { ListBatches } from '../../../src/anchoring/index.js';
import { ProofsRepository } from '../../../src/anchoring/proofs.repository.js';
import { makeDataSource, UnitOfWork } from '../../../src/platform/database/index.js';
import type { Principal } from '../../../src/platform/http/index.js';
import { useWorld } from './anchoring-world.js';

describe('reading batches', () => {
  const { chain, world } = useWorld();
  let closeApi: () => Promise<void>;
  let controller: BatchesController;

  beforeEach(async () => {
    const { databaseUrl: url } = world.settings;
    const source = await makeDataSource({ url, role: 'chopmark_api', poolSize: 2 }).initialize();
    closeApi = () => source.destroy();
    const unitOfWork = new UnitOfWork(source, world.settings);
    controller = new BatchesController(new ListBatches(unitOfWork, new ProofsRepository()));
  });
  afterEach(() => closeApi());

  const principal = (kind: Principal['kind'], ownerId: string): Principal => ({
    kind,
    ownerId,
    keyId: randomUUID(),
    scopes: new Set(['batches.read']),
  });

  it('gives an issuer its batches page by page, newest first, with what they cost', async () => {
    const { id } = await world.addIssuer();
    const batches = [];
    for (const size of [1, 2, 4]) {
      batches.push((await world.sealedBatchOf(id, size)).batchId);
    }
    await world.publishRoots.execute();
    await world.confirmUntil(batches[2] ?? '', 'anchored');
    const me = principal('issuer', id);
    const first = await controller.list(me, { limit: '2' });
    expect(first.items.map((batch) => batch.id)).toEqual([batches[2], batches[1]]);
    const second = await controller.list(me, { limit: '2', cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ items: [{ id: batches[0], size: 1 }], nextCursor: null });
    const [anchor] = (await controller.one(me, batches[2] ?? '', {})).anchors;
    expect(anchor).toMatchObject({ chainId: chain.chainId, state: 'anchored', lastError: null });
    expect(anchor?.gas).toBeGreaterThan(20_000);
    expect(anchor?.gasPerDocument).toBe((anchor?.gas ?? 0) / 4);
    expect(anchor?.transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
  });

  it("hides another issuer's batches as if they were not there", async () => {
    const [mine, theirs] = [await world.addIssuer({ deploy: false }), await world.addIssuer({ deploy: false })];
    const { batchId } = await world.sealedBatchOf(theirs.id, 2);
    const me = principal('issuer', mine.id);
    await expect(controller.one(me, batchId, {})).rejects.toMatchObject({ code: 'anchoring.batch-not-found' });
    await expect(controller.one(me, batchId, { issuerId: theirs.id })).rejects.toMatchObject({ kind: 'not-found' });
    expect((await controller.list(me, { issuerId: theirs.id })).items).toEqual([]);
  });

  it('lets operators name an issuer, and asks them to', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { batchId } = await world.sealedBatchOf(id, 2);
    const operator = principal('operator', randomUUID());
    expect((await controller.list(operator, { issuerId: id })).items).toMatchObject([{ id: batchId }]);
    await expect(controller.list(operator, {})).rejects.toMatchObject({ fields: [{ field: 'issuerId' }] });
    await expect(controller.list(principal('claimant', id), {})).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
