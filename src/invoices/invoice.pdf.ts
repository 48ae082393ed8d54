import type { RenderContext } from '../documents/index.js';
import { parseAmount } from '../kernel/index.js';
import type { RecordStripContext } from '../platform/pdf/index.js';
import {
  drawMark,
  drawQrCode,
  drawRecordStrip,
  drawText,
  drawWatermark,
  layOutRecordStrip,
  PdfWriter,
} from '../platform/pdf/index.js';
import { buildBlockchainQrUrl } from './blockchain-qr-url.js';
import { writeEInvoiceXml } from './einvoice-xml.write.js';
import type { Invoice } from './invoice.js';
import { drawForm, PAGE, STRIP, TAX_QR } from './invoice.pdf.form.js';
import { layOutInvoice } from './invoice.pdf.sheet.js';

export type InvoicePdfContext = RecordStripContext &
  Pick<RenderContext, 'mark'> & {
    /** The core data the page was made from, put inside the file. */
    readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
  };

/** Readers of electronic vouchers look for it under this name. */
const XML_NAME = 'einvoice.xml';
const SAMPLE_WATERMARK = '示例/非法定票据 SAMPLE';

/**
 * Draws a 数电票 (210 × 140 mm, as many sheets as its lines take). The same invoice and context give the same bytes.
 * Without a state mandate every sheet MUST say that it is a sample and no statutory invoice.
 */
export async function renderInvoice(invoice: Invoice, context: InvoicePdfContext): Promise<Uint8Array> {
  const writer = new PdfWriter({
    title: `${invoice.title} ${invoice.number}`,
    documentAddress: context.documentAddress,
    createdAt: new Date(invoice.issuedAt),
  });
  const strip = layOutRecordStrip(context, STRIP);
  for (const sheet of layOutInvoice(invoice, context)) {
    const canvas = writer.addPage(PAGE);
    if (invoice.mandate === 'sample') {
      drawWatermark(canvas, SAMPLE_WATERMARK, PAGE);
    }
    if (context.mark !== undefined) {
      drawMark(canvas, context.mark, PAGE);
    }
    drawForm(canvas, invoice);
    drawQrCode(canvas, qrTextOf(invoice, context), TAX_QR);
    drawRecordStrip(canvas, strip, context.verifyUrl);
    for (const text of sheet.texts) {
      drawText(canvas, text);
    }
  }
  writer.attach({ ...context.attachment, mediaType: 'application/json' });
  if (invoice.scheme === 'shudian') {
    writer.attach({ name: XML_NAME, bytes: writeEInvoiceXml(invoice), mediaType: 'application/xml' });
  }
  return await writer.finish();
}

/**
 * A blockchain invoice links to its own verification, in the form that such invoices have: the 66 digits are `01`, the
 * document's address, and the first 24 of its docId.
 */
function qrTextOf(
  { qrText, number, totals }: Invoice,
  { verifyUrl, documentAddress, docId }: RecordStripContext,
): string {
  const address = documentAddress.slice(-40).toLowerCase();
  return (
    qrText ??
    buildBlockchainQrUrl(verifyUrl.replace(/\/v\/[^/]*$/, '/verify/scan'), {
      hash: `01${address}${docId.replace(/^0x/, '').slice(0, 24)}`,
      number,
      totalFen: parseAmount(totals.withTax),
    })
  );
}
