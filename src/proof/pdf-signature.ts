import { PdfUnreadable, readPdf, type OpenedCopy, type PdfFile } from './anchored-copy/index.js';
import { checkPdfSignature, type SignaturePlace, type SignatureTrust } from './signature.check.js';
import { unknown, type Fact } from './verdict.js';
import type { Subtle } from './verify-signature.js';

/** A PDF, and what `openAnchoredCopy` found in it. */
export type OpenedPdf = { readonly pdf: Uint8Array; readonly copy?: OpenedCopy | undefined };

/** What a signature covers. `file` is the same, when it was opened already. */
export type IssuedPart = { readonly bytes: Uint8Array; readonly file?: PdfFile | undefined };

/** The issued part of an anchored copy, which its signature covers; of anything else the whole file. */
export function issuedPartOf({ pdf, copy }: OpenedPdf): IssuedPart {
  if (copy === undefined || !('issuedLength' in copy)) {
    return { bytes: pdf };
  }
  const file = copy.kind === 'anchored' ? (copy.issuedFile ?? undefined) : undefined;
  return { bytes: pdf.subarray(0, copy.issuedLength), file };
}

/** Is the issued part signed by whom `trust` names? Never throws for anything in the bytes. */
export async function checkSignatureIn(
  issued: IssuedPart,
  trust: SignatureTrust,
  subtle: Subtle = globalThis.crypto.subtle,
): Promise<Fact> {
  try {
    return await checkPdfSignature(issued.bytes, signaturePlaceIn(issued), trust, subtle);
  } catch (error) {
    if (error instanceof PdfUnreadable) {
      return unknown('signature', 'file-unreadable');
    }
    throw error;
  }
}

function signaturePlaceIn({ bytes, file }: IssuedPart): SignaturePlace | null {
  const signature = (file ?? readPdf(bytes)).signature('signature');
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
export function addressNamedIn({ bytes, file }: IssuedPart): string | null {
  try {
    return (file ?? readPdf(bytes)).textIn('Info', 'Keywords') ?? null;
  } catch {
    // Not a file that we could have written.
    return null;
  }
}
