import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { Metrics } from '../platform/observability/index.js';
import { DocumentFilesRepository } from './document-files.repository.js';

/** Gauges a worker answers: is drawing keeping up, and does anything wait for a person? */
@Injectable()
export class DocumentsMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
    private readonly files: DocumentFilesRepository,
  ) {}

  onModuleInit(): void {
    const undrawn = () => this.unitOfWork.run((tx) => this.files.undrawn(tx));
    this.metrics.observe(
      'chopmark_documents_undrawn',
      'Documents without a PDF yet',
      async () => (await undrawn()).waiting,
    );
    this.metrics.observe(
      'chopmark_documents_undrawable',
      'Documents whose drawing failed for good',
      async () => (await undrawn()).givenUp,
    );
    this.metrics.observe(
      'chopmark_documents_oldest_undrawn_seconds',
      'Age of the oldest document without a PDF',
      async () => (await undrawn()).oldestSeconds,
    );
    this.metrics.observe('chopmark_outbox_oldest_seconds', 'Age of the oldest wish that was not queued yet', () =>
      this.unitOfWork.run(async (tx) => {
        const [row] = await tx.query<{ age: string | null }>(
          'select extract(epoch from now() - min(created_at)) as age from outbox',
        );
        return Number(row?.age ?? 0);
      }),
    );
  }
}
