import type { Canvas } from './canvas.js';
import { colour } from './canvas.js';
import { widthOfText } from './fonts.js';

type Page = { readonly width: number; readonly height: number };

const PALE = colour('#f2e3e3');
const SIGNAL = colour('#f0605c');
const SHARE_OF_DIAGONAL = 0.66;
/** Short words would grow into the corners, where the QR codes stand on white ground. */
const TALLEST = 0.16;

/** Sets `text` along the rising diagonal of the page. MUST be drawn first: everything else then stands on top of it. */
export function drawWatermark(canvas: Canvas, text: string, page: Page): void {
  drawAlong(canvas, text, page, { colour: PALE, rise: 1 });
}

/**
 * Says across the whole page, in red and along the other diagonal, that the document is no longer in force. MUST be drawn
 * right after the watermark and before the content, which stays readable on top of it.
 */
export function drawMark(canvas: Canvas, { zh, en }: { readonly zh: string; readonly en: string }, page: Page): void {
  drawAlong(canvas, `${zh} ${en}`, page, { colour: SIGNAL, rise: -1 });
}

function drawAlong(canvas: Canvas, text: string, page: Page, paint: { colour: string; rise: 1 | -1 }): void {
  const diagonal = Math.hypot(page.width, page.height);
  const direction = { x: page.width / diagonal, y: (-paint.rise * page.height) / diagonal };
  const longest = diagonal * SHARE_OF_DIAGONAL;
  const size = Math.min(longest / widthOfText(text, 1), page.height * TALLEST);
  const length = size * widthOfText(text, 1);
  // Half of the text before the middle of the page, and the middle of its capitals on the diagonal.
  const along = length / 2;
  const down = size * 0.36;
  const start = {
    x: page.width / 2 - direction.x * along - direction.y * down,
    y: page.height / 2 - direction.y * along + direction.x * down,
  };
  canvas.readAs(text, () => {
    canvas.turnedText(text, start, direction, { size, colour: paint.colour });
  });
}
