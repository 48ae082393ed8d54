import type { Canvas } from './canvas.js';
import { colour } from './canvas.js';
import { widthOfText } from './fonts.js';

const PALE = colour('#f2e3e3');
const SHARE_OF_DIAGONAL = 0.66;

/** Sets `text` along the rising diagonal of the page. MUST be drawn first: everything else then stands on top of it. */
export function drawWatermark(
  canvas: Canvas,
  text: string,
  page: { readonly width: number; readonly height: number },
): void {
  const diagonal = Math.hypot(page.width, page.height);
  const direction = { x: page.width / diagonal, y: -page.height / diagonal };
  const length = diagonal * SHARE_OF_DIAGONAL;
  const size = length / widthOfText(text, 1);
  // Half of the text before the middle of the page, and the middle of its capitals on the diagonal.
  const along = length / 2;
  const down = size * 0.36;
  const start = {
    x: page.width / 2 - direction.x * along - direction.y * down,
    y: page.height / 2 - direction.y * along + direction.x * down,
  };
  canvas.readAs(text, () => {
    canvas.turnedText(text, start, direction, { size, colour: PALE });
  });
}
