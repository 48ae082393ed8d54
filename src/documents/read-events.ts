import { Injectable } from '@nestjs/common';
import { ReadProof, type AnchorOfRoot, type ProofOfLeaf } from '../anchoring/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { CoreData } from '../proof/index.js';
import type { DocumentEvent } from './document.js';
import { EventsRepository } from './events.repository.js';
import { entryOf, OpenEvent } from './open-event.js';
import { ReadDocuments } from './read-documents.js';

/** `waiting`: its leaf is not fixed yet. `batching`: the leaf waits for its batch. Then as far as the batch's anchor is. */
export type EventAnchoring = { readonly state: 'waiting' | 'batching' } | Omit<AnchorOfRoot, 'transactionHash'>;
export type OpenedEventRecord = {
  readonly event: DocumentEvent;
  readonly payload: CoreData;
  readonly anchoring: EventAnchoring;
};

/** What happened to a document, as its issuer may see it. */
@Injectable()
export class ReadEvents {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly read: ReadDocuments,
    private readonly events: EventsRepository,
    private readonly openEvent: OpenEvent,
    private readonly readProof: ReadProof,
  ) {}

  /** Oldest first. Throws `DocumentNotFound`; `SealBroken` when what is stored was altered. */
  async execute(issuerId: string, id: string): Promise<OpenedEventRecord[]> {
    const document = await this.read.one(issuerId, id);
    const opened = await this.read.content(issuerId, id);
    const { events, proofs } = await this.unitOfWork.run(
      async (tx) => {
        const events = await this.events.findEvents(tx, issuerId, id);
        const entries = events.map((event) => entryOf(document, event));
        const fixed = entries.flatMap((entry) => entry ?? []);
        const found = await this.readProof.executeMany(tx, issuerId, fixed);
        return {
          events,
          proofs: entries.map((entry) => (entry === null ? null : (found[fixed.indexOf(entry)] ?? null))),
        };
      },
      { issuerId },
    );
    return events.map((event, index) => ({
      event,
      payload: this.openEvent.payloadOf(opened, event),
      anchoring: anchoringOf(event, proofs[index] ?? null),
    }));
  }
}

function anchoringOf({ leaf }: DocumentEvent, proof: ProofOfLeaf | null): EventAnchoring {
  const [anchor] = proof?.state === 'sealed' ? proof.anchors : [];
  if (anchor !== undefined) {
    const { chainId, state, blockNumber, blockHash, blockTime } = anchor;
    return { chainId, state, blockNumber, blockHash, blockTime };
  }
  return { state: leaf === null ? 'waiting' : 'batching' };
}
