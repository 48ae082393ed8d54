import { Injectable } from '@nestjs/common';
import { SubmitLeaf } from '../anchoring/index.js';
import { DomainError } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork, type Tx } from '../platform/database/index.js';
import { Logger, Metrics } from '../platform/observability/index.js';
import type { StoredDocument } from './document.js';
import { isDatabaseFailure } from './documents.errors.js';
import { DocumentFilesRepository } from './document-files.repository.js';
import { DrawDocument, type DrawnDocument } from './draw-document.js';

/** Tells the operator how drawing goes. */
@Injectable()
export class RenderReport {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  rendered({ kind }: StoredDocument): void {
    this.metrics.documentsRendered.inc({ kind });
  }

  failed({ issuerId, id }: StoredDocument, error: Error): void {
    this.logger.error('document.render-failed', { issuerId, documentId: id, reason: error.message });
  }
}

/**
 * Step 3 of 8 — docs/WALKTHROUGH.md. Draws documents that have no PDF, stores the files and fixes the leaf of event 0.
 *
 * One transaction per chunk holds the rows while it draws: file, leaf and the anchoring of the leaf are stored together, and
 * a crash leaves the rows as they were. A document that cannot be drawn is counted and told, and does not stop the others.
 */
@Injectable()
export class RenderDocuments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: DocumentFilesRepository,
    private readonly draw: DrawDocument,
    private readonly submitLeaf: SubmitLeaf,
    private readonly settings: Settings,
    private readonly report: RenderReport,
  ) {}

  /** Draws one chunk of the issuer's documents; answers how many it took. */
  execute(issuerId: string): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const documents = await this.files.claimUndrawn(tx, issuerId, this.settings.renderChunk);
      const entries: Uint8Array[] = [];
      for (const document of documents) {
        const entry = await this.renderOne(tx, document);
        entries.push(...(entry === null ? [] : [entry]));
      }
      if (entries.length > 0) {
        await this.submitLeaf.execute(tx, issuerId, entries);
      }
      return documents.length;
    });
  }

  private async renderOne(tx: Tx, document: StoredDocument): Promise<Uint8Array | null> {
    let drawn: DrawnDocument;
    try {
      drawn = await this.draw.execute(document);
    } catch (error) {
      if (isDatabaseFailure(error)) {
        throw error;
      }
      this.report.failed(document, error as Error);
      await this.files.recordFailure(tx, document, nameOf(error as Error));
      return null;
    }
    await this.files.storeIssued(tx, document, drawn);
    this.report.rendered(document);
    return drawn.entry;
  }
}

/** What an operator sees in the row: never the message, which may repeat content. */
function nameOf(error: Error): string {
  return error instanceof DomainError ? error.code : error.name;
}
