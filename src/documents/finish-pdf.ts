import type { UnsignedPdf } from '../platform/signing/index.js';

/** Makes a drawn file final. The same file of the same issuer MUST give the same bytes: its digest is anchored. */
export abstract class FinishPdf {
  abstract execute(issuerId: string, unsigned: UnsignedPdf): Promise<Uint8Array>;
}

/** Leaves the place of the signature empty. */
export class LeaveUnsigned extends FinishPdf {
  override execute(_issuerId: string, { bytes }: UnsignedPdf): Promise<Uint8Array> {
    return Promise.resolve(bytes);
  }
}
