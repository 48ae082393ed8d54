import { Injectable } from '@nestjs/common';
import { ReadProof } from '../anchoring/index.js';
import {
  DocumentFilesRepository,
  DrawDocument,
  OpenEvent,
  ReadDocuments,
  type DocumentEvent,
  type OpenedDocument,
  type StoredDocument,
} from '../documents/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { documentEntry, type EvidenceBundle } from '../proof/index.js';
import { makeBundle, type BundleParts, type PlaceInBatch } from './make-bundle.js';

/** A document with all that can be said about it so far. */
export type Evidence = {
  readonly document: StoredDocument;
  readonly opened: OpenedDocument;
  /** Oldest first. */
  readonly events: readonly DocumentEvent[];
  readonly progress:
    | { readonly stage: 'rendering' }
    /** The leaf is fixed and waits for its batch: the bundle's proof leads to a batch of one, and it names no anchor. */
    | { readonly stage: 'batching'; readonly bundle: EvidenceBundle }
    | { readonly stage: 'sealed'; readonly bundle: EvidenceBundle };
};

type Stored = {
  readonly leaf: Uint8Array;
  readonly pdfSha256: Uint8Array;
  readonly place: PlaceInBatch | null;
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
    const { data } = this.draw.envelopeOf(opened, stored.pdfSha256);
    const bundle = makeBundle({
      ...stored,
      events: this.withData(opened, events),
      data,
      docId: document.docId,
      store: opened.profile.issuer.store,
    });
    return { document, opened, events, progress: { stage: stored.place === null ? 'batching' : 'sealed', bundle } };
  }

  private withData(opened: OpenedDocument, events: readonly DocumentEvent[]): BundleParts['events'] {
    return events.map((event) => ({ ...event, data: this.openEvent.dataOf(opened, event) }));
  }

  private readStored({
    issuerId,
    id,
    docId,
  }: StoredDocument): Promise<{ events: DocumentEvent[]; stored: Stored | null }> {
    return this.unitOfWork.run(
      async (tx) => {
        const file = await this.files.findIssued(tx, issuerId, id);
        const events = await this.openEvent.find(tx, issuerId, id);
        const leaf = events[0]?.leaf ?? null;
        if (file === null || leaf === null) {
          return { events, stored: null };
        }
        const place = await this.readProof.execute(tx, issuerId, documentEntry(leaf, docId));
        const stored = { leaf, pdfSha256: file.sha256, place: place?.state === 'sealed' ? place : null };
        return { events, stored };
      },
      { issuerId },
    );
  }
}
