import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../platform/database/index.js';
import type { Import, SettledRow } from './import.js';
import { ImportNotFound } from './imports.errors.js';
import { ImportsRepository, type RowFilter } from './imports.repository.js';

/** What an issuer may read of its own imports. Another issuer's import is not found. */
@Injectable()
export class ReadImports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
  ) {}

  /** Throws `ImportNotFound`. */
  one(issuerId: string, id: string): Promise<Import> {
    return this.unitOfWork.run((tx) => this.findOrThrow(tx, issuerId, id), { issuerId });
  }

  /** The rows that are done with, by line. Throws `ImportNotFound`. */
  rows(issuerId: string, id: string, filter: RowFilter): Promise<SettledRow[]> {
    return this.unitOfWork.run(
      async (tx) => this.imports.listSettled(tx, await this.findOrThrow(tx, issuerId, id), filter),
      { issuerId },
    );
  }

  private async findOrThrow(tx: Tx, issuerId: string, id: string): Promise<Import> {
    const found = await this.imports.findImport(tx, issuerId, id);
    if (found === null) {
      throw new ImportNotFound();
    }
    return found;
  }
}
