import { Injectable } from '@nestjs/common';
import { ReadProof, type PlaceInBatch } from '../anchoring/index.js';
import {
  DocumentFilesRepository,
  DrawDocument,
  entryOf,
  OpenEvent,
  ReadDocuments,
  type DocumentEvent,
  type OpenedDocument,
  type StoredDocument,
} from '../documents/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { EvidenceBundle } from '../proof/index.js';
import { makeBundle, type BundleEvent } from './make-bundle.js';

/** A document with all that can be said about it so far. */
export type Evidence = {
  readonly document: StoredDocument;
  readonly opened: OpenedDocument;
  /** Oldest first. */
  readonly events: readonly DocumentEvent[];
  readonly progress:
    | { readonly stage: 'rendering' }
    /**
     * The document's leaf is fixed and waits for its batch: the bundle's proof leads to a batch of one, and it names no
     * anchor. Later events may be further behind at any stage.
     */
    | { readonly stage: 'batching'; readonly bundle: EvidenceBundle }
    | { readonly stage: 'sealed'; readonly bundle: EvidenceBundle };
};

type Stored = {
  readonly leaf: Uint8Array;
  readonly pdfSha256: Uint8Array;
  /** Where each event's entry stands, in their order; null while it waits for its batch. */
  readonly places: readonly (PlaceInBatch | null)[];
};

/** Puts together what a stand-alone verifier needs. Derives every digest again from the stored content. */
@Injectable()
export class AssembleEvidence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly read: ReadDocuments,
    private readonly openEvent: OpenEvent,
    private readonly files: DocumentFilesRepository,
    private readonly draw: DrawDocument,
    private readonly readProof: ReadProof,
  ) {}

  /** Throws `DocumentNotFound`; `SealBroken` when the stored content was altered. */
  async execute(issuerId: string, documentId: string): Promise<Evidence> {
    const document = await this.read.one(issuerId, documentId);
    const opened = await this.draw.open(document);
    const { events, stored } = await this.readStored(document);
    if (stored === null) {
      return { document, opened, events, progress: { stage: 'rendering' } };
    }
    const { leaf, pdfSha256, places } = stored;
    const place = places[0] ?? null;
    const { data } = this.draw.envelopeOf(opened, pdfSha256);
    const bundle = makeBundle({
      ...{ leaf, pdfSha256, place, data },
      events: events.map((event, index) => this.withEvidence(opened, event, places[index] ?? null)),
      docId: document.docId,
      store: opened.profile.issuer.store,
      statusEntries: this.draw.statusEntriesOf(document, opened.profile.issuer),
    });
    return { document, opened, events, progress: { stage: place === null ? 'batching' : 'sealed', bundle } };
  }

  private withEvidence(opened: OpenedDocument, event: DocumentEvent, place: PlaceInBatch | null): BundleEvent {
    return { ...event, data: this.openEvent.dataOf(opened, event), place };
  }

  private readStored(document: StoredDocument): Promise<{ events: readonly DocumentEvent[]; stored: Stored | null }> {
    const { issuerId, id } = document;
    return this.unitOfWork.run(
      async (tx) => {
        const pdfSha256 = await this.files.findIssuedDigest(tx, issuerId, id);
        const events = await this.openEvent.find(tx, issuerId, id);
        const leaf = events[0]?.leaf ?? null;
        if (pdfSha256 === null || leaf === null) {
          return { events, stored: null };
        }
        // Leaves are fixed in their order: those that have one come first.
        const entries = events.flatMap((event) => entryOf(document, event) ?? []);
        const proofs = await this.readProof.executeMany(tx, issuerId, entries);
        const places = proofs.map((proof) => (proof?.state === 'sealed' ? proof : null));
        return { events, stored: { leaf, pdfSha256, places } };
      },
      { issuerId },
    );
  }
}
