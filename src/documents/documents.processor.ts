import { Injectable } from '@nestjs/common';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { CannotSignNow } from '../platform/signing/index.js';
import { DocumentFilesRepository } from './document-files.repository.js';
import { EventsRepository } from './events.repository.js';
import { FixEventLeaves } from './fix-event-leaves.js';
import { fixEventLeavesJob, renderDocumentsJob } from './documents.jobs.js';
import { RenderDocuments, RenderReport } from './render-documents.js';

@Injectable()
class RenderDocumentsHandler extends JobHandler<{ issuerId: string }> {
  override readonly job = renderDocumentsJob;
  override readonly sweepEveryMs = 5_000;

  constructor(
    private readonly render: RenderDocuments,
    private readonly files: DocumentFilesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly report: RenderReport,
  ) {
    super();
  }

  override async handle({ issuerId }: { issuerId: string }, stopping: AbortSignal): Promise<void> {
    if (!this.settings.renderEnabled) {
      return;
    }
    try {
      while (!stopping.aborted && (await this.render.execute(issuerId, this.settings.renderChunk)) > 0) {
        // More may have been issued meanwhile.
      }
    } catch (error) {
      if (!(error instanceof CannotSignNow)) {
        throw error;
      }
      // The sweep comes back as long as documents wait.
      this.report.waits(issuerId, error);
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

@Injectable()
class FixEventLeavesHandler extends JobHandler<{ issuerId: string }> {
  override readonly job = fixEventLeavesJob;
  override readonly sweepEveryMs = 2_000;

  constructor(
    private readonly fix: FixEventLeaves,
    private readonly events: EventsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async handle({ issuerId }: { issuerId: string }): Promise<void> {
    while ((await this.fix.execute(issuerId)) > 0) {
      // More may have happened meanwhile.
    }
  }

  override async findDue(): Promise<{ issuerId: string }[]> {
    const issuers = await this.unitOfWork.run((tx) => this.events.issuersToFix(tx));
    return issuers.map((issuerId) => ({ issuerId }));
  }
}

/** The job handlers that a worker runs. */
export const documentHandlers = [RenderDocumentsHandler, FixEventLeavesHandler];
