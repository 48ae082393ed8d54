/** What drawing needs, and nothing else: threads that draw load this and no framework. */
export { DocumentPdf } from './document-pdf.js';
export { drawing, failureOf, prepareAll, renderAll, renderersOf } from './drawing.js';
export type { Drawing, Rendered, Renderer, RenderFailure, RenderTask, Renderers } from './drawing.js';
export type { RenderContext } from './render-context.js';
