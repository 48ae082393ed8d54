import { Injectable } from '@nestjs/common';
import { evidenceAnchors, ReadProof, type PlaceInBatch } from '../anchoring/index.js';
import { to0x } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import {
  buildAnchoredCopy,
  documentEntry,
  PdfUnreadable,
  stampOf,
  wrapDocument,
  type AnchorStamp,
} from '../proof/index.js';
import type { StoredDocument } from './document.js';
import { NoRoomForStamp } from './documents.errors.js';
import { DrawDocument } from './draw-document.js';
import { EventsRepository } from './events.repository.js';
import { ReadDocuments } from './read-documents.js';

export type AnchoredFile = { readonly document: StoredDocument; readonly pdf: Uint8Array };
export type NotYet = { readonly pending: 'rendering' | 'anchoring' };

type FirstEvent = { readonly leaf: Uint8Array; readonly at: Date; readonly place: PlaceInBatch };

/**
 * Step 7 of 8 — docs/WALKTHROUGH.md. Stamps the issued PDF with where the chain holds it, each time it is asked for: the
 * copy is never stored, so after a reorganisation the next one names the new block, on the same issued bytes.
 */
@Injectable()
export class StampDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly read: ReadDocuments,
    private readonly draw: DrawDocument,
    private readonly events: EventsRepository,
    private readonly readProof: ReadProof,
  ) {}

  /** Throws `DocumentNotFound`, `RenderingFailed`; `NoRoomForStamp` for a file of an older form. */
  async execute(issuerId: string, id: string): Promise<AnchoredFile | NotYet> {
    const document = await this.read.one(issuerId, id);
    const first = await this.firstEvent(document);
    if (first === null) {
      // Says so when it can never be drawn.
      const file = await this.read.issuedFile(issuerId, id);
      return { pending: file === null ? 'rendering' : 'anchoring' };
    }
    const stamp = await this.stampFor(document, first);
    const file = stamp === null ? null : await this.read.issuedFile(issuerId, id);
    return stamp === null || file === null ? { pending: 'anchoring' } : { document, pdf: stamped(file.pdf, stamp) };
  }

  /** Null until its leaf is fixed and in a batch. */
  private firstEvent({ issuerId, id, docId }: StoredDocument): Promise<FirstEvent | null> {
    return this.unitOfWork.run(
      async (tx) => {
        const [event] = await this.events.findEvents(tx, issuerId, id);
        if (event === undefined || event.leaf === null) {
          return null;
        }
        const place = await this.readProof.execute(tx, issuerId, documentEntry(event.leaf, docId));
        return place?.state === 'sealed' ? { leaf: event.leaf, at: event.at, place } : null;
      },
      { issuerId },
    );
  }

  /** Null while no chain holds the root. Derives envelope and leaf again: what is stamped is what is anchored. */
  private async stampFor(document: StoredDocument, { leaf, at, place }: FirstEvent): Promise<AnchorStamp | null> {
    const opened = await this.draw.open(document);
    const anchors = evidenceAnchors(place, opened.profile.issuer.store);
    const sha256 = await this.read.issuedDigest(document.issuerId, document.id);
    if (sha256 === null || anchors.length === 0) {
      return null;
    }
    return stampOf({
      document: wrapDocument({
        saltedData: this.draw.envelopeOf(opened, sha256).data,
        targetHash: leaf,
        proof: [document.docId, ...place.proof],
        merkleRoot: place.root,
      }),
      docId: to0x(document.docId),
      events: [{ seq: 0, type: 'issued', at: at.toISOString(), leaf: to0x(leaf) }],
      anchors,
    });
  }
}

function stamped(issued: Uint8Array, stamp: AnchorStamp): Uint8Array {
  try {
    return buildAnchoredCopy(issued, stamp);
  } catch (error) {
    throw error instanceof PdfUnreadable ? new NoRoomForStamp() : error;
  }
}
