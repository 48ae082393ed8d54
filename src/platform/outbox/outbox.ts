import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/index.js';
import type { JobDefinition, JobPayload } from '../queue/index.js';

/** Wakes a job after the commit, and only if there is one: the wish is a row of the same transaction. */
@Injectable()
export class Outbox {
  async append<Payload extends JobPayload>(tx: Tx, job: JobDefinition<Payload>, payload: Payload): Promise<void> {
    await tx.query('insert into outbox (topic, payload) values ($1, $2)', [job.name, payload]);
  }
}
