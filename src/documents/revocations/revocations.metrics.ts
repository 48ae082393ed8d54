import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { Metrics } from '../../platform/observability/index.js';
import { RevocationsRepository } from './revocations.repository.js';

/** Gauges a worker answers: do revocations reach the chain? */
@Injectable()
export class RevocationsMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
    private readonly revocations: RevocationsRepository,
  ) {}

  onModuleInit(): void {
    const open = () => this.unitOfWork.run((tx) => this.revocations.open(tx));
    this.metrics.observe(
      'chopmark_revocations_open',
      'Revocations that a chain does not hold for good yet',
      async () => (await open()).count,
    );
    this.metrics.observe(
      'chopmark_revocations_oldest_open_seconds',
      'Age of the oldest revocation that a chain does not hold for good yet',
      async () => (await open()).oldestSeconds,
    );
  }
}
