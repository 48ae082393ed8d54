import { drawBatch } from './composition/renderers.js';

/** What a drawing thread of the worker does (`RenderThreads`). */
export default drawBatch;
