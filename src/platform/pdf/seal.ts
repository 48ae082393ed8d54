import type { Canvas, Point } from './canvas.js';
import { widthOfText } from './fonts.js';
import type { Page } from './page.js';

export type Seal = {
  readonly centre: Point;
  /** Half axes of the outer ring. */
  readonly radii: Point;
  /** Read from left to right over the top, and along the bottom. */
  readonly top: string;
  readonly bottom: string;
  readonly colour: string;
};

const RING = 1.3;
const STEPS = 400;

/** A figure: an elliptic seal whose text follows the ring; its middle stays free for the title it is set on. */
export function drawSeal(page: Page, seal: Seal): void {
  const { centre, radii, top, bottom } = seal;
  const box = { x: centre.x - radii.x, y: centre.y - radii.y, width: 2 * radii.x, height: 2 * radii.y };
  page.figure({ alt: `印章 Seal：${top} ${bottom}`, box }, () => {
    drawRings(page.canvas, seal);
  });
}

function drawRings(canvas: Canvas, seal: Seal): void {
  canvas.ellipse(seal.centre, seal.radii, { width: RING, colour: seal.colour });
  const inner = { x: seal.radii.x - 2.2, y: seal.radii.y - 2.2 };
  canvas.ellipse(seal.centre, inner, { width: 0.4, colour: seal.colour });
  const size = seal.radii.y * 0.25;
  const upper = { x: inner.x - 1.1 * size, y: inner.y - 1.1 * size };
  const lower = { x: inner.x - 0.35 * size, y: inner.y - 0.35 * size };
  canvas.readAs(seal.top, () => {
    curveText(canvas, seal, { text: seal.top, radii: upper, size, isTop: true });
  });
  canvas.readAs(seal.bottom, () => {
    curveText(canvas, seal, { text: seal.bottom, radii: lower, size: size * 0.8, isTop: false });
  });
}

type Curve = { readonly text: string; readonly radii: Point; readonly size: number; readonly isTop: boolean };

type Letter = { readonly character: string; readonly start: Point; readonly direction: Point; readonly size: number };

/** Seals are few and stand on every document: where their letters stand is found once. */
const settled = new Map<string, readonly Letter[]>();
const MOST_SETTLED = 1_000;

function curveText(canvas: Canvas, seal: Seal, curve: Curve): void {
  const { text, radii, size, isTop } = curve;
  const key = `${seal.centre.x},${seal.centre.y},${radii.x},${radii.y},${size},${isTop},${text}`;
  let letters = settled.get(key);
  if (letters === undefined) {
    letters = settleLetters(seal, curve);
    if (settled.size >= MOST_SETTLED) {
      settled.clear();
    }
    settled.set(key, letters);
  }
  for (const letter of letters) {
    canvas.turnedText(letter.character, letter.start, letter.direction, { size: letter.size, colour: seal.colour });
  }
}

function settleLetters({ centre }: Seal, curve: Curve): Letter[] {
  const characters = Array.from(curve.text);
  const half = halfEllipse(curve);
  const room = (half.at(-1)?.length ?? 0) * (curve.isTop ? 0.68 : 0.78);
  const spaced = Math.min(room / Math.max(characters.length, 1), curve.size * (curve.isTop ? 1.5 : 1.2));
  const size = Math.min(curve.size, spaced * (curve.isTop ? 1.05 : 0.9));
  const middle = (half.at(-1)?.length ?? 0) / 2;
  return characters.map((character, index) => {
    const length = middle + (index - (characters.length - 1) / 2) * spaced;
    const { point, direction } = half.find((step) => step.length >= length) ?? {
      point: centre,
      direction: { x: 1, y: 0 },
    };
    const back = widthOfText(character, size) / 2;
    const start = { x: centre.x + point.x - direction.x * back, y: centre.y + point.y - direction.y * back };
    return { character, start, direction, size };
  });
}

/** The half ellipse walked from left to right, with the length walked so far: characters stand at equal lengths, not angles. */
function halfEllipse({ radii, isTop }: Curve): { point: Point; direction: Point; length: number }[] {
  const sign = isTop ? -1 : 1;
  let length = 0;
  let last: Point | undefined;
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const angle = Math.PI * (1 - step / STEPS);
    const point = { x: radii.x * Math.cos(angle), y: sign * radii.y * Math.sin(angle) };
    length += last === undefined ? 0 : Math.hypot(point.x - last.x, point.y - last.y);
    last = point;
    const slope = { x: radii.x * Math.sin(angle), y: -sign * radii.y * Math.cos(angle) };
    const norm = Math.hypot(slope.x, slope.y);
    return { point, direction: { x: slope.x / norm, y: slope.y / norm }, length };
  });
}
