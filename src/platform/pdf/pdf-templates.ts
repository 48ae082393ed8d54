import type { UnsignedPdf } from '../signing/index.js';
import { assemblePdf, templateOf, type Template } from './assemble-pdf.js';
import { drawPdf } from './draw-pdf.js';
import { shapeOf, type PdfContent } from './pdf-content.js';

/** Of each shape as much as pdfkit wrote of it: some tens of kilobytes for one page, megabytes for thousands of rows. */
const MOST_BYTES = 32 * 1024 * 1024;
const LARGEST = 1024 * 1024;

/**
 * Writes files. The first document of a shape is drawn by pdfkit; it and those after it are assembled from what pdfkit wrote,
 * to the bytes that a drawing of their own would give, and in a fraction of the time. What is kept is bounded, and losing it costs time only.
 */
export class PdfTemplates {
  /** By shape, the least recently used first. */
  private readonly templates = new Map<string, Template>();
  private size = 0;

  constructor(private readonly mostBytes = MOST_BYTES) {}

  write(content: PdfContent): UnsignedPdf {
    const shape = shapeOf(content);
    const known = this.templates.get(shape);
    if (known !== undefined) {
      this.templates.delete(shape);
      this.templates.set(shape, known);
      return assemblePdf(known, content);
    }
    const template = templateOf(drawPdf(content));
    this.keep(shape, template);
    return assemblePdf(template, content);
  }

  private keep(shape: string, template: Template): void {
    if (template.fixedLength > LARGEST) {
      return;
    }
    this.templates.set(shape, template);
    this.size += template.fixedLength;
    for (const [oldest, { fixedLength }] of this.templates) {
      if (this.size <= this.mostBytes) {
        return;
      }
      this.templates.delete(oldest);
      this.size -= fixedLength;
    }
  }
}
