import { DocumentPdf, type Renderer } from '../documents/drawing/index.js';
import type { RenderContext } from '../documents/index.js';
import type { Canvas, Page } from '../platform/pdf/index.js';
import { cell, drawQrCode, drawSeal, millimetres } from '../platform/pdf/index.js';
import type { UnsignedPdf } from '../platform/signing/index.js';
import { ALPHABET, LEFT, MIDDLE, RED, RIGHT, SEAL_RED, unitSealBox, WIDTH } from './receipt.pdf.form.js';
import { layOutReceipt, type ReceiptPrint, type ReceiptSheet } from './receipt.pdf.sheet.js';
import type { Receipt } from './receipt.js';

const BILL_QR = cell(6.5, 3.5, 17, 17);

/** Draws a fiscal e-bill (210 × 140 mm or A4, as many sheets as it takes). The same receipt and context give the same bytes. */
function renderReceipt(receipt: Receipt, print: ReceiptPrint, context: RenderContext): UnsignedPdf {
  const { title, code, number, issuedAt, mandate } = receipt;
  const pdf = new DocumentPdf({ title, number: `${code} ${number}`, issuedAt, mandate }, context, ALPHABET);
  for (const sheet of layOutReceipt(receipt, print, context)) {
    const page = pdf.addPage({ width: millimetres(WIDTH), height: millimetres(sheet.height) });
    drawForm(page.canvas, sheet);
    page.texts(sheet.texts);
    if (sheet.isFirst) {
      drawSeals(page, receipt, sheet);
      drawQrCode(page, receipt.qrText, { box: BILL_QR, alt: '票据二维码 QR code of the bill' });
    }
    pdf.endPage(page, sheet.strip);
  }
  return pdf.finish();
}

/** What the kind prints goes along as data: a thread knows no kind, and those that operators register least of all. */
export const RECEIPT_RENDERER: Renderer<{ readonly receipt: Receipt; readonly print: ReceiptPrint }> = {
  name: 'receipt',
  alphabet: ALPHABET,
  render: ({ receipt, print }, context) => renderReceipt(receipt, print, context),
};

function drawForm(canvas: Canvas, { frame, rules }: ReceiptSheet): void {
  canvas.rectangle(cell(LEFT, frame.top, RIGHT - LEFT, frame.bottom - frame.top), { width: 1, colour: RED });
  for (const { from, to } of rules) {
    canvas.line(from, to, { width: 0.6, colour: RED });
  }
}

/** The supervisor's over the title, and the unit's where it takes the money. */
function drawSeals(page: Page, receipt: Receipt, { frame }: ReceiptSheet): void {
  const isSample = receipt.mandate === 'sample';
  const at = (x: number, y: number): { x: number; y: number } => ({ x: millimetres(x), y: millimetres(y) });
  if (receipt.supervisor !== undefined) {
    drawSeal(page, {
      centre: at(MIDDLE, 12),
      radii: at(16, 9.6),
      top: isSample ? '示例监制章' : `${receipt.supervisor.name}章`,
      bottom: isSample ? 'SAMPLE' : '财政部监制',
      colour: SEAL_RED,
    });
  }
  const { x, y, width, height } = unitSealBox(frame.bottom);
  drawSeal(page, {
    centre: { x: x + width / 2, y: y + height / 2 },
    radii: { x: width / 2, y: height / 2 },
    top: isSample ? '示例收款专用章' : receipt.invoicingParty.name,
    bottom: isSample ? 'SAMPLE' : '财务专用章',
    colour: SEAL_RED,
  });
}
