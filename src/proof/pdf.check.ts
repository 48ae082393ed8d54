import { toHex } from '../kernel/index.js';
import type { CopyFault, CopyTools, OpenedCopy } from './anchored-copy/index.js';
import type { DocumentUnderTest } from './document-under-test.js';
import { fails, holds, notApplicable } from './verdict.js';
import type { Fact } from './verdict.js';

/** A PDF at hand. */
export type PdfAtHand = {
  readonly pdf?: Uint8Array;
  /** What `openAnchoredCopy` found in it. Without it only the issued file itself can be told from an altered one. */
  readonly copy?: OpenedCopy;
};

/** The fact about each part of a copy that is not what it should be. */
const FAULTS: Readonly<Record<CopyFault, string>> = {
  'prefix-changed': 'pdf-prefix-changed',
  'append-changed': 'append-changed',
  'bytes-after-append': 'bytes-after-append',
  'bytes-after-issue': 'bytes-after-issue',
  'attachment-changed': 'attachment-changed',
  'not-wholly-signed': 'not-wholly-signed',
};

/** Is this file the PDF that was issued, or the issued PDF with its stamp? And if not: which part is another? */
export async function checkPdf(
  document: DocumentUnderTest,
  { pdf, copy }: PdfAtHand,
  sha256: CopyTools['sha256'],
): Promise<Fact[]> {
  if (pdf === undefined) {
    return [notApplicable('integrity', 'pdf-not-given')];
  }
  const issued = document.field('pdf.sha256');
  if (toHex(await sha256(pdf)) === issued) {
    return [holds('integrity', 'pdf-holds')];
  }
  if (copy === undefined || !('faults' in copy)) {
    return [fails('integrity', 'pdf-changed')];
  }
  return partsOf(copy, issued);
}

function partsOf({ faults, issuedSha256 }: Extract<OpenedCopy, { issuedSha256: string }>, issued: string): Fact[] {
  const wrong = factsOfFaults(faults);
  if (issuedSha256 !== issued) {
    return wrong.length === 0 ? [fails('integrity', 'pdf-prefix-changed')] : wrong;
  }
  return [holds('integrity', 'pdf-holds'), ...(wrong.length === 0 ? [holds('integrity', 'append-holds')] : wrong)];
}

/** What is wrong with a copy, as facts. */
export function factsOfFaults(faults: readonly CopyFault[]): Fact[] {
  return faults.map((fault) => fails('integrity', FAULTS[fault]));
}
