import { Injectable } from '@nestjs/common';
import { fromHex } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { TilePosition } from '../proof/index.js';
import { BatchNotFound, TileNotFound } from './anchoring.errors.js';
import { type BatchRow, ProofsRepository } from './proofs.repository.js';

/**
 * What anybody may copy of a batch: its hashes, which say nothing about what they are the hashes of. With them a mirror
 * rebuilds the tree, compares its root with the one in the issuer's store, and can prove inclusion when we are gone.
 */
@Injectable()
export class ReadTiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proofs: ProofsRepository,
  ) {}

  /** By id, or by the root as the chain tells it. Throws `BatchNotFound`. */
  async batch(name: string): Promise<BatchRow> {
    const { issuerId, batchId } = await this.locate(name);
    const batch = await this.unitOfWork.run((tx) => this.proofs.findBatch(tx, issuerId, batchId), { issuerId });
    if (batch === null) {
      throw new BatchNotFound(name);
    }
    return batch;
  }

  /** 1 to 256 hashes of 32 bytes. Throws `BatchNotFound` and `TileNotFound`. */
  async tile(name: string, position: TilePosition): Promise<Uint8Array> {
    const { issuerId, batchId } = await this.locate(name);
    const hashes = await this.unitOfWork.run((tx) => this.proofs.findTile(tx, { ...position, issuerId, batchId }), {
      issuerId,
    });
    if (hashes === null) {
      throw new TileNotFound(name, position);
    }
    return hashes;
  }

  private async locate(name: string): Promise<{ issuerId: string; batchId: string }> {
    const isRoot = name.startsWith('0x');
    const located = await this.unitOfWork.run((tx) =>
      this.proofs.locateBatch(tx, isRoot ? { root: fromHex(name) } : { id: name }),
    );
    if (located === null) {
      throw new BatchNotFound(name);
    }
    return located;
  }
}
