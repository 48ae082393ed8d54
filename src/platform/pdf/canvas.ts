import { toHex } from '../../kernel/index.js';
import { UndrawableText } from './pdf.errors.js';

/** Points from the top left corner of the page. */
export type Point = { readonly x: number; readonly y: number };
export type Box = Point & { readonly width: number; readonly height: number };

/** Turns text into the glyph codes of the font embedded in one document; counts what it used. */
export type GlyphEncoder = { encode(text: string): { readonly codes: string; readonly missing: readonly string[] } };

export type TextPaint = {
  readonly size: number;
  readonly colour: string;
  /** Thickness in points of a contour drawn around the glyphs: bold without a second font. */
  readonly contour?: number;
};

/** `#8b1a1a` → the operands of a PDF colour operator. */
export function colour(hex: string): string {
  const channel = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
  return `${format(channel(1))} ${format(channel(3))} ${format(channel(5))}`;
}

export const millimetres = (length: number): number => (length * 72) / 25.4;

/** A box told in millimetres from the top left corner. */
export function cell(x: number, y: number, width: number, height: number): Box {
  return { x: millimetres(x), y: millimetres(y), width: millimetres(width), height: millimetres(height) };
}

/** One page, written as PDF operators: places are known before, so nothing is measured or wrapped here. */
export class Canvas {
  private readonly operators: string[] = [];
  private fillColour = '';
  private strokeColour = '';

  constructor(
    private readonly fontName: string,
    private readonly glyphs: GlyphEncoder,
  ) {}

  /** Text on one line, its baseline starting at `start`. */
  text(text: string, start: Point, paint: TextPaint): void {
    this.turnedText(text, start, { x: 1, y: 0 }, paint);
  }

  /** Text whose baseline runs along the unit vector `direction`. */
  turnedText(text: string, start: Point, direction: Point, paint: TextPaint): void {
    const { codes, missing } = this.glyphs.encode(text);
    if (missing.length > 0) {
      throw new UndrawableText(missing);
    }
    this.fillWith(paint.colour);
    const contour = paint.contour === undefined ? '' : this.contour(paint.contour, paint.colour);
    const matrix = [direction.x, direction.y, direction.y, -direction.x, start.x, start.y]
      .map((value) => format(value))
      .join(' ');
    const end = contour === '' ? '' : ' 0 Tr';
    this.operators.push(`BT${contour} /${this.fontName} ${format(paint.size)} Tf ${matrix} Tm <${codes}> Tj${end} ET`);
  }

  /** What `draw` draws is read, copied and searched as `text` in one piece, however its letters are turned. */
  readAs(text: string, draw: () => void): void {
    this.operators.push(`/Span <</ActualText <feff${toHex(utf16BigEndian(text))}>>> BDC`);
    draw();
    this.operators.push('EMC');
  }

  line(
    from: Point,
    to: Point,
    stroke: { readonly width: number; readonly colour: string; readonly dash?: number },
  ): void {
    this.strokeWith(stroke.colour);
    const dash = stroke.dash === undefined ? '[] 0 d' : `[${format(stroke.dash)}] 0 d`;
    this.operators.push(
      `${dash} ${format(stroke.width)} w ${format(from.x)} ${format(from.y)} m ${format(to.x)} ${format(to.y)} l S`,
    );
  }

  rectangle(box: Box, stroke: { readonly width: number; readonly colour: string }): void {
    this.strokeWith(stroke.colour);
    this.operators.push(
      `[] 0 d ${format(stroke.width)} w ${[box.x, box.y, box.width, box.height].map((value) => format(value)).join(' ')} re S`,
    );
  }

  ellipse(centre: Point, radii: Point, stroke: { readonly width: number; readonly colour: string }): void {
    const reach = 0.5522847498; // control points of the Bézier curves nearest to a quarter of a circle
    const at = (x: number, y: number): string => `${format(centre.x + x * radii.x)} ${format(centre.y + y * radii.y)}`;
    this.strokeWith(stroke.colour);
    this.operators.push(
      `[] 0 d ${format(stroke.width)} w ${at(1, 0)} m`,
      `${at(1, reach)} ${at(reach, 1)} ${at(0, 1)} c ${at(-reach, 1)} ${at(-1, reach)} ${at(-1, 0)} c`,
      `${at(-1, -reach)} ${at(-reach, -1)} ${at(0, -1)} c ${at(reach, -1)} ${at(1, -reach)} ${at(1, 0)} c h S`,
    );
  }

  /** Fills `path` (PDF path operators in units of their own, y down) scaled by `scale` and moved to `origin`. */
  fillPath(path: string, origin: Point, paint: { readonly scale: number; readonly colour: string }): void {
    this.fillWith(paint.colour);
    const scale = format(paint.scale, 6);
    this.operators.push(`q ${scale} 0 0 ${scale} ${format(origin.x)} ${format(origin.y)} cm ${path} f Q`);
  }

  content(): string {
    return this.operators.join('\n');
  }

  private contour(width: number, paint: string): string {
    this.strokeWith(paint);
    return ` [] 0 d ${format(width)} w 2 Tr`;
  }

  private fillWith(value: string): void {
    if (value !== this.fillColour) {
      this.fillColour = value;
      this.operators.push(`${value} rg`);
    }
  }

  private strokeWith(value: string): void {
    if (value !== this.strokeColour) {
      this.strokeColour = value;
      this.operators.push(`${value} RG`);
    }
  }
}

function utf16BigEndian(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Never an exponent, never a trailing zero: PDF knows neither the first nor the need for the second. */
function format(value: number, digits = 3): string {
  const factor = 10 ** digits;
  return String(Math.round(value * factor) / factor);
}
