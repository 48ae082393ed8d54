import { Injectable } from '@nestjs/common';
import { AnchorsRepository } from './anchors.repository.js';
import { BatchesRepository } from './batches.repository.js';
import { TransactionsRepository } from './transactions.repository.js';

/** The tables of anchoring. */
@Injectable()
export class AnchoringRows {
  constructor(
    readonly batches: BatchesRepository,
    readonly anchors: AnchorsRepository,
    readonly transactions: TransactionsRepository,
  ) {}
}
