import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { Rendered, RenderTask } from '../documents/drawing/index.js';
import { drawBatch } from './renderers.js';

/**
 * What a drawing thread does: draws a batch, and hands the files over instead of copying them. The thread MUST NOT touch
 * them afterwards; it keeps none.
 */
export function drawAway(tasks: readonly RenderTask[]): Rendered[] {
  const rendered = drawBatch(tasks);
  const handedOver = {
    [transferableSymbol]: rendered.flatMap((each) => ('bytes' in each ? ownBufferOf(each.bytes) : [])),
    [valueSymbol]: rendered,
  };
  // Piscina puts the value in its place again on the other side.
  return move(handedOver) as unknown as Rendered[];
}

/** Smaller ones may lie in the pool that Node cuts small buffers from: they are copied after all. */
function ownBufferOf({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && byteLength > Buffer.poolSize ? [buffer] : [];
}
