import fontkit from '@pdf-lib/fontkit';
import { readFileSync } from 'node:fs';
import { degrees, PDFDocument, rgb } from 'pdf-lib';
import { serve } from '../../../dist/bench/pdf/serve.js';
import { PAGE, placedTexts, RULES, SAMPLE, SEAL, TAX_QR, VERIFY_QR } from './geometry.mjs';
import { qrPath } from './qr.mjs';

const MM = 72 / 25.4;
const bytes = readFileSync(process.env.BENCH_FONT);
// The parsed font is kept: pdf-lib would parse it again for each document.
const parsed = fontkit.create(bytes);
const colourOf = ([red, green, blue]) => rgb(red / 255, green / 255, blue / 255);

serve(async ({ sheet }) => {
  const document = await PDFDocument.create();
  document.registerFontkit({ create: () => parsed });
  const font = await document.embedFont(bytes, { subset: true });
  const page = document.addPage([PAGE.width * MM, PAGE.height * MM]);
  const fromTop = (y) => (PAGE.height - y) * MM;
  drawSample(page, font, sheet.sample);
  for (const [x1, y1, x2, y2] of RULES) {
    const [start, end] = [
      { x: x1 * MM, y: fromTop(y1) },
      { x: x2 * MM, y: fromTop(y2) },
    ];
    page.drawLine({ start, end, thickness: 0.7, color: colourOf([139, 26, 26]) });
  }
  const { x, y, radiusX, radiusY } = SEAL;
  const ring = { borderWidth: 1.4, borderColor: colourOf([200, 50, 47]) };
  page.drawEllipse({ x: x * MM, y: fromTop(y), xScale: radiusX * MM, yScale: radiusY * MM, ...ring });
  for (const text of placedTexts(sheet)) {
    const room = text.width * MM - (text.align === 'left' ? 0 : font.widthOfTextAtSize(text.text, text.size));
    const indent = { left: 0, center: room / 2, right: room }[text.align];
    const place = { x: text.x * MM + indent, y: fromTop(text.y) - text.size * 1.1 };
    page.drawText(text.text, { ...place, size: text.size, font, color: colourOf(text.colour) });
  }
  drawQr(page, sheet.qr.tax, TAX_QR, fromTop);
  drawQr(page, sheet.qr.verify, VERIFY_QR, fromTop);
  return document.save();
});

function drawSample(page, font, text) {
  const { x, y, size, degrees: angle, colour, opacity } = SAMPLE;
  const half = font.widthOfTextAtSize(text, size) / 2;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const place = { x: x * MM - half * cos, y: (PAGE.height - y) * MM - half * sin };
  page.drawText(text, { ...place, size, font, opacity, color: colourOf(colour), rotate: degrees(angle) });
}

function drawQr(page, text, { x, y, size }, fromTop) {
  const { path, size: modules } = qrPath(text);
  page.drawSvgPath(path, { x: x * MM, y: fromTop(y), scale: (size * MM) / modules, color: rgb(0, 0, 0) });
}
