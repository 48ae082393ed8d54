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
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, maskPattern: MASK, border: QUIET_MODULES });
  const side = Math.min(box.width, box.height);
  canvas.fillPath(`0 0 ${size} ${size} re`, box, { scale: side / size, colour: '1 1 1' });
  canvas.fillPath(pathOfModules(data), box, { scale: side / size, colour: '0 0 0' });
}

/** Each horizontal run of dark modules as one rectangle of a single path, so that no renderer shows seams. */
export function pathOfModules(modules: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  for (const [y, row] of modules.entries()) {
    let start = -1;
    for (let x = 0; x <= row.length; x++) {
      const isDark = row[x] === true;
      if (isDark && start < 0) {
        start = x;
      } else if (!isDark && start >= 0) {
        runs.push(`${start} ${y} ${x - start} 1 re`);
        start = -1;
      }
    }
  }
  return runs.join(' ');
}
