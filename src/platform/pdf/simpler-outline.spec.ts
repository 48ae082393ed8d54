import { describe, expect, it } from 'vitest';
import { face } from './fonts.js';
import { readOutline, type Contour } from './glyph-outline.js';
import { GRID, simplified, TOLERANCE, type Piece } from './simpler-outline.js';

/** Near enough on a curve that the chord between two strays from it by a small part of a unit. */
const SPACING = 12;
/** Every thirteenth glyph: some 2,400 characters of all kinds. */
const EVERY = 13;
const GLYPHS = 30_900;

/** A closed line through points of the outline, x and y by turns. */
type Line = readonly number[];

/** De Casteljau's construction, for lines and curves of any degree. */
function along(points: Line, share: number): Line {
  return points.length === 2
    ? points
    : along(
        points.slice(2).map((value, index) => (points[index] ?? 0) * (1 - share) + value * share),
        share,
      );
}

function pointsOf(pieces: readonly Piece[]): Line {
  return pieces.flatMap((piece) => {
    const [x = 0, y = 0, toX = 0, toY = 0] = [...piece.slice(0, 2), ...piece.slice(-2)];
    const count = piece.length > 4 ? 4 + Math.ceil(Math.hypot(toX - x, toY - y) / SPACING) : 2;
    return Array.from({ length: count }, (_, step) => along(piece, step / count)).flat();
  });
}

const original = (contour: Contour): Line =>
  pointsOf(contour.map(({ start, control = [], end }) => [...start, ...control, ...end]));

/** Squared. */
function distance(x: number, y: number, line: Line): number {
  let shortest = Infinity;
  let fromX = line[line.length - 2] ?? 0;
  let fromY = line[line.length - 1] ?? 0;
  for (let index = 0; index < line.length; index += 2) {
    const toX = line[index] ?? 0;
    const toY = line[index + 1] ?? 0;
    const square = (toX - fromX) * (toX - fromX) + (toY - fromY) * (toY - fromY);
    const share = square === 0 ? 0 : ((x - fromX) * (toX - fromX) + (y - fromY) * (toY - fromY)) / square;
    const held = share < 0 ? 0 : share > 1 ? 1 : share;
    const offX = x - fromX - held * (toX - fromX);
    const offY = y - fromY - held * (toY - fromY);
    shortest = Math.min(shortest, offX * offX + offY * offY);
    fromX = toX;
    fromY = toY;
  }
  return shortest;
}

function farthest(points: Line, line: Line): number {
  let longest = 0;
  for (let index = 0; index < points.length; index += 2) {
    longest = Math.max(longest, distance(points[index] ?? 0, points[index + 1] ?? 0, line));
  }
  return Math.sqrt(longest);
}

/** Positive where the contour runs one way round, negative where it runs the other. */
function area(line: Line): number {
  let twice = 0;
  for (let index = 0; index < line.length; index += 2) {
    twice += (line.at(index - 2) ?? 0) * (line[index + 1] ?? 0) - (line[index] ?? 0) * (line.at(index - 1) ?? 0);
  }
  return twice / 2;
}

describe('simplified', { timeout: 60_000 }, () => {
  const { tables } = face(0);
  const contours = Array.from({ length: Math.floor(GLYPHS / EVERY) }, (_, index) =>
    readOutline(tables.glyphBytes(index * EVERY)),
  ).flat();
  const made = contours.map(simplified);

  it('stays within its tolerance of the outlines of two thousand characters, both ways', () => {
    let largest = 0;
    for (const [index, contour] of contours.entries()) {
      const [before, after] = [original(contour), pointsOf(made[index] ?? [])];
      largest = Math.max(largest, farthest(before, after), farthest(after, before));
    }
    process.stdout.write(`Largest deviation of ${contours.length} contours: ${largest.toFixed(2)}/1000 em\n`);
    expect(largest).toBeLessThanOrEqual(TOLERANCE);
  });

  it('keeps every contour closed, on the grid, and running the same way round', () => {
    const broken = contours.filter((contour, index) => {
      const pieces = made[index] ?? [];
      const isClosed = pieces.every((piece, at) => {
        const [x, y] = pieces.at(at - 1)?.slice(-2) ?? [];
        return piece[0] === x && piece[1] === y && piece.every((value) => Number.isInteger(value / GRID));
      });
      const turns = Math.sign(area(pointsOf(pieces))) === Math.sign(area(original(contour)));
      return pieces.length < 2 || !isClosed || !turns;
    });
    expect(broken).toEqual([]);
  });

  it('leaves out a good part of the points', () => {
    const pieces = made.reduce((sum, contour) => sum + contour.length, 0);
    expect(pieces / contours.reduce((sum, contour) => sum + contour.length, 0)).toBeLessThan(0.7);
  });

  it('gives the same pieces for the same contour', () => {
    expect(simplified(contours[0] ?? [])).toEqual(made[0]);
  });
});
