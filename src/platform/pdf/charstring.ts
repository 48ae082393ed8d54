import type { Piece } from './simpler-outline.js';

/** Operators of Type 2 charstrings (Adobe Technical Note 5177, 4). */
const OPERATOR = {
  vmoveto: 4,
  rlineto: 5,
  hlineto: 6,
  vlineto: 7,
  rrcurveto: 8,
  endchar: 14,
  rmoveto: 21,
  hmoveto: 22,
  vvcurveto: 26,
  hhcurveto: 27,
  vhcurveto: 30,
  hvcurveto: 31,
} as const;

/** As many numbers as an operator may be given. */
const STACK = 48;

/** The ways from point to point of a piece: two numbers for a line, six for a curve. */
type Step = readonly number[];
/** Steps that one operator draws. */
type Draft = { readonly numbers: readonly number[]; readonly operator: number; readonly steps: number };

/**
 * A glyph as a Type 2 charstring. `contours` are closed and in whole steps of `unit`; the charstring counts in these steps.
 * `width` is what the glyph's advance has above the font's nominal one; without it, the advance is the font's default.
 */
export function charstring(contours: readonly (readonly Piece[])[], unit: number, width?: number): Uint8Array {
  const bytes: number[] = [];
  if (width !== undefined) {
    writeNumber(bytes, width);
  }
  let [x, y] = [0, 0];
  for (const contour of contours) {
    const pieces = withoutLastLine(contour);
    const [startX = 0, startY = 0] = pieces[0] ?? [];
    writeDraft(bytes, moveBy((startX - x) / unit, (startY - y) / unit));
    writeSteps(
      bytes,
      pieces.map((piece) => stepOf(piece, unit)),
    );
    [x, y] = [pieces.at(-1)?.at(-2) ?? startX, pieces.at(-1)?.at(-1) ?? startY];
  }
  bytes.push(OPERATOR.endchar);
  return Uint8Array.from(bytes);
}

/** A contour is closed with a line where it does not close itself. */
function withoutLastLine(contour: readonly Piece[]): readonly Piece[] {
  return contour.at(-1)?.length === 4 ? contour.slice(0, -1) : contour;
}

function stepOf(piece: Piece, unit: number): Step {
  return piece.slice(2).map((value, index) => (value - (piece[index] ?? 0)) / unit);
}

function moveBy(x: number, y: number): Draft {
  if (y === 0) {
    return { numbers: [x], operator: OPERATOR.hmoveto, steps: 0 };
  }
  return x === 0
    ? { numbers: [y], operator: OPERATOR.vmoveto, steps: 0 }
    : { numbers: [x, y], operator: OPERATOR.rmoveto, steps: 0 };
}

function writeSteps(bytes: number[], steps: readonly Step[]): void {
  for (let at = 0; at < steps.length;) {
    const draft = steps[at]?.length === 2 ? linesAt(steps, at) : curvesAt(steps, at);
    writeDraft(bytes, draft);
    at += draft.steps;
  }
}

function linesAt(steps: readonly Step[], at: number): Draft {
  const [x, y] = steps[at] ?? [];
  if (x !== 0 && y !== 0) {
    return gather(steps, at, OPERATOR.rlineto, (step) =>
      step.length === 2 && step[0] !== 0 && step[1] !== 0 ? step : undefined,
    );
  }
  const first = y === 0 ? 0 : 1;
  return gather(steps, at, y === 0 ? OPERATOR.hlineto : OPERATOR.vlineto, (step, index) => {
    const along = (first + index) % 2;
    return step.length === 2 && step[1 - along] === 0 ? [step[along] ?? 0] : undefined;
  });
}

/** How a curve leaves or arrives: along the x axis, along the y axis, or neither. */
type Heading = 'h' | 'v' | 'r';

const headingOf = (x: number | undefined, y: number | undefined): Heading => (y === 0 ? 'h' : x === 0 ? 'v' : 'r');
const leaving = (step: Step): Heading => (step.length === 6 ? headingOf(step[0], step[1]) : 'r');
const arriving = (step: Step): Heading => headingOf(step[4], step[5]);

function curvesAt(steps: readonly Step[], at: number): Draft {
  const step = steps[at] ?? [];
  const from = leaving(step);
  if (from === 'r') {
    return slantedCurves(steps, at, arriving(step));
  }
  return from === arriving(step) ? evenCurves(steps, at, from) : turningCurves(steps, at, from);
}

const pick = (step: Step, ...places: readonly number[]): number[] => places.map((place) => step[place] ?? 0);

/** Curves that leave along neither axis. */
function slantedCurves(steps: readonly Step[], at: number, to: Heading): Draft {
  const step = steps[at] ?? [];
  switch (to) {
    case 'h':
      return { numbers: pick(step, 1, 0, 2, 3, 4), operator: OPERATOR.hhcurveto, steps: 1 };
    case 'v':
      return { numbers: pick(step, 0, 1, 2, 3, 5), operator: OPERATOR.vvcurveto, steps: 1 };
    case 'r':
      return gather(steps, at, OPERATOR.rrcurveto, (next) =>
        next.length === 6 && leaving(next) === 'r' && arriving(next) === 'r' ? next : undefined,
      );
  }
}

/** Curves that leave and arrive along the same axis. */
function evenCurves(steps: readonly Step[], at: number, axis: 'h' | 'v'): Draft {
  const along = axis === 'h' ? 0 : 1;
  return gather(steps, at, axis === 'h' ? OPERATOR.hhcurveto : OPERATOR.vvcurveto, (step) =>
    leaving(step) === axis && arriving(step) === axis ? pick(step, along, 2, 3, 4 + along) : undefined,
  );
}

/** Curves that leave along the axes by turns, each where the one before arrived; the last may arrive anyhow. */
function turningCurves(steps: readonly Step[], start: number, axis: 'h' | 'v'): Draft {
  const numbers: number[] = [];
  let along = axis === 'h' ? 0 : 1;
  let at = start;
  for (let goesOn = true; goesOn; along = 1 - along) {
    const step = steps[at] ?? [];
    goesOn = step[4 + along] === 0 && numbers.length + 9 <= STACK && leavesAlong(steps[at + 1], 1 - along);
    numbers.push(...pick(step, along, 2, 3, 5 - along), ...(step[4 + along] === 0 ? [] : pick(step, 4 + along)));
    at += 1;
  }
  return { numbers, operator: axis === 'h' ? OPERATOR.hvcurveto : OPERATOR.vhcurveto, steps: at - start };
}

const leavesAlong = (step: Step = [], axis: number): boolean => leaving(step) === (axis === 0 ? 'h' : 'v');

/** One operator for all steps from `start` on of which `numbersOf` makes numbers, as far as they go on the stack. */
function gather(
  steps: readonly Step[],
  start: number,
  operator: number,
  numbersOf: (step: Step, index: number) => readonly number[] | undefined,
): Draft {
  const numbers: number[] = [];
  let at = start;
  for (; at < steps.length; at += 1) {
    const more = numbersOf(steps[at] ?? [], at - start);
    if (more === undefined || numbers.length + more.length > STACK) {
      break;
    }
    numbers.push(...more);
  }
  return { numbers, operator, steps: at - start };
}

function writeDraft(bytes: number[], { numbers, operator }: Draft): void {
  for (const value of numbers) {
    writeNumber(bytes, value);
  }
  bytes.push(operator);
}

/** In one, two or three bytes; what is no whole number as sixteen bits and a fraction of sixteen. */
function writeNumber(bytes: number[], value: number): void {
  const size = Math.abs(value);
  if (!Number.isInteger(value)) {
    const fixed = Math.round(value * 0x1_0000);
    bytes.push(255, (fixed >> 24) & 0xff, (fixed >> 16) & 0xff, (fixed >> 8) & 0xff, fixed & 0xff);
  } else if (size <= 107) {
    bytes.push(value + 139);
  } else if (size <= 1131) {
    const rest = size - 108;
    bytes.push((value > 0 ? 247 : 251) + (rest >> 8), rest & 0xff);
  } else {
    bytes.push(28, (value >> 8) & 0xff, value & 0xff);
  }
}
