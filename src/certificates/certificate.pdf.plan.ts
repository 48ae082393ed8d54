import type { Box, Canvas, Page, PlacedText } from '../platform/pdf/index.js';
import { colour, millimetres, placeText } from '../platform/pdf/index.js';
import { BLACK, GREY, RED } from './certificate.pdf.form.js';
import { planOf, scaleBar, type Place, type Plan } from './plan-geometry.js';
import type { PropertyLocation } from './property-entry.js';

/** A drawn parcel: everything is settled before anything is drawn. */
export type PlanDrawing = {
  readonly box: Box;
  readonly plan: Plan;
  readonly texts: readonly PlacedText[];
  readonly north: Place;
  readonly bar: { readonly from: Place; readonly to: Place };
};

const FILL = colour('#fff7e0');
const LABEL_HEIGHT = millimetres(3.2);
/** Room for one character of a label. */
const LABEL_STEP = millimetres(1.6);
const BAR_HEIGHT = millimetres(7);
const NORTH = { width: millimetres(6), height: millimetres(11) };

/** `names`: whether boundary points and side lengths are written. */
export function layOutPlan(location: PropertyLocation, box: Box, names: boolean): PlanDrawing {
  const margin = millimetres(names ? 17 : 7);
  const frame = {
    x: box.x + margin,
    y: box.y + margin,
    width: box.width - 2 * margin,
    height: box.height - 2 * margin - BAR_HEIGHT,
  };
  const plan = planOf(location, frame);
  const bar = scaleBar(plan.scale, box.width * 0.28);
  const from = { x: box.x + millimetres(4), y: box.y + box.height - millimetres(2.6) };
  const barText = {
    x: from.x,
    y: from.y - millimetres(4.6),
    width: box.width * 0.6,
    height: millimetres(3.6),
  };
  const north = { x: box.x + box.width - millimetres(7), y: box.y + millimetres(3) };
  const northText = { x: north.x - NORTH.width / 2, y: north.y, width: NORTH.width, height: millimetres(3.6) };
  const fixed = [
    placeText(`0 — ${bar.metres} m    1:${plan.scale}`, barText, { size: 7.5, minimum: 5, colour: BLACK }),
    placeText('北', northText, { size: 8, minimum: 6, colour: BLACK, align: 'center' }),
  ];
  const northBox = { ...northText, height: NORTH.height };
  return {
    box,
    plan,
    north,
    bar: { from, to: { x: from.x + bar.length, y: from.y } },
    texts: [...fixed, ...(names ? namesOf(plan, box, [barText, northBox]) : [])],
  };
}

/** Names of points first, then lengths of sides; what has no free place is left to the table of points. */
function namesOf(plan: Plan, box: Box, taken: readonly Box[]): PlacedText[] {
  const placed: PlacedText[] = [];
  const used = [...taken];
  const put = (text: string, middle: Place, paint: string): void => {
    const size = { width: widthOf(text), height: LABEL_HEIGHT };
    const place = { x: middle.x - size.width / 2, y: middle.y - size.height / 2, ...size };
    const isFree = isWithin(place, box) && !used.some((other) => doOverlap(place, other));
    if (isFree && !isCrossed(place, plan.outline)) {
      used.push(place);
      placed.push(placeText(text, place, { size: 7, minimum: 5, colour: paint, align: 'center', vertical: 'middle' }));
    }
  };
  for (const [index, corner] of plan.outline.entries()) {
    put(`J${index + 1}`, outward(corner, bisector(plan.outline, index), millimetres(3.4)), BLACK);
  }
  for (const [index, from] of plan.outline.entries()) {
    const to = at(plan.outline, index + 1);
    const length = (plan.sides[index] ?? 0).toFixed(2);
    if (Math.hypot(to.x - from.x, to.y - from.y) >= widthOf(length)) {
      const normal = normalOf(from, to);
      const away = millimetres(2.4) + (Math.abs(normal.x) * widthOf(length)) / 2;
      put(length, outward({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, normal, away), RED);
    }
  }
  return placed;
}

const widthOf = (text: string): number => (text.length + 0.5) * LABEL_STEP;

/** Whether a side of the parcel runs through the box. */
function isCrossed(box: Box, outline: readonly Place[]): boolean {
  return outline.some((from, index) => {
    const to = at(outline, index + 1);
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / (LABEL_HEIGHT / 3));
    return Array.from({ length: steps + 1 }, (_, step) => step / steps).some((share) => {
      const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
      return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
    });
  });
}

const at = (outline: readonly Place[], index: number): Place =>
  outline[(index + outline.length) % outline.length] ?? { x: 0, y: 0 };

const outward = (from: Place, direction: Place, distance: number): Place => ({
  x: from.x + direction.x * distance,
  y: from.y + direction.y * distance,
});

/** Away from the inside: the ring runs counter-clockwise on the ground, so its outside lies to the right. */
function normalOf(from: Place, to: Place): Place {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
}

function bisector(outline: readonly Place[], index: number): Place {
  const corner = at(outline, index);
  const before = normalOf(at(outline, index - 1), corner);
  const after = normalOf(corner, at(outline, index + 1));
  const length = Math.hypot(before.x + after.x, before.y + after.y);
  return length < 1e-9 ? before : { x: (before.x + after.x) / length, y: (before.y + after.y) / length };
}

function isWithin(place: Box, box: Box): boolean {
  return (
    place.x >= box.x &&
    place.y >= box.y &&
    place.x + place.width <= box.x + box.width &&
    place.y + place.height <= box.y + box.height
  );
}

function doOverlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** The ground of the parcel. MUST be drawn before the watermark, which it would hide. */
export function fillPlan(canvas: Canvas, { plan }: PlanDrawing): void {
  canvas.fillPath(pathOf(plan.outline), { x: 0, y: 0 }, { scale: 1, colour: FILL });
}

/** A figure: the parcel with its names, north and scale. What it shows is told in words by the table of points. */
export function drawPlan(page: Page, drawing: PlanDrawing, marksCorners: boolean): void {
  const { plan, box, texts } = drawing;
  const alt = `宗地示意图，界址点${plan.outline.length}个，比例尺 1:${plan.scale} Plan of the parcel`;
  page.figure({ alt, box }, () => {
    drawLines(page.canvas, drawing, marksCorners);
    page.lettering(texts);
  });
}

function drawLines(canvas: Canvas, { plan, north, bar }: PlanDrawing, marksCorners: boolean): void {
  const { outline, point } = plan;
  for (const [index, from] of outline.entries()) {
    canvas.line(from, at(outline, index + 1), { width: 1, colour: RED });
    if (marksCorners) {
      canvas.ellipse(from, { x: 1.2, y: 1.2 }, { width: 0.6, colour: BLACK });
    }
  }
  drawPoint(canvas, point);
  drawNorth(canvas, north);
  canvas.line(bar.from, bar.to, { width: 1.2, colour: BLACK });
  for (const end of [bar.from, bar.to]) {
    canvas.line(end, { x: end.x, y: end.y - 3 }, { width: 0.8, colour: BLACK });
  }
}

/** The registered point: a small cross in a ring. */
function drawPoint(canvas: Canvas, { x, y }: Place): void {
  canvas.ellipse({ x, y }, { x: 2.4, y: 2.4 }, { width: 0.7, colour: BLACK });
  canvas.line({ x: x - 4, y }, { x: x + 4, y }, { width: 0.5, colour: BLACK });
  canvas.line({ x, y: y - 4 }, { x, y: y + 4 }, { width: 0.5, colour: BLACK });
}

function drawNorth(canvas: Canvas, { x, y }: Place): void {
  const top = y + millimetres(4);
  const arrow = [
    { x, y: top },
    { x: x + millimetres(1.6), y: top + millimetres(6.4) },
    { x, y: top + millimetres(4.8) },
    { x: x - millimetres(1.6), y: top + millimetres(6.4) },
  ];
  canvas.fillPath(pathOf(arrow), { x: 0, y: 0 }, { scale: 1, colour: GREY });
}

function pathOf(outline: readonly Place[]): string {
  const points = outline.map(({ x, y }, index) => `${x.toFixed(3)} ${y.toFixed(3)} ${index === 0 ? 'm' : 'l'}`);
  return `${points.join(' ')} h`;
}
