import { DocumentPdf, type Renderer } from '../documents/drawing/index.js';
import type { RenderContext } from '../documents/index.js';
import { parseAmount } from '../kernel/index.js';
import { drawQrCode, type RecordStripContext } from '../platform/pdf/index.js';
import type { UnsignedPdf } from '../platform/signing/index.js';
import { buildBlockchainQrUrl } from './blockchain-qr-url.js';
import { writeEInvoiceXml } from './einvoice-xml.write.js';
import type { Invoice } from './invoice.js';
import { ALPHABET, drawForm, drawTaxSeal, PAGE, TAX_QR } from './invoice.pdf.form.js';
import { layOutInvoice } from './invoice.pdf.sheet.js';

/** Readers of electronic vouchers look for it under this name. */
const XML_NAME = 'einvoice.xml';

/** Draws a 数电票 (210 × 140 mm, as many sheets as its lines take). The same invoice and context give the same bytes. */
export function renderInvoice(invoice: Invoice, context: RenderContext): UnsignedPdf {
  const pdf = new DocumentPdf(invoice, context, ALPHABET);
  const qrText = qrTextOf(invoice, context);
  for (const { head, texts, strip } of layOutInvoice(invoice, context)) {
    const page = pdf.addPage(PAGE);
    drawForm(page.canvas);
    page.texts(head);
    drawTaxSeal(page, invoice);
    drawQrCode(page, qrText, { box: TAX_QR, alt: '发票二维码 QR code of the invoice' });
    page.texts(texts);
    pdf.endPage(page, strip);
  }
  if (invoice.scheme === 'shudian') {
    pdf.attachXml(XML_NAME, writeEInvoiceXml(invoice));
  }
  return pdf.finish();
}

export const INVOICE_RENDERER: Renderer<Invoice> = { name: 'invoice', alphabet: ALPHABET, render: renderInvoice };

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
