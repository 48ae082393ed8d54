import { viewOf } from './true-type.js';

export type Point = readonly [x: number, y: number];
/** A straight line, or a curve of the second degree with one point of control; it ends where it does not begin. */
export type Segment = { readonly start: Point; readonly control?: Point; readonly end: Point };
/** Closed: it ends where it begins. */
export type Contour = readonly Segment[];

type Knot = { readonly at: Point; readonly isOn: boolean };

const ON_CURVE = 0x01;
const SHORT_X = 0x02;
const SHORT_Y = 0x04;
const REPEATED = 0x08;
const SAME_X = 0x10;
const SAME_Y = 0x20;

/** The contours of a simple glyph (OpenType, `glyf`), in units of the font. A glyph without outline has none. */
export function readOutline(glyph: Uint8Array): Contour[] {
  if (glyph.length === 0) {
    return [];
  }
  const view = viewOf(glyph);
  const count = view.getInt16(0);
  if (count < 0) {
    throw new Error('A glyph is made of other glyphs; fonts of documents MUST hold simple outlines only.');
  }
  const ends = Array.from({ length: count }, (_, index) => view.getUint16(10 + 2 * index));
  const knots = readKnots(view, 10 + 2 * count, (ends.at(-1) ?? -1) + 1);
  return ends.map((end, index) => contourOf(knots.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end + 1)));
}

function readKnots(view: DataView, start: number, count: number): Knot[] {
  let at = start + 2 + view.getUint16(start);
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = view.getUint8(at);
    const times = (flag & REPEATED) === 0 ? 1 : 1 + view.getUint8(at + 1);
    at += times === 1 ? 1 : 2;
    for (let time = 0; time < times; time += 1) {
      flags.push(flag);
    }
  }
  const xs = readCoordinates(view, at, { flags, short: SHORT_X, same: SAME_X });
  const ys = readCoordinates(view, xs.end, { flags, short: SHORT_Y, same: SAME_Y });
  return flags.map((flag, index) => ({
    at: [xs.values[index] ?? 0, ys.values[index] ?? 0],
    isOn: (flag & ON_CURVE) !== 0,
  }));
}

function readCoordinates(
  view: DataView,
  start: number,
  { flags, short, same }: { readonly flags: readonly number[]; readonly short: number; readonly same: number },
): { values: number[]; end: number } {
  let at = start;
  let value = 0;
  const values = flags.map((flag) => {
    const isSame = (flag & same) !== 0;
    if ((flag & short) !== 0) {
      value += isSame ? view.getUint8(at) : -view.getUint8(at);
      at += 1;
    } else if (!isSame) {
      value += view.getInt16(at);
      at += 2;
    }
    return value;
  });
  return { values, end: at };
}

/** Between two points of control that follow each other lies, in the middle, a point of the curve that is not written. */
function contourOf(knots: readonly Knot[]): Contour {
  const first = knots.findIndex(({ isOn }) => isOn);
  const start = first < 0 ? middle(knots[0]?.at, knots.at(-1)?.at) : (knots[first]?.at ?? [0, 0]);
  const segments: Segment[] = [];
  let place = start;
  let control: Point | undefined;
  const lineTo = (end: Point): void => {
    if (!isSamePoint(place, end)) {
      const bend = control !== undefined && !isSamePoint(control, place) && !isSamePoint(control, end) ? control : null;
      segments.push(bend === null ? { start: place, end } : { start: place, control: bend, end });
    }
    place = end;
    control = undefined;
  };
  for (const { at, isOn } of [...knots.slice(first + 1), ...knots.slice(0, Math.max(first, 0))]) {
    if (isOn) {
      lineTo(at);
    } else {
      if (control !== undefined) {
        lineTo(middle(control, at));
      }
      control = at;
    }
  }
  lineTo(start);
  return segments;
}

const middle = (one: Point = [0, 0], other: Point = [0, 0]): Point => [
  (one[0] + other[0]) / 2,
  (one[1] + other[1]) / 2,
];

export const isSamePoint = (one: Point, other: Point): boolean => one[0] === other[0] && one[1] === other[1];
