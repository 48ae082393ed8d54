/**
 * A closed line in whole units (1e-8 degree): with differences below 2^26 units the products below are exact, so what is
 * said of a ring does not depend on rounding. `ringProblem` refuses larger rings.
 */
export type GridPoint = readonly [x: number, y: number];

/** From the first point: a third of a degree, some 30 km. No parcel is larger, and up to here the arithmetic is exact. */
const MOST_EXTENT = 2 ** 25;

/** What keeps a list of points from being the outline of one area. */
export type RingProblem = 'too-few-points' | 'not-closed' | 'too-large' | 'repeated-point' | 'self-intersection';

/** `at` is the index of the point or of the first point of the side concerned. */
export function ringProblem(ring: readonly GridPoint[]): { problem: RingProblem; at: number } | null {
  const last = ring.at(-1);
  const [first] = ring;
  if (first === undefined || last === undefined || ring.length < 4) {
    return { problem: 'too-few-points', at: 0 };
  }
  if (!isSame(first, last)) {
    return { problem: 'not-closed', at: ring.length - 1 };
  }
  const far = ring.findIndex(([x, y]) => Math.abs(x - first[0]) > MOST_EXTENT || Math.abs(y - first[1]) > MOST_EXTENT);
  if (far !== -1) {
    return { problem: 'too-large', at: far };
  }
  return repeatedPoint(ring) ?? crossingSide(ring);
}

function repeatedPoint(ring: readonly GridPoint[]): { problem: RingProblem; at: number } | null {
  const seen = new Set<string>();
  for (const [index, [x, y]] of ring.slice(0, -1).entries()) {
    if (seen.has(`${x} ${y}`)) {
      return { problem: 'repeated-point', at: index };
    }
    seen.add(`${x} ${y}`);
  }
  return null;
}

/** Sides may meet only where one ends and the next begins; there they may not run back over each other. */
function crossingSide(ring: readonly GridPoint[]): { problem: RingProblem; at: number } | null {
  const sides = ring.slice(0, -1).map((from, index) => ({ from, to: ring[index + 1] ?? from }));
  for (const [index, side] of sides.entries()) {
    for (let other = index + 1; other < sides.length; other += 1) {
      const second = sides[other] ?? side;
      const isNext = other === index + 1;
      const isPrevious = index === 0 && other === sides.length - 1;
      const clash = isNext
        ? isSpike(side.from, side.to, second.to)
        : isPrevious
          ? isSpike(second.from, second.to, side.to)
          : doMeet(side, second);
      if (clash) {
        return { problem: 'self-intersection', at: other };
      }
    }
  }
  return null;
}

type Side = { readonly from: GridPoint; readonly to: GridPoint };

function isSpike(before: GridPoint, corner: GridPoint, after: GridPoint): boolean {
  const along = (corner[0] - before[0]) * (after[0] - corner[0]) + (corner[1] - before[1]) * (after[1] - corner[1]);
  return turn(before, corner, after) === 0 && along < 0;
}

function doMeet(one: Side, other: Side): boolean {
  const turns = [
    turn(one.from, one.to, other.from),
    turn(one.from, one.to, other.to),
    turn(other.from, other.to, one.from),
    turn(other.from, other.to, one.to),
  ] as const;
  if (turns[0] * turns[1] < 0 && turns[2] * turns[3] < 0) {
    return true;
  }
  return (
    (turns[0] === 0 && isWithin(one, other.from)) ||
    (turns[1] === 0 && isWithin(one, other.to)) ||
    (turns[2] === 0 && isWithin(other, one.from)) ||
    (turns[3] === 0 && isWithin(other, one.to))
  );
}

/** 1 when the way a → b → c turns left, -1 right, 0 straight. */
function turn(a: GridPoint, b: GridPoint, c: GridPoint): -1 | 0 | 1 {
  const left = (b[0] - a[0]) * (c[1] - a[1]);
  const right = (b[1] - a[1]) * (c[0] - a[0]);
  return left === right ? 0 : left > right ? 1 : -1;
}

/** For a point on the line through the side. */
function isWithin({ from, to }: Side, [x, y]: GridPoint): boolean {
  return (
    Math.min(from[0], to[0]) <= x &&
    x <= Math.max(from[0], to[0]) &&
    Math.min(from[1], to[1]) <= y &&
    y <= Math.max(from[1], to[1])
  );
}

const isSame = (one: GridPoint, other: GridPoint): boolean => one[0] === other[0] && one[1] === other[1];

/** Inside or on the border. The ring MUST have no `ringProblem`. */
export function isInsideRing(ring: readonly GridPoint[], point: GridPoint): boolean {
  let isInside = false;
  for (const [index, to] of ring.slice(1).entries()) {
    const from = ring[index] ?? to;
    const side = turn(from, to, point);
    if (side === 0 && isWithin({ from, to }, point)) {
      return true;
    }
    if (from[1] <= point[1] !== to[1] <= point[1] && side > 0 === to[1] > from[1]) {
      isInside = !isInside;
    }
  }
  return isInside;
}

/** Whether a ring without `ringProblem` runs counter-clockwise, as GeoJSON (RFC 7946) wants outer rings. */
export function isCounterClockwise(ring: readonly GridPoint[]): boolean {
  const [first = [0, 0]] = ring;
  let twice = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[index + 1] ?? first;
    twice += (x - first[0]) * (nextY - first[1]) - (nextX - first[0]) * (y - first[1]);
  }
  return twice > 0;
}
