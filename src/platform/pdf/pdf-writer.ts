import type { UnsignedPdf } from '../signing/index.js';
import type { Alphabet } from './alphabet.js';
import { Page, type PageSize } from './page.js';
import type { PdfAttachment, PdfContent, PdfDescription } from './pdf-content.js';
import { fileId } from './pdf-content.js';
import { PdfTemplates } from './pdf-templates.js';
import { Structure } from './structure.js';
import { UsedGlyphs } from './used-glyphs.js';

const templates = new PdfTemplates();

/**
 * Makes one PDF whose bytes depend only on what is drawn and described: no clock, no random identifier.
 */
export class PdfWriter {
  private readonly structure = new Structure();
  private readonly glyphs: UsedGlyphs;
  private readonly pages: Page[] = [];
  private readonly attachments: PdfAttachment[] = [];

  constructor(
    private readonly description: PdfDescription,
    alphabet: Alphabet,
  ) {
    this.glyphs = new UsedGlyphs(alphabet);
  }

  addPage(size: PageSize): Page {
    const page = new Page(size, this.pages.length, this.structure, this.glyphs);
    this.pages.push(page);
    return page;
  }

  /** Puts a file inside the document. */
  attach(attachment: PdfAttachment): void {
    this.attachments.push(attachment);
  }

  finish(): UnsignedPdf {
    return templates.write(this.content());
  }

  /** What the file is made from. MUST be asked for once, when all pages are drawn. */
  content(): PdfContent {
    const status = this.pages[0]?.statusBox;
    if ((status === undefined) !== (this.description.copy !== undefined)) {
      throw new Error('An issued file needs the field of its status on the first page; a copy MUST NOT have it');
    }
    if (status !== undefined) {
      this.structure.add(this.structure.root, { role: 'Form', field: 'proof' });
      this.structure.add(this.structure.root, { role: 'Form', field: 'signature' });
    }
    return {
      description: this.description,
      id: fileId(this.description),
      pages: this.pages.map(({ size, canvas, qrCodes }) => ({ size, operators: canvas.content(), qrCodes })),
      structure: this.structure,
      glyphs: this.glyphs,
      attachments: this.attachments,
      ...(status !== undefined && { status }),
    };
  }
}
