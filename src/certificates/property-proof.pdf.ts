import type { RenderContext } from '../documents/index.js';
import type { RecordStripContext } from '../platform/pdf/index.js';
import type { UnsignedPdf } from '../platform/signing/index.js';
import { layOutRegistered, renderRegistered, type RegisteredLayout } from './certificate.pdf.js';
import type { PropertyProof } from './certificate.js';
import { PROOF_STATEMENT, proofNotes, proofRows } from './registered.pdf.words.js';

export function layOutProof(proof: PropertyProof, context: RecordStripContext): RegisteredLayout {
  const content = {
    document: proof,
    heading: { zh: '不动产登记证明', en: 'Real Estate Registration Proof' },
    rows: proofRows(proof),
    notes: proofNotes(proof),
    statement: PROOF_STATEMENT,
    hasMap: false,
  };
  return layOutRegistered(content, context, {});
}

/** Draws a 不动产登记证明: one A4 page, and an annex when texts are long. The same input gives the same bytes. */
export function renderProof(proof: PropertyProof, context: RenderContext): UnsignedPdf {
  return renderRegistered(proof, layOutProof(proof, context), context);
}
