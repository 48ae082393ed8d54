import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { JobHandler } from '../../platform/queue/index.js';
import { processImportJob } from './imports.jobs.js';
import { ImportsRepository } from './imports.repository.js';
import { ProcessImport } from './process-import.js';

@Injectable()
export class ProcessImportHandler extends JobHandler<{ issuerId: string }> {
  override readonly job = processImportJob;
  override readonly sweepEveryMs = 5_000;

  constructor(
    private readonly process: ProcessImport,
    private readonly imports: ImportsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async handle({ issuerId }: { issuerId: string }, stopping: AbortSignal): Promise<void> {
    // A long import does not hold up the end of the process: another worker's sweep goes on with it.
    while (!stopping.aborted && (await this.process.execute(issuerId))) {
      // The next rows, or the next import.
    }
  }

  override async findDue(): Promise<{ issuerId: string }[]> {
    const issuers = await this.unitOfWork.run((tx) => this.imports.issuersWithUnfinished(tx));
    return issuers.map((issuerId) => ({ issuerId }));
  }
}
