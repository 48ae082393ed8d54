import { colour } from './canvas.js';
import { widthOfText } from './fonts.js';
import type { Page } from './page.js';

const PALE = colour('#f2e3e3');
const SIGNAL = colour('#f0605c');
const SHARE_OF_DIAGONAL = 0.66;
/** Short words would grow into the corners, where the QR codes stand on white ground. */
const TALLEST = 0.16;

/**
 * Sets `text` along the rising diagonal of the page. MUST be drawn first: everything else then stands on top of it. It is read
 * aloud first, too: what a watermark says, nobody may miss.
 */
export function drawWatermark(page: Page, text: string): void {
  drawAlong(page, text, { colour: PALE, rise: 1 });
}

/**
 * Says across the whole page, in red and along the other diagonal, that the document is no longer in force. MUST be drawn
 * right after the watermark and before the content, which stays readable on top of it.
 */
export function drawMark(page: Page, { zh, en }: { readonly zh: string; readonly en: string }): void {
  drawAlong(page, `${zh} ${en}`, { colour: SIGNAL, rise: -1 });
}

function drawAlong(sheet: Page, text: string, paint: { colour: string; rise: 1 | -1 }): void {
  const { canvas, size: page } = sheet;
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
  sheet.notice(text, () => {
    canvas.turnedText(text, start, direction, { size, colour: paint.colour });
  });
}
