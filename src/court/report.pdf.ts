import { toChinaTime } from '../kernel/index.js';
import {
  Alphabet,
  colour,
  heightOfLines,
  linesIn,
  PdfWriter,
  placeLines,
  tagged,
  wrapText,
  type TextTag,
} from '../platform/pdf/index.js';
import { reportParagraphs, type Paragraph } from './report-texts.js';
import type { Examination } from './court-package.js';

const A4 = { width: 595.28, height: 841.89 };
const MARGIN = 56;
const BLACK = colour('#1a1a1a');
const GREY = colour('#555555');
const alphabet = new Alphabet('court-report', '查验报告上链前后证明不事实开具方时间区块哈希结果');

const STYLES: Readonly<
  Record<Paragraph['style'], { size: number; before: number; ink: string; role: NonNullable<TextTag['role']> }>
> = {
  title: { size: 18, before: 0, ink: BLACK, role: 'H1' },
  heading: { size: 12, before: 14, ink: BLACK, role: 'H2' },
  text: { size: 9, before: 4, ink: BLACK, role: 'P' },
  english: { size: 8, before: 1.5, ink: GREY, role: 'P' },
};

/** Fills pages from the top; a paragraph goes on on the next. */
class Sheet {
  private placed: ReturnType<typeof placeLines>[] = [];
  private y = MARGIN;

  constructor(private readonly writer: PdfWriter) {}

  put({ text, style }: Paragraph): void {
    const { size, before, ink, role } = STYLES[style];
    const width = A4.width - 2 * MARGIN;
    const lines = wrapText(text, width, size);
    this.y += this.y === MARGIN ? 0 : before;
    while (lines.length > 0) {
      const room = linesIn(A4.height - MARGIN - this.y, size);
      // A heading does not stand alone at the foot of a page.
      if (room < (role === 'H2' ? 6 : 1)) {
        this.finish();
        continue;
      }
      const part = lines.splice(0, room);
      const height = heightOfLines(part.length, size);
      const box = { x: MARGIN, y: this.y, width, height };
      const tag: TextTag = { role, ...(style === 'english' ? { lang: 'en' } : {}) };
      this.placed.push(tagged(placeLines(part, box, { size, minimum: size, colour: ink }), tag));
      this.y += height;
    }
  }

  finish(): void {
    if (this.placed.length > 0) {
      this.writer.addPage(A4).texts(this.placed);
    }
    this.placed = [];
    this.y = MARGIN;
  }
}

/** The report as PDF/A, Chinese first. Not signed: it says what a program found, and everybody can have it found again. */
export function drawReport(examination: Examination): Uint8Array {
  const at = toChinaTime(examination.at);
  const writer = new PdfWriter(
    {
      title: `查验报告 Examination report ${at}`,
      documentAddress: 'chopmark.court-report/1',
      createdAt: examination.at,
      copy: 'court-report',
    },
    alphabet,
  );
  const sheet = new Sheet(writer);
  for (const paragraph of reportParagraphs(examination)) {
    sheet.put(paragraph);
  }
  sheet.finish();
  return writer.finish().bytes;
}
