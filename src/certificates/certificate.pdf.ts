import type { RenderContext } from '../documents/index.js';
import type { Canvas, PlacedText, RecordStripContext } from '../platform/pdf/index.js';
import {
  drawMark,
  drawQrCode,
  drawRecordStrip,
  drawText,
  drawWatermark,
  PdfWriter,
  placeText,
} from '../platform/pdf/index.js';
import type { PropertyCertificate, PropertyProof } from './certificate.js';
import { drawForm, drawRegisterSeal, label, MINI_MAP, PAGE, RED, TITLE } from './certificate.pdf.form.js';
import { drawPlan, fillPlan, layOutPlan, type PlanDrawing } from './certificate.pdf.plan.js';
import { ANNEX_AREA, ANNEX_HEAD, layOutPlanSheets, type PlanSheet } from './certificate.pdf.plan-sheet.js';
import { layOutAnnex } from './registered.pdf.rows.js';
import { layOutFirstSheet, pageMark, type FirstSheet, type SheetContent } from './registered.pdf.sheet.js';
import { CERTIFICATE_STATEMENT, certificateNotes, certificateRows } from './registered.pdf.words.js';

export type RegisteredPdfContext = RecordStripContext &
  Pick<RenderContext, 'mark'> & {
    /** The core data the pages were made from, put inside the file. */
    readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
  };

/** Everything that will stand on the pages of a certificate or proof. */
export type RegisteredLayout = {
  readonly first: FirstSheet & { readonly map?: PlanDrawing };
  readonly following: readonly PlanSheet[];
};

const SAMPLE_WATERMARK = '示例/非法定票据 SAMPLE';

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
    texts: [placeText('附    页', ANNEX_HEAD, label(15)), ...texts],
    frames: [],
  }));
  const following = [...annex, ...plans];
  const pages = following.length + 1;
  const mark = (page: number): PlacedText => pageMark(content.document, page, pages);
  return {
    first: { ...first, texts: [...first.texts, ...(map?.texts ?? []), mark(1)], ...(map !== undefined && { map }) },
    following: following.map((sheet, index) => ({ ...sheet, texts: [...sheet.texts, mark(index + 2)] })),
  };
}

/** Draws a 不动产权证书: one A4 page, an annex when texts are long, and 附图页. The same input gives the same bytes. */
export function renderCertificate(
  certificate: PropertyCertificate,
  context: RegisteredPdfContext,
): Promise<Uint8Array> {
  return renderRegistered(certificate, layOutCertificate(certificate, context), context);
}

/** Without a state mandate every page MUST say that it is a sample and no statutory document. */
export async function renderRegistered(
  document: PropertyCertificate | PropertyProof,
  { first, following }: RegisteredLayout,
  context: RegisteredPdfContext,
): Promise<Uint8Array> {
  const writer = new PdfWriter({
    title: `${document.title} ${document.number}`,
    documentAddress: context.documentAddress,
    createdAt: new Date(document.issuedAt),
  });
  const addPage = (drawing: PlanDrawing | undefined): Canvas => {
    const canvas = writer.addPage(PAGE);
    if (drawing !== undefined) {
      fillPlan(canvas, drawing);
    }
    if (document.mandate === 'sample') {
      drawWatermark(canvas, SAMPLE_WATERMARK, PAGE);
    }
    if (context.mark !== undefined) {
      drawMark(canvas, context.mark, PAGE);
    }
    return canvas;
  };
  drawFirst(addPage(first.map), document, first, context);
  for (const { texts, drawing, frames } of following) {
    const canvas = addPage(drawing);
    for (const frame of frames) {
      canvas.rectangle(frame, { width: 0.9, colour: RED });
    }
    if (drawing !== undefined) {
      drawPlan(canvas, drawing, true);
    }
    drawTexts(canvas, texts);
  }
  writer.attach({ ...context.attachment, mediaType: 'application/json' });
  return await writer.finish();
}

function drawFirst(
  canvas: Canvas,
  { registerAuthority, mandate, qrText }: PropertyCertificate | PropertyProof,
  { rowTops, map, strip, texts }: RegisteredLayout['first'],
  { verifyUrl }: RegisteredPdfContext,
): void {
  if (map !== undefined) {
    drawPlan(canvas, map, false);
  }
  drawForm(canvas, rowTops, map !== undefined);
  drawRegisterSeal(canvas, registerAuthority, mandate);
  drawQrCode(canvas, qrText, TITLE.qr);
  drawRecordStrip(canvas, strip, verifyUrl);
  drawTexts(canvas, texts);
}

function drawTexts(canvas: Canvas, texts: readonly PlacedText[]): void {
  for (const text of texts) {
    drawText(canvas, text);
  }
}
