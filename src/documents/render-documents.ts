import { Injectable } from '@nestjs/common';
import { SubmitLeaf } from '../anchoring/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Logger, Metrics } from '../platform/observability/index.js';
import type { StoredDocument } from './document.js';
import { DocumentFilesRepository } from './document-files.repository.js';
import type { DrawnDocument } from './draw-document.js';
import { DrawDocuments } from './draw-documents.js';
import type { RenderFailure } from './drawing/index.js';

/** Tells the operator how drawing goes. */
@Injectable()
export class RenderReport {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  rendered(documents: readonly StoredDocument[]): void {
    for (const { kind } of documents) {
      this.metrics.documentsRendered.inc({ kind });
    }
  }

  /** The message may repeat content: it is told here and never stored. */
  failed({ issuerId, id }: StoredDocument, { message }: RenderFailure): void {
    this.logger.error('document.render-failed', { issuerId, documentId: id, reason: message });
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
    private readonly draw: DrawDocuments,
    private readonly submitLeaf: SubmitLeaf,
    private readonly settings: Settings,
    private readonly report: RenderReport,
  ) {}

  /** Draws one chunk of the issuer's documents; answers how many it took. */
  execute(issuerId: string): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const documents = await this.files.claimUndrawn(tx, issuerId, this.settings.renderChunk);
      const outcomes = await this.draw.execute(documents);
      const drawn: (DrawnDocument & { readonly document: StoredDocument })[] = [];
      for (const [index, document] of documents.entries()) {
        const outcome = outcomes[index];
        if (outcome !== undefined && 'pdf' in outcome) {
          drawn.push({ ...outcome, document });
        } else if (outcome !== undefined) {
          this.report.failed(document, outcome);
          await this.files.recordFailure(tx, document, outcome.failed);
        }
      }
      if (drawn.length > 0) {
        await this.files.storeIssued(tx, issuerId, drawn);
        await this.submitLeaf.execute(
          tx,
          issuerId,
          drawn.map(({ entry }) => entry),
        );
        this.report.rendered(drawn.map(({ document }) => document));
      }
      return documents.length;
    });
  }
}
