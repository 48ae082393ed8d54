import { Injectable } from '@nestjs/common';
import { TransactionsRepository } from '../../anchoring/index.js';
import { RevocationsRepository } from './revocations.repository.js';

/** The tables that revocations are brought to chains from. */
@Injectable()
export class RevocationRows {
  constructor(
    readonly revocations: RevocationsRepository,
    readonly transactions: TransactionsRepository,
  ) {}
}
