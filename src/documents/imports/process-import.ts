import { Injectable } from '@nestjs/common';
import { IssuerProfiles, type IssuerProfile } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { UnitOfWork, type Tx } from '../../platform/database/index.js';
import { CheckRows } from './check-rows.js';
import { movedTo, type OpenImport } from './import.js';
import { ImportsRepository } from './imports.repository.js';
import { IssueRows } from './issue-rows.js';

/** Which step an import is due for. */
@Injectable()
export class ImportSteps {
  constructor(
    private readonly check: CheckRows,
    private readonly issue: IssueRows,
    private readonly clock: Clock,
  ) {}

  async next(tx: Tx, open: OpenImport, profile: IssuerProfile): Promise<OpenImport> {
    switch (open.state) {
      case 'queued':
        return {
          ...movedTo(open, open.mode === 'all-or-nothing' ? 'checking' : 'issuing'),
          startedAt: this.clock.now(),
        };
      case 'checking':
        return this.check.execute(tx, open, profile);
      case 'issuing':
        return this.issue.execute(tx, open, profile);
      case 'done':
      case 'refused':
        throw new Error('A finished import was taken for an open one');
    }
  }
}

/** Brings the issuer's imports one transaction further. Any number of workers may call this at once. */
@Injectable()
export class ProcessImport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
    private readonly profiles: IssuerProfiles,
    private readonly steps: ImportSteps,
  ) {}

  /** False when nothing is left to do, or when another worker is doing it. */
  async execute(issuerId: string): Promise<boolean> {
    const profile = await this.profiles.get(issuerId);
    return this.unitOfWork.run(async (tx) => {
      const before = await this.imports.claimNext(tx, issuerId);
      if (before === null) {
        return false;
      }
      const after = await this.steps.next(tx, before, profile);
      await this.imports.saveProgress(tx, after);
      return true;
    });
  }
}
