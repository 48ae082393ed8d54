import { encode } from 'uqr';
import type { Box, Canvas } from './canvas.js';
import type { Page } from './page.js';

/** Trying all eight masks costs ten times the drawing, and every mask is a valid code. */
const MASK = 2;
const QUIET_MODULES = 2;

/** A figure: `text` as a vector QR code in the square at the top left of `box`; `alt` says what it is for. */
export function drawQrCode(page: Page, text: string, { box, alt }: { readonly box: Box; readonly alt: string }): void {
  page.figure({ alt, box }, () => {
    drawModules(page.canvas, text, box);
  });
}

/** Error correction M, with a quiet border inside the box. */
function drawModules(canvas: Canvas, text: string, box: Box): void {
  const { data, size: inner } = encode(text, { ecc: 'M', boostEcc: false, maskPattern: MASK, border: 0 });
  const size = inner + 2 * QUIET_MODULES;
  const side = Math.min(box.width, box.height);
  const border = (QUIET_MODULES * side) / size;
  const origin = { x: box.x + border, y: box.y + border };
  canvas.fillPath(`0 0 ${size} ${size} re`, box, { scale: side / size, colour: '1 1 1' });
  canvas.fillPath(pathOfModules(data), origin, { scale: side / size, colour: '0 0 0' });
}

/** Each horizontal run of dark modules as one rectangle of a single path, so that no renderer shows seams. */
export function pathOfModules(modules: readonly (readonly boolean[])[]): string {
  let path = '';
  for (let y = 0; y < modules.length; y += 1) {
    const row = modules[y] ?? [];
    const place = ` ${y} `;
    let start = -1;
    for (let x = 0; x <= row.length; x += 1) {
      const isDark = row[x] === true;
      if (isDark && start < 0) {
        start = x;
      } else if (!isDark && start >= 0) {
        path += `${path === '' ? '' : ' '}${start}${place}${x - start} 1 re`;
        start = -1;
      }
    }
  }
  return path;
}
