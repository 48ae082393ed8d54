import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { Metrics } from '../../platform/observability/index.js';
import { StatusListTiming } from './status-list-timing.js';
import { StatusListsRepository } from './status-lists.repository.js';

/** A gauge a worker answers: are lists signed often enough? */
@Injectable()
export class StatusListsMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: StatusListsRepository,
    private readonly timing: StatusListTiming,
  ) {}

  onModuleInit(): void {
    this.metrics.observe('chopmark_status_lists_oldest_seconds', 'Age of the oldest status list', async () => {
      const oldest = await this.unitOfWork.run((tx) => this.lists.oldest(tx));
      return oldest === null ? 0 : this.timing.secondsSince(oldest);
    });
  }
}
