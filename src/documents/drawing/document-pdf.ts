import {
  type Alphabet,
  drawMark,
  drawRecordStrip,
  drawWatermark,
  type Page,
  PdfWriter,
  type RecordStrip,
} from '../../platform/pdf/index.js';
import type { UnsignedPdf } from '../../platform/signing/index.js';
import type { RenderContext } from './render-context.js';

const SAMPLE_WATERMARK = '示例/非法定票据 SAMPLE';

/** What the PDF of every document says about itself, whatever its kind. */
export type PrintedDocument = {
  readonly title: string;
  /** With the title, what no other document has. */
  readonly number: string;
  readonly issuedAt: string;
  readonly mandate: 'sample' | 'state';
};

/**
 * The PDF of one document, page by page. Without a state mandate every page MUST say that it is a sample and nothing statutory,
 * and a copy of a document that is out of force says so on every page.
 */
export class DocumentPdf {
  private readonly writer: PdfWriter;

  constructor(
    private readonly document: PrintedDocument,
    private readonly context: RenderContext,
    alphabet: Alphabet,
  ) {
    this.writer = new PdfWriter(
      {
        title: `${document.title} ${document.number}`,
        documentAddress: context.documentAddress,
        createdAt: new Date(document.issuedAt),
        ...(context.signatureRoom !== undefined && { signatureRoom: context.signatureRoom }),
        ...(context.mark !== undefined && { copy: context.mark.en }),
      },
      alphabet,
    );
  }

  /** `ground` is drawn under what is said across the page. */
  addPage(size: { readonly width: number; readonly height: number }, ground?: (page: Page) => void): Page {
    const page = this.writer.addPage(size);
    ground?.(page);
    if (this.document.mandate === 'sample') {
      drawWatermark(page, SAMPLE_WATERMARK);
    }
    if (this.context.mark !== undefined) {
      drawMark(page, this.context.mark);
    }
    return page;
  }

  endPage(page: Page, strip: RecordStrip): void {
    drawRecordStrip(page, strip, this.context.verifyUrl);
  }

  /** What the document says in a form of its own for machines. */
  attachXml(name: string, bytes: Uint8Array): void {
    this.writer.attach({ name, bytes, mediaType: 'application/xml', relationship: 'Alternative' });
  }

  /** Attaches the core data, from which everything on the pages was made. */
  finish(): UnsignedPdf {
    this.writer.attach({ ...this.context.attachment, mediaType: 'application/json', relationship: 'Data' });
    return this.writer.finish();
  }
}
