import { toHex } from '../kernel/index.js';
import { isStampOf, type CopyFault, type CopyTools, type OpenedCopy } from './anchored-copy/index.js';
import type { DocumentUnderTest } from './document-under-test.js';
import { fails, holds, notApplicable, unknown } from './verdict.js';
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
  // A file that bears a stamp is no issued file: its digest need not be taken.
  if (copy?.kind !== 'anchored' && toHex(await sha256(pdf)) === issued) {
    return [holds('integrity', 'pdf-holds')];
  }
  if (copy === undefined || !('faults' in copy)) {
    const why = copy?.kind === 'incomplete' ? [unknown('integrity', 'incomplete-pdf')] : [];
    return [fails('integrity', 'pdf-changed'), ...why];
  }
  return partsOf(document, copy, issued);
}

function partsOf(document: DocumentUnderTest, copy: ReadableCopy, issued: string): Fact[] {
  const { faults, issuedSha256 } = copy;
  if (issuedSha256 !== issued) {
    return factsOfFaults([...new Set<CopyFault>(['prefix-changed', ...faults])]);
  }
  if (faults.length > 0) {
    return [holds('integrity', 'pdf-holds'), ...factsOfFaults(faults)];
  }
  // A stamp may be made by our rule and say what is not so: where the evidence comes from elsewhere, they are compared.
  const isOwn = copy.kind !== 'anchored' || isStampOf(document, copy.stamp);
  return [
    holds('integrity', 'pdf-holds'),
    isOwn ? holds('integrity', 'append-holds') : fails('integrity', 'append-changed'),
  ];
}

type ReadableCopy = Extract<OpenedCopy, { issuedSha256: string }>;

/** What is wrong with a copy, as facts. */
export function factsOfFaults(faults: readonly CopyFault[]): Fact[] {
  return faults.map((fault) => fails('integrity', FAULTS[fault]));
}
