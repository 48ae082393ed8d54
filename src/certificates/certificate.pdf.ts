import { DocumentPdf } from '../documents/drawing/index.js';
import type { RenderContext } from '../documents/index.js';
import type { Page, PlacedText, RecordStripContext } from '../platform/pdf/index.js';
import { drawQrCode, placeText, tagged } from '../platform/pdf/index.js';
import type { UnsignedPdf } from '../platform/signing/index.js';
import type { PropertyCertificate, PropertyProof } from './certificate.js';
import { ALPHABET, drawForm, drawRegisterSeal, label, MINI_MAP, PAGE, RED, TITLE } from './certificate.pdf.form.js';
import { drawPlan, fillPlan, layOutPlan, type PlanDrawing } from './certificate.pdf.plan.js';
import { ANNEX_AREA, ANNEX_HEAD, layOutPlanSheets, type PlanSheet } from './certificate.pdf.plan-sheet.js';
import { layOutAnnex } from './registered.pdf.rows.js';
import { layOutFirstSheet, pageMark, type FirstSheet, type SheetContent } from './registered.pdf.sheet.js';
import { CERTIFICATE_STATEMENT, certificateNotes, certificateRows } from './registered.pdf.words.js';

/** Everything that will stand on the pages of a certificate or proof. */
export type RegisteredLayout = {
  readonly first: FirstSheet & { readonly map?: PlanDrawing };
  readonly following: readonly PlanSheet[];
};

export function layOutCertificate(certificate: PropertyCertificate, context: RecordStripContext): RegisteredLayout {
  const content = {
    document: certificate,
    heading: { zh: '不动产权证书', en: 'Real Estate Ownership Certificate' },
    rows: certificateRows(certificate),
    notes: certificateNotes(certificate),
    statement: CERTIFICATE_STATEMENT,
    hasMap: true,
  };
  const map = layOutPlan(certificate.location, MINI_MAP.drawing, false);
  return layOutRegistered(content, context, { map, plans: layOutPlanSheets(certificate) });
}

/** First page, then the annex of texts too long for it, then plans; each but a lone page says which it is. */
export function layOutRegistered(
  content: SheetContent,
  context: RecordStripContext,
  { map, plans = [] }: { readonly map?: PlanDrawing; readonly plans?: readonly PlanSheet[] },
): RegisteredLayout {
  const first = layOutFirstSheet(content, context);
  const annex = layOutAnnex(first.annex, ANNEX_AREA).map((texts) => ({
    texts: [tagged(placeText('附    页', ANNEX_HEAD, label(15)), { role: 'H2' }), ...texts],
    frames: [],
  }));
  const following = [...annex, ...plans];
  const pages = following.length + 1;
  const mark = (page: number): PlacedText => pageMark(content.document, page, pages);
  return {
    first: { ...first, texts: [...first.texts, mark(1)], ...(map !== undefined && { map }) },
    following: following.map((sheet, index) => ({ ...sheet, texts: [...sheet.texts, mark(index + 2)] })),
  };
}

/** Draws a 不动产权证书: one A4 page, an annex when texts are long, and 附图页. The same input gives the same bytes. */
export function renderCertificate(certificate: PropertyCertificate, context: RenderContext): UnsignedPdf {
  return renderRegistered(certificate, layOutCertificate(certificate, context), context);
}

export function renderRegistered(
  document: PropertyCertificate | PropertyProof,
  { first, following }: RegisteredLayout,
  context: RenderContext,
): UnsignedPdf {
  const pdf = new DocumentPdf(document, context, ALPHABET);
  const addPage = (drawing: PlanDrawing | undefined): Page =>
    pdf.addPage(PAGE, ({ canvas }) => {
      if (drawing !== undefined) {
        fillPlan(canvas, drawing);
      }
    });
  const page = addPage(first.map);
  drawFirst(page, document, first);
  pdf.endPage(page, first.strip);
  for (const { texts, drawing, frames } of following) {
    const next = addPage(drawing);
    for (const frame of frames) {
      next.canvas.rectangle(frame, { width: 0.9, colour: RED });
    }
    if (drawing !== undefined) {
      drawPlan(next, drawing, true);
    }
    next.texts(texts);
  }
  return pdf.finish();
}

function drawFirst(
  page: Page,
  { registerAuthority, mandate, qrText }: PropertyCertificate | PropertyProof,
  { rowTops, map, texts }: RegisteredLayout['first'],
): void {
  drawForm(page.canvas, rowTops, map !== undefined);
  page.texts(texts);
  if (map !== undefined) {
    drawPlan(page, map, false);
  }
  drawRegisterSeal(page, registerAuthority, mandate);
  drawQrCode(page, qrText, { box: TITLE.qr, alt: '证书二维码 QR code of the certificate' });
}
