import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../platform/http/index.js';
import { WorkingDays } from './working-days.js';

/** 自能够进行不动产登记之日起九十日内未申请登记的，预告登记失效 (民法典 221). */
const NOTICE_DAYS = 90;

/** How long an advance notice stands once the right can be registered. Until that day is known it has no term. */
@Injectable()
export class NoticeTerms {
  constructor(private readonly days: WorkingDays) {}

  /** Throws `InvalidRequest` on `registrableFrom` for a day that has not come, or so long ago that the notice is void. */
  lastDay(registrableFrom: string, today: string): string {
    if (registrableFrom > today) {
      throw refused('registrable-in-future', 'Enter this day when it has come: until then the notice has no term.');
    }
    const lastDay = this.days.endOfTerm(registrableFrom, NOTICE_DAYS);
    if (lastDay < today) {
      throw refused('term-passed', `The 90 days since then were over on ${lastDay}.`);
    }
    return lastDay;
  }
}

function refused(rule: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field: 'registrableFrom', code: `certificates.${rule}`, message }]);
}
