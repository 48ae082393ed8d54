import { CERTIFICATE_RENDERER } from '../certificates/renderer/index.js';
import { prepareAll, renderAll, renderersOf, type Rendered, type RenderTask } from '../documents/drawing/index.js';
import { INVOICE_RENDERER } from '../invoices/renderer/index.js';
import { RECEIPT_RENDERER } from '../receipts/renderer/index.js';

/** Everything that draws, in whichever thread. */
export const RENDERERS = renderersOf(INVOICE_RENDERER, CERTIFICATE_RENDERER, RECEIPT_RENDERER);

export function prepareToDraw(): void {
  prepareAll(RENDERERS);
}

export function drawBatch(tasks: readonly RenderTask[]): Rendered[] {
  return renderAll(tasks, RENDERERS);
}
