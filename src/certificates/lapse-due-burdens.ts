import { Injectable } from '@nestjs/common';
import { IssuerProfiles } from '../identity/index.js';
import { Clock, toChinaDate } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { LapseBurdens } from './lapse-burdens.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import type { UnitNumber } from './unit-number.js';

const UNITS_AT_ONCE = 100;

/** Looks for burdens whose term is over and records it, on units that nobody asks for an act on. */
@Injectable()
export class LapseDueBurdens {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly register: PropertyRegisterRepository,
    private readonly lapse: LapseBurdens,
    private readonly clock: Clock,
  ) {}

  issuers(): Promise<string[]> {
    return this.unitOfWork.run((tx) => this.register.issuersWithLapsed(tx, toChinaDate(this.clock.now())));
  }

  /**
   * Each unit in a transaction of its own; answers how many there were. Throws the first failure after it has tried the
   * others, so that one unit holds up none of them.
   */
  async execute(issuerId: string): Promise<number> {
    const today = toChinaDate(this.clock.now());
    const due = await this.unitOfWork.run(
      (tx) => this.register.unitsWithLapsed(tx, issuerId, { today, limit: UNITS_AT_ONCE }),
      { issuerId },
    );
    const outcomes: PromiseSettledResult<void>[] = [];
    for (const unitNo of due) {
      outcomes.push(...(await Promise.allSettled([this.lapseUnit(issuerId, unitNo)])));
    }
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
    return due.length;
  }

  private async lapseUnit(issuerId: string, unitNo: UnitNumber): Promise<void> {
    const profile = await this.profiles.get(issuerId);
    await this.unitOfWork.run(
      async (tx) => {
        await this.register.lockUnit(tx, issuerId, unitNo);
        const now = this.clock.now();
        const certificateId = await this.register.currentOf(tx, issuerId, unitNo);
        await this.lapse.execute({ tx, profile, issuerId, unitNo, now, today: toChinaDate(now) }, certificateId);
      },
      { issuerId },
    );
  }
}
