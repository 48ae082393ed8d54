import 'reflect-metadata';
import { renderInvoice } from '../../src/invoices/invoice.pdf.js';
import { signPdf, signatureRoom } from '../../src/platform/signing/index.js';
import { buildAnchoredCopy } from '../../src/proof/anchored-copy/index.js';
import { benchKey, stampFor } from './issuing.js';
import type { BenchDocument } from './protocol.js';
import { serve } from './serve.js';

/** How far along the road of a document: what the first argument names, with all before it. */
const STAGES = ['drawn', 'signed', 'stamped'] as const;

const stage = STAGES.findIndex((name) => name === process.argv[2]);
const key = await benchKey();
const room = signatureRoom(key);

serve(async ({ invoice, context }: BenchDocument) => {
  const drawn = renderInvoice(invoice, { ...context, signatureRoom: room });
  if (stage === 0) {
    return drawn.bytes;
  }
  const issued = await signPdf(drawn, key);
  return stage === 1 ? issued : buildAnchoredCopy(issued, stampFor(issued, context.docId));
});
