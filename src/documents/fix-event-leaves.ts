import { Injectable } from '@nestjs/common';
import { SubmitLeaf } from '../anchoring/index.js';
import { faultOf } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork, type Tx } from '../platform/database/index.js';
import { Logger } from '../platform/observability/index.js';
import { isDatabaseFailure } from './documents.errors.js';
import { DrawDocument } from './draw-document.js';
import { EventsRepository, placeOf, type UnfixedEvent } from './events.repository.js';
import { OpenEvent } from './open-event.js';

/** Opens the documents of events. */
@Injectable()
export class EventDocuments {
  constructor(
    private readonly draw: DrawDocument,
    private readonly openEvent: OpenEvent,
  ) {}

  /** Throws `SealBroken` when the document or the event was altered. */
  async leafOf(event: UnfixedEvent, previousLeaf: Uint8Array): Promise<Uint8Array> {
    return this.openEvent.seal(await this.draw.open(event.document), event, previousLeaf).leaf;
  }
}

/**
 * Fixes the leaves of events in their order, each over the leaf before it, and hands them over to be anchored.
 *
 * One transaction per chunk holds the events: leaf and the anchoring of the leaf are stored together, and a crash leaves
 * them as they were. A leaf MUST never change once it is fixed. An event whose predecessor has no leaf yet waits: the
 * first leaf of a document comes with its PDF. What cannot be opened is counted and told, and holds up its own document only.
 */
@Injectable()
export class FixEventLeaves {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventsRepository,
    private readonly documents: EventDocuments,
    private readonly submitLeaf: SubmitLeaf,
    private readonly settings: Settings,
    private readonly logger: Logger,
  ) {}

  /** Fixes one chunk of the issuer's events; answers how many leaves it fixed. */
  execute(issuerId: string): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const events = await this.events.claimUnfixed(tx, issuerId, this.settings.renderChunk);
      const leaves = await this.events.findLeavesBefore(tx, issuerId, events);
      const fixed: Uint8Array[] = [];
      for (const event of events) {
        const previousLeaf = leaves.get(placeOf(event.document.id, event.seq - 1));
        const leaf = previousLeaf && (await this.fixOne(tx, event, previousLeaf));
        if (leaf !== undefined) {
          leaves.set(placeOf(event.document.id, event.seq), leaf);
          fixed.push(leaf);
        }
      }
      if (fixed.length > 0) {
        await this.submitLeaf.execute(tx, issuerId, fixed);
      }
      return fixed.length;
    });
  }

  private async fixOne(tx: Tx, event: UnfixedEvent, previousLeaf: Uint8Array): Promise<Uint8Array | undefined> {
    try {
      const leaf = await this.documents.leafOf(event, previousLeaf);
      await this.events.fixLeaf(tx, event, { leaf, previousLeaf });
      return leaf;
    } catch (error) {
      if (isDatabaseFailure(error)) {
        throw error;
      }
      const { issuerId, id } = event.document;
      this.logger.error('document.event-failed', {
        ...{ issuerId, documentId: id, seq: event.seq },
        ...faultOf(error),
      });
      await this.events.recordFailure(tx, event);
      return undefined;
    }
  }
}
