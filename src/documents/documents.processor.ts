import { Injectable } from '@nestjs/common';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { DocumentFilesRepository } from './document-files.repository.js';
import { renderDocumentsJob } from './documents.jobs.js';
import { RenderDocuments } from './render-documents.js';

@Injectable()
export class RenderDocumentsHandler extends JobHandler<{ issuerId: string }> {
  override readonly job = renderDocumentsJob;
  override readonly sweepEveryMs = 5_000;

  constructor(
    private readonly render: RenderDocuments,
    private readonly files: DocumentFilesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
  ) {
    super();
  }

  override async handle({ issuerId }: { issuerId: string }, stopping: AbortSignal): Promise<void> {
    if (!this.settings.renderEnabled) {
      return;
    }
    while (!stopping.aborted && (await this.render.execute(issuerId)) > 0) {
      // More may have been issued meanwhile.
    }
  }

  override async findDue(): Promise<{ issuerId: string }[]> {
    if (!this.settings.renderEnabled) {
      return [];
    }
    const issuers = await this.unitOfWork.run((tx) => this.files.issuersToDraw(tx));
    return issuers.map((issuerId) => ({ issuerId }));
  }
}
