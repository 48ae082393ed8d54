import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { BatchNotFound } from './anchoring.errors.js';
import { type BatchRow, ProofsRepository } from './proofs.repository.js';

/** Reads an issuer's batches, and none of another issuer's. */
@Injectable()
export class ListBatches {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proofs: ProofsRepository,
  ) {}

  /** The newest first; `before` is the id of the last batch of the page before. */
  execute(issuerId: string, page: { before: string | undefined; limit: number }): Promise<BatchRow[]> {
    return this.unitOfWork.run((tx) => this.proofs.findBatches(tx, issuerId, page), { issuerId });
  }

  /** Throws `BatchNotFound`, for another issuer's batch too. */
  async one(issuerId: string, id: string): Promise<BatchRow> {
    const batch = await this.unitOfWork.run((tx) => this.proofs.findBatch(tx, issuerId, id), { issuerId });
    if (batch === null) {
      throw new BatchNotFound(id);
    }
    return batch;
  }
}
