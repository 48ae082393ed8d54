import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Chains } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import type { Backlog } from './batches.repository.js';

/** When a batch is due, and for which chains. */
@Injectable()
export class SealTiming {
  constructor(
    private readonly settings: Settings,
    private readonly chains: Chains,
    private readonly clock: Clock,
  ) {}

  get batchSize(): number {
    return this.settings.anchorBatchMaxSize;
  }

  get chainIds(): readonly number[] {
    return this.chains.all.map(({ chainId }) => chainId);
  }

  now(): Date {
    return this.clock.now();
  }

  /** Leaves submitted at or before this moment are due whatever their number. */
  dueBefore(): Date {
    return new Date(this.clock.now().getTime() - this.settings.anchorBatchMaxAgeMs);
  }

  isDue({ isFull, oldestAt }: Backlog): boolean {
    return isFull || (oldestAt !== null && oldestAt <= this.dueBefore());
  }
}
