import { PdfUnreadable, readPdf, type OpenedCopy } from './anchored-copy/index.js';
import { checkPdfSignature, type SignaturePlace, type SignatureTrust } from './signature.check.js';
import { unknown, type Fact } from './verdict.js';
import type { Subtle } from './verify-signature.js';

/** A PDF, and what `openAnchoredCopy` found in it. */
export type OpenedPdf = { readonly pdf: Uint8Array; readonly copy?: OpenedCopy | undefined };

/** The issued part of an anchored copy, which its signature covers; of anything else the whole file. */
export function issuedPartOf({ pdf, copy }: OpenedPdf): Uint8Array {
  return copy !== undefined && 'issuedLength' in copy ? pdf.subarray(0, copy.issuedLength) : pdf;
}

/** Is the issued part signed by whom `trust` names? Never throws for anything in the bytes. */
export async function checkSignatureIn(
  issued: Uint8Array,
  trust: SignatureTrust,
  subtle: Subtle = globalThis.crypto.subtle,
): Promise<Fact> {
  try {
    return await checkPdfSignature(issued, signaturePlaceIn(issued), trust, subtle);
  } catch (error) {
    if (error instanceof PdfUnreadable) {
      return unknown('signature', 'file-unreadable');
    }
    throw error;
  }
}

function signaturePlaceIn(issued: Uint8Array): SignaturePlace | null {
  const signature = readPdf(issued).signature('signature');
  if (signature === undefined) {
    return null;
  }
  const { byteRange } = signature;
  return { byteRange, contentsAt: byteRange[1], contentsEnd: byteRange[2] };
}

/**
 * The document address that the file itself names, in the keywords of its information dictionary, where our writer puts
 * it; null when there is none. Who signed the file signed this too.
 */
export function addressNamedIn(issued: Uint8Array): string | null {
  try {
    const file = readPdf(issued);
    return file.textIn('Info', 'Keywords') ?? null;
  } catch {
    // Not a file that we could have written.
    return null;
  }
}
