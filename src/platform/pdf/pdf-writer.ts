import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Box } from './canvas.js';
import { Canvas } from './canvas.js';
import type { DocumentFont } from './fonts.js';
import { documentFont } from './fonts.js';
import { TrueTypeSubset } from './true-type-subset.js';

type PdfAttachment = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly description?: string;
};

type PdfDescription = {
  /** MUST name the document's number: two files with the same title, address and instant would share their file id. */
  readonly title: string;
  /** Where the document lives on chain; readable in the file's keywords without parsing a page. */
  readonly documentAddress: string;
  /** The instant of issue: the only date in the file. */
  readonly createdAt: Date;
};

/** The parts of pdfkit 0.20 behind its drawing functions that we write to directly. */
type EmbeddedFont = {
  readonly id: string;
  subset: TrueTypeSubset;
  readonly widths: number[];
  readonly unicode: number[][];
  ref(): unknown;
};
type PdfKitParts = { readonly _font: EmbeddedFont; readonly page: { readonly fonts: Record<string, unknown> } };

/** Gives each character its code in the embedded subset, and pdfkit the widths and the way back to Unicode. */
class UsedGlyphs {
  private readonly codes = new Map<number, string>();
  private readonly face: DocumentFont = documentFont();

  constructor(private readonly font: EmbeddedFont) {}

  encode(text: string): { codes: string; missing: string[] } {
    let codes = '';
    const missing: string[] = [];
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      const code = this.codes.get(codePoint) ?? this.include(codePoint);
      if (code === undefined) {
        missing.push(character);
      } else {
        codes += code;
      }
    }
    return { codes, missing };
  }

  private include(codePoint: number): string | undefined {
    const glyph = this.face.glyphOf(codePoint);
    if (glyph === 0) {
      return undefined;
    }
    const position = this.font.subset.includeGlyph(glyph);
    this.font.widths[position] = this.face.advanceOf(codePoint) * 1000;
    this.font.unicode[position] ??= [codePoint];
    const code = position.toString(16).padStart(4, '0');
    this.codes.set(codePoint, code);
    return code;
  }
}

/**
 * Writes a PDF 1.7 whose bytes depend only on what is drawn and described: no clock, no random identifier.
 * pdfkit keeps the file's structure (objects, metadata, attachments); pages come from `Canvas`.
 */
export class PdfWriter {
  private readonly document: PDFKit.PDFDocument;
  private readonly font: EmbeddedFont;
  private readonly glyphs: UsedGlyphs;
  private canvas: Canvas | undefined;

  constructor(private readonly description: PdfDescription) {
    const { source, tables } = documentFont();
    this.document = new PDFDocument({
      pdfVersion: '1.7',
      lang: 'zh-CN',
      displayTitle: true,
      autoFirstPage: false,
      font: null as unknown as string, // undeclared: no default font
      info: {
        Title: withoutMarkup(description.title),
        Keywords: withoutMarkup(description.documentAddress),
        Creator: 'Chopmark',
        Producer: 'Chopmark (pdfkit)',
        CreationDate: description.createdAt,
      },
    });
    this.document.registerFont('document', source as unknown as Buffer);
    this.document.font('document');
    this.font = (this.document as unknown as PdfKitParts)._font;
    this.font.subset = new TrueTypeSubset(tables);
    this.font.widths[0] = (tables.metrics(0).advance * 1000) / source.unitsPerEm;
    this.glyphs = new UsedGlyphs(this.font);
  }

  addPage(size: Pick<Box, 'width' | 'height'>): Canvas {
    this.closePage();
    this.document.addPage({ size: [size.width, size.height], margin: 0 });
    (this.document as unknown as PdfKitParts).page.fonts[this.font.id] = this.font.ref();
    this.canvas = new Canvas(this.font.id, this.glyphs);
    return this.canvas;
  }

  /** Puts a file inside the document, as the data it was made from. */
  attach(attachment: PdfAttachment): void {
    const { createdAt } = this.description;
    const options: PDFKit.Mixins.PDFAttachmentOptions & { relationship: string } = {
      name: attachment.name,
      type: attachment.mediaType,
      relationship: 'Data', // undeclared
      creationDate: createdAt,
      modifiedDate: createdAt,
      ...(attachment.description === undefined ? {} : { description: attachment.description }),
    };
    this.document.file(Buffer.from(attachment.bytes), options);
  }

  async finish(): Promise<Uint8Array> {
    this.closePage();
    this.document.end();
    return buffer(this.document);
  }

  private closePage(): void {
    if (this.canvas !== undefined) {
      this.document.addContent(this.canvas.content());
    }
    this.canvas = undefined;
  }
}

/** pdfkit 0.20 writes these values into XMP without escaping; `&` and `<` would make the metadata unreadable. */
function withoutMarkup(value: string): string {
  return value.replaceAll(/[&<>]/g, ' ');
}
