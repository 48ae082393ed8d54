import { toChinaTime } from '../../kernel/index.js';
import type { StampedAnchor } from './stamped-anchor.js';

/** What stands between the parts of the line that share a row. */
const BETWEEN = ' · ';
const SHORT_HEAD = 10;
const SHORT_TAIL = 8;

/**
 * What the stamp says to people, part by part. It names the chain by its CAIP-2 id and by no name that somebody gave it,
 * the transaction by its ends; the proof has it whole. Uses characters of `STAMP_ALPHABET` only.
 */
export function statusParts({ chainId, blockNumber, blockTime, transactionHash }: StampedAnchor): string[] {
  return [
    '已上链 Anchored',
    chainId,
    ...(blockNumber === null ? [] : [`区块 Block ${blockNumber}`]),
    ...(blockTime === null ? [] : [`${toChinaTime(new Date(blockTime)).slice(0, 19).replace('T', ' ')} UTC+8`]),
    ...(transactionHash === null ? [] : [`交易 Tx ${shortHash(transactionHash)}`]),
  ];
}

/** The same as one text, for programs that read the field's value. */
export function statusText(anchor: StampedAnchor): string {
  return statusParts(anchor).join(BETWEEN);
}

function shortHash(hash: string): string {
  return `${hash.slice(0, SHORT_HEAD)}…${hash.slice(-SHORT_TAIL)}`;
}

/** Points. */
export type Space = { readonly width: number; readonly height: number };
export type PlacedLines = { readonly size: number; readonly lines: readonly string[]; readonly leading: number };

const MARGIN = 0;
const SMALLEST_SIZE = 4;
const SIZE_STEP = 0.25;
const LEADING = 1.25;

/**
 * Breaks the line between its parts so that it fits, at the largest size that does, from `largest` down to 4 points. What
 * does not fit even then is set at 4 points all the same, and cut off by the field.
 *
 * @param widthOf of a text at one point, in points.
 */
export function fitLines(
  parts: readonly string[],
  { width, height }: Space,
  largest: number,
  widthOf: (text: string) => number,
): PlacedLines {
  const widths = { between: widthOf(BETWEEN), parts: parts.map(widthOf) };
  for (let size = largest; ; size -= SIZE_STEP) {
    const isLast = size - SIZE_STEP < SMALLEST_SIZE;
    const used = isLast ? SMALLEST_SIZE : size;
    const most = (width - 2 * MARGIN) / used;
    const rows = wrap(widths, most);
    const leading = used * LEADING;
    const doesFit = rows.length * leading <= height && rows.every((row) => row.width <= most);
    if (doesFit || isLast) {
      return { size: used, lines: rows.map(({ from, to }) => parts.slice(from, to).join(BETWEEN)), leading };
    }
  }
}

/** Where the first character of line `index` stands: the lines as a block, in the middle of the field's height. */
export function placeOfLine(
  { size, lines, leading }: PlacedLines,
  { height }: Space,
  index: number,
): { x: number; y: number } {
  const middle = height / 2 + (lines.length / 2 - index - 0.5) * leading;
  // Digits and Chinese characters are highest in the middle about a third of the size above their base line.
  return { x: MARGIN, y: middle - 0.35 * size };
}

/** Parts `from` up to, and without, `to`. */
type Row = { from: number; to: number; width: number };

function wrap(widths: { readonly between: number; readonly parts: readonly number[] }, most: number): Row[] {
  const rows: Row[] = [];
  for (const [index, width] of widths.parts.entries()) {
    const row = rows.at(-1);
    const longer = (row?.width ?? 0) + widths.between + width;
    if (row !== undefined && longer <= most) {
      row.to = index + 1;
      row.width = longer;
    } else {
      rows.push({ from: index, to: index + 1, width });
    }
  }
  return rows;
}
