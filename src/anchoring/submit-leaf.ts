import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { HASH_LENGTH, LeavesNotAllowed } from '../proof/index.js';
import type { Tx } from '../platform/database/index.js';
import { BatchesRepository } from './batches.repository.js';

/** Step 3 of 8 — docs/WALKTHROUGH.md. Hands entries over to be anchored. */
@Injectable()
export class SubmitLeaf {
  constructor(
    private readonly batches: BatchesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores opaque 32-byte entries of an issuer in the caller's transaction: they are anchored if that commits, and only then.
   *
   * An entry that was submitted before, in the same call or in any other, is left as it is: submitting again after a crash
   * anchors nothing twice. Throws `LeavesNotAllowed` when an entry does not have 32 bytes, before anything is stored.
   */
  async execute(tx: Tx, issuerId: string, leaves: readonly Uint8Array[]): Promise<void> {
    if (leaves.some((leaf) => leaf.length !== HASH_LENGTH)) {
      throw new LeavesNotAllowed('An entry has 32 bytes');
    }
    await this.batches.insertLeaves(tx, issuerId, leaves, this.clock.now());
  }
}
