import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import type { VerificationReport } from './verification-report.js';

/** Time for a block to hold the root, besides what the batch may take. */
const BLOCK_ALLOWANCE_MS = 15_000;
const SOON_MS = 10_000;

/** When a verification was made, and when a pending document should be on the chain. */
@Injectable()
export class VerificationTimes {
  readonly chainId: number;

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    this.chainId = settings.chainId;
  }

  of(pendingSince: Date | undefined): Pick<VerificationReport, 'checkedAt' | 'expectedAt'> {
    const checkedAt = this.clock.now();
    if (pendingSince === undefined) {
      return { checkedAt, expectedAt: null };
    }
    const { anchorBatchMaxAgeMs, anchorPollMs } = this.settings;
    const planned = pendingSince.getTime() + anchorBatchMaxAgeMs + 2 * anchorPollMs + BLOCK_ALLOWANCE_MS;
    return { checkedAt, expectedAt: new Date(Math.max(planned, checkedAt.getTime() + SOON_MS)) };
  }
}
