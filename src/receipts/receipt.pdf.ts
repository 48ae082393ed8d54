import type { RenderContext } from '../documents/index.js';
import type { Canvas, RecordStripContext } from '../platform/pdf/index.js';
import {
  cell,
  drawMark,
  drawQrCode,
  drawRecordStrip,
  drawSeal,
  drawText,
  drawWatermark,
  layOutRecordStrip,
  millimetres,
  PdfWriter,
} from '../platform/pdf/index.js';
import { LEFT, MIDDLE, RED, RIGHT, SEAL_RED, stripTop, WIDTH } from './receipt.pdf.form.js';
import { layOutReceipt, type ReceiptPrint, type ReceiptSheet } from './receipt.pdf.sheet.js';
import type { Receipt } from './receipt.js';

export type ReceiptPdfContext = RecordStripContext &
  Pick<RenderContext, 'mark'> & {
    /** The core data the page was made from, put inside the file. */
    readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
  };

const SAMPLE_WATERMARK = '示例/非法定票据 SAMPLE';
const BILL_QR = cell(6.5, 3.5, 17, 17);

/**
 * Draws a fiscal e-bill (210 × 140 mm or A4, as many sheets as it takes). The same receipt and context give the same bytes.
 * Without a state mandate every sheet MUST say that it is a sample and no statutory bill.
 */
export async function renderReceipt(
  receipt: Receipt,
  print: ReceiptPrint,
  context: ReceiptPdfContext,
): Promise<Uint8Array> {
  const writer = new PdfWriter({
    title: `${receipt.title} ${receipt.code} ${receipt.number}`,
    documentAddress: context.documentAddress,
    createdAt: new Date(receipt.issuedAt),
  });
  for (const sheet of layOutReceipt(receipt, print, context)) {
    const page = { width: millimetres(WIDTH), height: millimetres(sheet.height) };
    const canvas = writer.addPage(page);
    if (receipt.mandate === 'sample') {
      drawWatermark(canvas, SAMPLE_WATERMARK, page);
    }
    if (context.mark !== undefined) {
      drawMark(canvas, context.mark, page);
    }
    drawForm(canvas, sheet);
    if (sheet.isFirst) {
      drawSeals(canvas, receipt, sheet);
      drawQrCode(canvas, receipt.qrText, BILL_QR);
    }
    drawRecordStrip(canvas, layOutRecordStrip(context, { x: LEFT, y: stripTop(sheet.height) }), context.verifyUrl);
    for (const text of sheet.texts) {
      drawText(canvas, text);
    }
  }
  writer.attach({ ...context.attachment, mediaType: 'application/json' });
  return await writer.finish();
}

function drawForm(canvas: Canvas, { frame, rules }: ReceiptSheet): void {
  canvas.rectangle(cell(LEFT, frame.top, RIGHT - LEFT, frame.bottom - frame.top), { width: 1, colour: RED });
  for (const { from, to } of rules) {
    canvas.line(from, to, { width: 0.6, colour: RED });
  }
}

/** The supervisor's over the title, and the unit's where it takes the money. */
function drawSeals(canvas: Canvas, receipt: Receipt, { frame }: ReceiptSheet): void {
  const isSample = receipt.mandate === 'sample';
  const at = (x: number, y: number): { x: number; y: number } => ({ x: millimetres(x), y: millimetres(y) });
  if (receipt.supervisor !== undefined) {
    drawSeal(canvas, {
      centre: at(MIDDLE, 12),
      radii: at(16, 9.6),
      top: isSample ? '示例监制章' : `${receipt.supervisor.name}章`,
      bottom: isSample ? 'SAMPLE' : '财政部监制',
      colour: SEAL_RED,
    });
  }
  drawSeal(canvas, {
    centre: at(67, frame.bottom + 0.3),
    radii: at(6.5, 6.5),
    top: isSample ? '示例收款专用章' : receipt.invoicingParty.name,
    bottom: isSample ? 'SAMPLE' : '财务专用章',
    colour: SEAL_RED,
  });
}
