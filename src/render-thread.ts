import { drawAway } from './composition/draw-away.js';
import { prepareToDraw } from './composition/renderers.js';

prepareToDraw();

/** What a drawing thread of the worker does (`RenderThreads`). */
export default drawAway;
