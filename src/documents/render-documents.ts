import { Injectable } from '@nestjs/common';
import { SubmitLeaf } from '../anchoring/index.js';
import { IssuerSigning } from '../identity/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Logger, Metrics } from '../platform/observability/index.js';
import { CannotSignNow } from '../platform/signing/index.js';
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

  /** Documents of this issuer cannot be signed now; an operator may have to do something, and the message says what. */
  waits(issuerId: string, { code, message }: CannotSignNow): void {
    this.logger.warn('document.signing-waits', { issuerId, code, reason: message });
  }

  failed({ issuerId, id }: StoredDocument, { fault }: RenderFailure): void {
    this.logger.error('document.render-failed', { issuerId, documentId: id, ...fault });
  }
}

/**
 * Step 3 of 8 — docs/WALKTHROUGH.md. Draws and signs documents that have no PDF, stores the files and fixes the leaf of event 0.
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
    private readonly signing: IssuerSigning,
    private readonly report: RenderReport,
  ) {}

  /**
   * Draws and signs one chunk of the issuer's documents; answers how many it took. Throws `CannotSignNow`, and then nothing
   * has happened: the documents wait and none of them is counted as failed.
   */
  async execute(issuerId: string, limit: number): Promise<number> {
    const signer = await this.signing.signerOf(issuerId);
    return this.unitOfWork.run(async (tx) => {
      const documents = await this.files.claimUndrawn(tx, issuerId, limit);
      const outcomes = await this.draw.execute(documents, signer);
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
