import { Injectable } from '@nestjs/common';
import { IdSource } from '../kernel/index.js';
import { buildTree } from '../proof/index.js';
import { type Tx, UnitOfWork } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { publishRootsJob } from './anchoring.jobs.js';
import { AnchorsRepository } from './anchors.repository.js';
import { BatchesRepository } from './batches.repository.js';
import { SealTiming } from './seal-timing.js';

/** Step 4 of 8 — docs/WALKTHROUGH.md. Closes an issuer's open leaves into batches, each with its root. */
@Injectable()
export class SealBatch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly anchors: AnchorsRepository,
    private readonly outbox: Outbox,
    private readonly timing: SealTiming,
    private readonly ids: IdSource,
  ) {}

  /**
   * Seals batches while one is due, and returns their ids. Each is sealed in one transaction: its members and their
   * indexes, tiles, root, an anchor to be published on each chain and the wish to publish it are there together, or none is.
   *
   * A batch MUST never change afterwards, and a leaf MUST be in one batch at most. After a crash the leaves of the batch
   * under way are open again. While another process seals for this issuer, nothing is done here.
   */
  async execute(issuerId: string): Promise<readonly string[]> {
    const sealed: string[] = [];
    for (;;) {
      const id = this.ids.uuid();
      if (!(await this.unitOfWork.run((tx) => this.sealOne(tx, issuerId, id)))) {
        return sealed;
      }
      sealed.push(id);
    }
  }

  private async sealOne(tx: Tx, issuerId: string, id: string): Promise<boolean> {
    // One snapshot: a leaf that commits between reading and assigning, even at a lower position, stays open.
    await tx.query('set transaction isolation level repeatable read');
    if (!(await this.batches.lockSealing(tx, issuerId))) {
      return false;
    }
    if (!this.timing.isDue(await this.batches.readBacklog(tx, issuerId, this.timing.batchSize))) {
      return false;
    }
    const leaves = await this.batches.readOpenLeaves(tx, issuerId, this.timing.batchSize);
    if (leaves === null) {
      return false;
    }
    // Assigned before anything else is written: if another process was faster after all, this fails and is run again.
    const batch = { issuerId, id, tree: buildTree(leaves.hashes), sealedAt: this.timing.now() };
    const assigned = await this.batches.assignLeaves(tx, batch, leaves);
    if (assigned !== batch.tree.size) {
      throw new Error(`Batch ${id} has ${batch.tree.size} leaves and ${assigned} were assigned`);
    }
    await this.batches.insertBatch(tx, batch);
    for (const chainId of this.timing.chainIds) {
      await this.anchors.insertPending(tx, { issuerId, batchId: id, chainId, at: batch.sealedAt });
      await this.outbox.append(tx, publishRootsJob, { chainId: String(chainId) });
    }
    return true;
  }
}
