import { create } from 'fontkit';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { serve } from '../../../dist/bench/pdf/serve.js';
import { PAGE, placedTexts, RULES, SAMPLE, SEAL, TAX_QR, VERIFY_QR } from './geometry.mjs';
import { qrRuns } from './qr.mjs';

const MM = 72 / 25.4;
// The font is read once for all documents: most programs read it for each, and take a second for a page.
const font = create(readFileSync(process.env.BENCH_FONT));

serve(async ({ sheet }) => {
  const document = new PDFDocument({ size: [PAGE.width * MM, PAGE.height * MM], margin: 0, font: null });
  document.registerFont('text', font);
  document.font('text');
  drawSample(document, sheet.sample);
  document.lineWidth(0.7).strokeColor([139, 26, 26]);
  for (const [x1, y1, x2, y2] of RULES) {
    document.moveTo(x1 * MM, y1 * MM).lineTo(x2 * MM, y2 * MM);
  }
  document.stroke();
  document.strokeColor([200, 50, 47]).lineWidth(1.4);
  document.ellipse(SEAL.x * MM, SEAL.y * MM, SEAL.radiusX * MM, SEAL.radiusY * MM).stroke();
  for (const { text, x, y, width, align, size, colour } of placedTexts(sheet)) {
    document.fontSize(size).fillColor(colour);
    document.text(text, x * MM, y * MM, { width: width * MM, align, lineBreak: true });
  }
  drawQr(document, sheet.qr.tax, TAX_QR);
  drawQr(document, sheet.qr.verify, VERIFY_QR);
  document.end();
  return buffer(document);
});

function drawSample(document, text) {
  const { x, y, size, degrees, colour, opacity } = SAMPLE;
  document.save().rotate(-degrees, { origin: [x * MM, y * MM] });
  document.fontSize(size).fillColor(colour, opacity);
  document.text(text, (x - 100) * MM, y * MM - size / 2, { width: 200 * MM, align: 'center' });
  document.restore().fillOpacity(1);
}

function drawQr(document, text, { x, y, size }) {
  const { runs, size: modules } = qrRuns(text);
  const pitch = (size * MM) / modules;
  for (const [column, row, length] of runs) {
    document.rect(x * MM + column * pitch, y * MM + row * pitch, length * pitch, pitch);
  }
  document.fill([0, 0, 0]);
}
