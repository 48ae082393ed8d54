import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { Settings } from '../../platform/config/index.js';

/** A list is signed anew twice as often as it must be: one that is late, or a worker that is down, is no alarm yet. */
const VALID_FOR_REFRESHES = 2;

/** When lists are made again, and how long they are good for. */
@Injectable()
export class StatusListTiming {
  private readonly refreshMs: number;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
  ) {
    this.refreshMs = settings.statusListMinutes * 60_000;
  }

  /** Lists that were signed before this are signed anew. */
  builtBefore(): Date {
    return new Date(this.clock.now().getTime() - this.refreshMs);
  }

  fromNow(): { readonly validFrom: Date; readonly validUntil: Date } {
    const validFrom = this.clock.now();
    return { validFrom, validUntil: new Date(validFrom.getTime() + VALID_FOR_REFRESHES * this.refreshMs) };
  }

  secondsSince(time: Date): number {
    return Math.max(0, (this.clock.now().getTime() - time.getTime()) / 1_000);
  }
}
