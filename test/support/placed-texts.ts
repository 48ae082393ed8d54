import { inflateSync } from 'node:zlib';
import { ASCENT, DESCENT, type PlacedText } from '../../src/platform/pdf/index.js';

/** What the layout specs of all families ask of texts, and of the files made from them. */
export const textOf = (texts: readonly PlacedText[]): string =>
  texts.map(({ lines }) => lines.map(({ text }) => text).join('')).join('\n');

/** Whether every line stays in the text's own cell. */
export const isInside = ({ box, lines, size }: PlacedText): boolean =>
  lines.every(
    ({ x, width, baseline }) =>
      x >= box.x - 0.01 &&
      x + width <= box.x + box.width + 0.01 &&
      baseline - ASCENT * size >= box.y - 0.01 &&
      baseline + DESCENT * size <= box.y + box.height + 0.01,
  );

export const overlap = (one: PlacedText['box'], other: PlacedText['box']): boolean =>
  Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > 0.01 &&
  Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > 0.01;

/** What the compressed streams of a file hold, the operators of its pages among it. They are known by zlib's header. */
export function drawnBy(file: Uint8Array): string {
  const chunks = Buffer.from(file)
    .toString('latin1')
    .split(/\nstream\n|\nendstream/);
  return chunks
    .filter((chunk) => /^[8HXhx]/.test(chunk) && ((chunk.charCodeAt(0) << 8) | chunk.charCodeAt(1)) % 31 === 0)
    .map((chunk) => inflateSync(Buffer.from(chunk, 'latin1')).toString('latin1'))
    .join('\n');
}
