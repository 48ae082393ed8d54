import type { Brand } from '../kernel/index.js';

export type DocumentId = Brand<string, 'DocumentId'>;

/** What issuing answers. */
export type IssuedDocument = {
  readonly id: DocumentId;
  readonly number: string;
  /** The document's own address on the chain, EIP-55; printed on it, final before anything is anchored. */
  readonly documentAddress: string;
  readonly issuedAt: Date;
};

/** A document as it is stored; its content is encrypted. */
export type StoredDocument = IssuedDocument & {
  readonly issuerId: string;
  readonly kind: string;
  readonly docId: Uint8Array;
  readonly wrappedSecret: Uint8Array;
  readonly coreCipher: Uint8Array;
  readonly renderedAt: Date | null;
  /** Where its kind's life cycle has led it; `lifeCycle.initial` when nothing has happened to it. */
  readonly status: string;
  /** Its number with its issuer, from 0: where it stands in the issuer's status lists. */
  readonly statusIndex: number;
};

/** Something that happened to a document. Event 0 is its issue; each carries the leaf of the one before. */
export type DocumentEvent = {
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  /** Null until it is fixed: the leaf of event 0 needs the digest of the PDF. */
  readonly leaf: Uint8Array | null;
  readonly previousLeaf: Uint8Array | null;
  /** Null for event 0, which says nothing besides the document itself. */
  readonly payloadCipher: Uint8Array | null;
};
