import type { Bilingual } from '../life-cycle.js';

/** What the drawing of a document needs besides its core data. */
export type RenderContext = {
  readonly docId: string;
  /** CAIP-10: `eip155:<chain id>:<address>`. */
  readonly documentAddress: string;
  readonly verifyUrl: string;
  /** What people call the chain; absent when nobody said. */
  readonly networkName?: string;
  /** The salted core data as JSON, to be attached to the PDF. */
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
  /** What to print across every page of a copy of a document that is no longer in force. The issued file never has it. */
  readonly mark?: Bilingual;
  /** Bytes that the signature needs, when it is more than usual. */
  readonly signatureRoom?: number;
};
