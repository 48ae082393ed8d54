import { drawAway } from './composition/draw-away.js';

/** What a drawing thread of the worker does (`RenderThreads`). */
export default drawAway;
