import { isSamePoint, type Contour, type Point, type Segment } from './glyph-outline.js';

/**
 * The grid to which points are moved, in thousandths of an em: at 9 points one step is 0.013 mm.
 * MUST divide 1000, because what is written counts in its steps.
 */
export const GRID = 4;

/**
 * No outline leaves its original by more than this, in thousandths of an em: at 9 points 0.016 mm, a fifth of a dot of
 * 300 dpi.
 */
export const TOLERANCE = 5;

/** What is allowed where it is looked at. MUST be more than half the diagonal of the grid; between these places it may be more. */
const AIM = 4;

/** A line of two points, or a curve of the third degree of four: x and y by turns, in thousandths of an em, on the grid. */
export type Piece = readonly number[];

/** Segments of the original that become one piece. */
const LONGEST_RUN = 8;
const SAMPLES_OF_PIECE = 8;
const SQUARE = AIM * AIM;

/**
 * A contour with fewer and rounder points that runs, everywhere, within `TOLERANCE` of the given one and in the same
 * direction. Of all divisions into pieces it takes one that is short to write. The same contour gives the same pieces.
 */
export function simplified(contour: Contour): Piece[] {
  const segments = fromSharpestCorner(contour);
  const best: Way[] = [{ cost: 0, from: -1 }];
  for (let from = 0; from < segments.length; from += 1) {
    goOn(segments, from, best);
  }
  return walkBack(best);
}

/** Tries what the runs that begin with segment `from` may become; the best way to a node is found before one goes on from it. */
function goOn(segments: readonly Segment[], from: number, best: Way[]): void {
  const { start } = segments[from] ?? NOWHERE;
  const samples = [...start];
  const lengths = [0];
  for (let to = from + 1; to <= Math.min(segments.length, from + LONGEST_RUN); to += 1) {
    const last = segments[to - 1] ?? NOWHERE;
    addSamples(samples, last);
    addLengths(lengths, samples);
    const offers = piecesFor({ segments, from, to, samples, lengths, ends: [onGrid(start), onGrid(last.end)] });
    for (const each of offers) {
      keepCheaper(best, to, from, each);
    }
    if (offers.length === 0 && to > from + 2) {
      return;
    }
  }
}

function keepCheaper(best: Way[], to: number, from: number, { cost, piece }: Offer): void {
  const whole = (best[from]?.cost ?? 0) + cost;
  if (whole < (best[to]?.cost ?? Infinity)) {
    best[to] = piece === undefined ? { cost: whole, from } : { cost: whole, from, piece };
  }
}

type Way = { readonly cost: number; readonly from: number; readonly piece?: Piece };
type Run = {
  readonly segments: readonly Segment[];
  readonly from: number;
  readonly to: number;
  /** Points of the original, x and y by turns. */
  readonly samples: readonly number[];
  /** How far each of them is along the run. */
  readonly lengths: readonly number[];
  /** Where it begins and ends, on the grid. */
  readonly ends: readonly [Point, Point];
};
type Offer = { readonly cost: number; readonly piece?: Piece };

function walkBack(best: readonly Way[]): Piece[] {
  const pieces: Piece[] = [];
  for (let way = best.at(-1); way !== undefined && way.from >= 0; way = best[way.from]) {
    if (way.piece !== undefined) {
      pieces.push(way.piece);
    }
  }
  return pieces.reverse();
}

/** What the run may become; nothing when no piece stays near enough. One segment alone always becomes something. */
function piecesFor(run: Run): Offer[] {
  const [start, end] = run.ends;
  const straight = [...start, ...end];
  const bow = distance(run.samples, straight);
  const offers: Offer[] = [];
  if (bow <= SQUARE) {
    const isPoint = isSamePoint(start, end);
    offers.push(isPoint ? { cost: 0 } : { cost: costOf(straight) + bow / SQUARE / 4, piece: straight });
  }
  return bow > SQUARE / 10 && !isStraight(run) ? [...offers, ...curvesFor(run)] : offers;
}

const isStraight = ({ segments, from, to }: Run): boolean => to === from + 1 && segments[from]?.control === undefined;

function curvesFor(run: Run): Offer[] {
  const fitted = isSamePoint(...run.ends) ? undefined : offer(run, fittedCurve(run));
  if (fitted !== undefined) {
    return [fitted];
  }
  const only = run.to === run.from + 1 ? run.segments[run.from] : undefined;
  if (only === undefined) {
    return [];
  }
  const piece = sameCurve(only, run.ends);
  return [{ cost: costOf(piece), piece }];
}

function offer({ samples }: Run, curve: Piece): Offer | undefined {
  const drawn = pointsOfCurve(curve);
  const missed = distance(samples, drawn);
  if (missed > SQUARE) {
    return undefined;
  }
  const error = Math.max(missed, distance(drawn, samples));
  return error <= SQUARE ? { cost: costOf(curve) + error / SQUARE / 4, piece: curve } : undefined;
}

/** About how many bytes it takes: the numbers that are not nought, and a share of an operator. */
function costOf(piece: Piece): number {
  let cost = 0.5;
  for (let index = 2; index < piece.length; index += 1) {
    cost += piece[index] === piece[index - 2] ? 0 : 1;
  }
  return cost;
}

/** A curve that leaves and arrives as the run does, as near to it as least squares bring it (Schneider, Graphics Gems, 1990). */
function fittedCurve({ segments, from, to, samples, lengths, ends: [start, end] }: Run): Piece {
  const [leaves, arrives] = [directionAtStart(segments[from]), directionAtEnd(segments[to - 1])];
  const between = dot(leaves, arrives);
  const whole = lengths.at(-1) ?? 1;
  let [aa, ab, bb, ar, br] = [0, 0, 0, 0, 0];
  // Nothing is allocated in here: these few lines are where most of the time of a new character goes.
  for (let index = 0; index < lengths.length; index += 1) {
    const late = (lengths[index] ?? 0) / whole;
    const early = 1 - late;
    const near = 3 * early * early * late;
    const far = 3 * early * late * late;
    const begins = early * early * early + near;
    const ends = late * late * late + far;
    const restX = (samples[2 * index] ?? 0) - start[0] * begins - end[0] * ends;
    const restY = (samples[2 * index + 1] ?? 0) - start[1] * begins - end[1] * ends;
    aa += near * near;
    ab -= near * far * between;
    bb += far * far;
    ar += near * (leaves[0] * restX + leaves[1] * restY);
    br -= far * (arrives[0] * restX + arrives[1] * restY);
  }
  const determinant = aa * bb - ab * ab;
  const chord = lengthOf(end[0] - start[0], end[1] - start[1]);
  const reach = (value: number): number => (value > chord / 100 && value < 2 * whole ? value : chord / 3);
  const [first, last] = [reach((ar * bb - br * ab) / determinant), reach((aa * br - ab * ar) / determinant)];
  const controls = [
    ...onGrid([start[0] + first * leaves[0], start[1] + first * leaves[1]]),
    ...onGrid([end[0] - last * arrives[0], end[1] - last * arrives[1]]),
  ];
  return [...start, ...controls, ...end];
}

/** The segment itself, its points moved to the grid: so it moves by no more than they do. */
function sameCurve({ start, control = start, end }: Segment, [first, last]: readonly [Point, Point]): Piece {
  const towards = (point: Point): Point =>
    onGrid([point[0] + ((control[0] - point[0]) * 2) / 3, point[1] + ((control[1] - point[1]) * 2) / 3]);
  return [...first, ...towards(start), ...towards(end), ...last];
}

/** A contour begins at a corner, so that no piece has to end where nothing else does. */
function fromSharpestCorner(contour: Contour): Contour {
  let sharpest = 0;
  let least = Infinity;
  for (const [index, segment] of contour.entries()) {
    const along = dot(directionAtEnd(contour.at(index - 1)), directionAtStart(segment));
    if (along < least - 1e-9) {
      least = along;
      sharpest = index;
    }
  }
  return [...contour.slice(sharpest), ...contour.slice(0, sharpest)];
}

const NOWHERE: Segment = { start: [0, 0], end: [1, 0] };

function directionAtStart({ start, control, end }: Segment = NOWHERE): Point {
  return direction(start, control ?? end);
}

function directionAtEnd({ start, control, end }: Segment = NOWHERE): Point {
  return direction(control ?? start, end);
}

function direction(from: Point, to: Point): Point {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const length = lengthOf(x, y);
  return [x / length, y / length];
}

/** Not `Math.hypot`, whose last digit is the machine's own. */
const lengthOf = (x: number, y: number): number => Math.sqrt(x * x + y * y);

const dot = (one: Point, other: Point): number => one[0] * other[0] + one[1] * other[1];

const onGrid = ([x, y]: Point): Point => [stepped(x), stepped(y)];

/** Never −0. */
const stepped = (value: number): number => Math.round(value / GRID) * GRID + 0;

/** Three points within a curve, and the end of any segment. */
function addSamples(samples: number[], { start, control, end }: Segment = NOWHERE): void {
  for (let quarter = 1; control !== undefined && quarter < 4; quarter += 1) {
    const late = quarter / 4;
    const [begins, bends, ends] = [(1 - late) ** 2, 2 * late * (1 - late), late * late];
    samples.push(begins * start[0] + bends * control[0] + ends * end[0]);
    samples.push(begins * start[1] + bends * control[1] + ends * end[1]);
  }
  samples.push(...end);
}

function pointsOfCurve(curve: Piece): number[] {
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0, dx = 0, dy = 0] = curve;
  const points: number[] = [];
  for (let step = 0; step <= SAMPLES_OF_PIECE; step += 1) {
    const late = step / SAMPLES_OF_PIECE;
    const early = 1 - late;
    const a = early * early * early;
    const b = 3 * early * early * late;
    const c = 3 * early * late * late;
    const d = late * late * late;
    points.push(a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy);
  }
  return points;
}

/** Goes on with `lengths` to the last of `samples`. */
function addLengths(lengths: number[], samples: readonly number[]): void {
  for (let index = 2 * lengths.length; index < samples.length; index += 2) {
    const x = (samples[index] ?? 0) - (samples[index - 2] ?? 0);
    const y = (samples[index + 1] ?? 0) - (samples[index - 1] ?? 0);
    lengths.push((lengths.at(-1) ?? 0) + lengthOf(x, y));
  }
}

/**
 * The square of the longest way from one of `points` to the open line through `line`; infinite when it is more than the
 * tolerance allows, which most often shows at once.
 */
function distance(points: readonly number[], line: readonly number[]): number {
  let longest = 0;
  for (let index = 0; index < points.length; index += 2) {
    const off = distanceOf(points[index] ?? 0, points[index + 1] ?? 0, line, longest);
    if (off > SQUARE) {
      return Infinity;
    }
    longest = off > longest ? off : longest;
  }
  return longest;
}

/** Squared; looks no further when it is `enough` or less. */
function distanceOf(x: number, y: number, line: readonly number[], enough: number): number {
  let shortest = Infinity;
  let fromX = line[0] ?? 0;
  let fromY = line[1] ?? 0;
  for (let index = 2; index < line.length && shortest > enough; index += 2) {
    const toX = line[index] ?? 0;
    const toY = line[index + 1] ?? 0;
    const alongX = toX - fromX;
    const alongY = toY - fromY;
    const square = alongX * alongX + alongY * alongY;
    const share = square === 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / square;
    const nearest = Math.min(Math.max(share, 0), 1);
    const offX = x - fromX - nearest * alongX;
    const offY = y - fromY - nearest * alongY;
    const off = offX * offX + offY * offY;
    shortest = off < shortest ? off : shortest;
    fromX = toX;
    fromY = toY;
  }
  return shortest;
}
