import { fine, number, textString } from './pdf-text.js';
import { fontName, type UsedGlyphs } from './used-glyphs.js';

/** Points from the top left corner of the page. */
export type Point = { readonly x: number; readonly y: number };
export type Box = Point & { readonly width: number; readonly height: number };

export type TextPaint = {
  readonly size: number;
  readonly colour: string;
  /** Thickness in points of a contour drawn around the glyphs: bold without a second font. */
  readonly contour?: number;
};

type Stroke = { readonly width: number; readonly colour: string; readonly dash?: number };

/** What a piece of the page belongs to, as marked content (ISO 32000-1, 14.6). */
export type Mark = {
  readonly role: string;
  readonly id: number;
  readonly lang?: string;
};

/** `#8b1a1a` → the operands of a PDF colour operator. */
export function colour(hex: string): string {
  const channel = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
  return `${fine(channel(1), 3)} ${fine(channel(3), 3)} ${fine(channel(5), 3)}`;
}

export const millimetres = (length: number): number => (length * 72) / 25.4;

/** A box told in millimetres from the top left corner. */
export function cell(x: number, y: number, width: number, height: number): Box {
  return { x: millimetres(x), y: millimetres(y), width: millimetres(width), height: millimetres(height) };
}

const FONT_NAME = fontName(0);

/**
 * One page, written as PDF operators: places are known before, so nothing is measured or wrapped here.
 *
 * Every operator stands in marked content: in that of `tagged`, or in an artifact, which readers pass over. So a line that
 * nobody thought of tagging is decoration, and never an unexplained piece of the page.
 */
export class Canvas {
  private readonly operators: string[] = [];
  private open: 'nothing' | 'artifact' | 'tagged' = 'nothing';
  private fillColour = '';
  private strokeColour = '';
  private lineStyle = '';
  private textSize = 0;

  constructor(
    private readonly height: number,
    private readonly glyphs: UsedGlyphs,
  ) {}

  /** What `draw` draws is the content of one element of the document's structure. */
  tagged({ role, id, lang }: Mark, draw: () => void): void {
    this.close();
    const language = lang === undefined ? '' : `/Lang (${lang})`;
    this.operators.push(`/${role} <</MCID ${id}${language}>> BDC`);
    this.open = 'tagged';
    draw();
    this.close();
  }

  /** Text on one line, its baseline starting at `start`. */
  text(text: string, start: Point, paint: TextPaint): void {
    this.setText(text, paint, `${number(start.x)} ${number(this.height - start.y)} Td`);
  }

  /** Text whose baseline runs along the unit vector `direction`. */
  turnedText(text: string, start: Point, direction: Point, paint: TextPaint): void {
    const [along, across] = [fine(direction.x, 4), fine(-direction.y, 4)];
    const place = `${number(start.x)} ${number(this.height - start.y)}`;
    this.setText(text, paint, `${along} ${across} ${fine(direction.y, 4)} ${along} ${place} Tm`);
  }

  /** What `draw` draws is read, copied and searched as `text` in one piece, however its letters are turned. */
  readAs(text: string, draw: () => void): void {
    this.push(`/Span <</ActualText ${textString(text)}>> BDC`);
    draw();
    this.operators.push('EMC');
  }

  line(from: Point, to: Point, stroke: Stroke): void {
    this.strokeWith(stroke);
    this.push(`${number(from.x)} ${number(this.height - from.y)} m ${number(to.x)} ${number(this.height - to.y)} l S`);
  }

  rectangle(box: Box, stroke: Stroke): void {
    this.strokeWith(stroke);
    const bottom = this.height - box.y - box.height;
    this.push(`${number(box.x)} ${number(bottom)} ${number(box.width)} ${number(box.height)} re S`);
  }

  ellipse(centre: Point, radii: Point, stroke: Stroke): void {
    const reach = 0.5522847498; // control points of the Bézier curves nearest to a quarter of a circle
    const at = (x: number, y: number): string =>
      `${number(centre.x + x * radii.x)} ${number(this.height - centre.y - y * radii.y)}`;
    this.strokeWith(stroke);
    this.push(
      `${at(1, 0)} m ${at(1, reach)} ${at(reach, 1)} ${at(0, 1)} c ${at(-reach, 1)} ${at(-1, reach)} ${at(-1, 0)} c ` +
        `${at(-1, -reach)} ${at(-reach, -1)} ${at(0, -1)} c ${at(reach, -1)} ${at(1, -reach)} ${at(1, 0)} c h S`,
    );
  }

  /** Fills `path` (PDF path operators in units of their own, y down) scaled by `scale` and moved to `origin`. */
  fillPath(path: string, origin: Point, paint: { readonly scale: number; readonly colour: string }): void {
    const scale = fine(paint.scale, 5);
    const place = `${number(origin.x)} ${number(this.height - origin.y)}`;
    this.fillWith(paint.colour);
    this.push(`q ${scale} 0 0 -${scale} ${place} cm ${path} f Q`);
  }

  /** The operators of the whole page, as Latin-1. MUST be asked for once, when all is drawn. */
  content(): string {
    this.close();
    return this.operators.join('\n');
  }

  private setText(text: string, { size, colour: paint, contour }: TextPaint, place: string): void {
    const shown = this.glyphs.show(text, size);
    this.fillWith(paint);
    if (contour !== undefined) {
      this.strokeWith({ width: contour, colour: paint });
    }
    const font = size === this.textSize ? '' : `/${FONT_NAME} ${number(size)} Tf `;
    this.textSize = size;
    this.push(contour === undefined ? `BT ${font}${place} ${shown} ET` : `BT ${font}2 Tr ${place} ${shown} 0 Tr ET`);
  }

  private fillWith(value: string): void {
    if (value !== this.fillColour) {
      this.fillColour = value;
      this.push(`${value} rg`);
    }
  }

  private strokeWith({ colour: value, width, dash }: Stroke): void {
    if (value !== this.strokeColour) {
      this.strokeColour = value;
      this.push(`${value} RG`);
    }
    const style = `${dash === undefined ? '[]' : `[${number(dash)}]`} 0 d ${number(width)} w`;
    if (style !== this.lineStyle) {
      this.lineStyle = style;
      this.push(style);
    }
  }

  private push(operator: string): void {
    if (this.open === 'nothing') {
      this.open = 'artifact';
      this.operators.push('/Artifact BMC');
    }
    this.operators.push(operator);
  }

  private close(): void {
    if (this.open !== 'nothing') {
      this.operators.push('EMC');
      this.open = 'nothing';
    }
  }
}
