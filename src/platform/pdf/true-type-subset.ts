import type { TrueTypeTables } from './true-type.js';
import { viewOf } from './true-type.js';

const ARGUMENTS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_X_AND_Y_SCALE = 0x0040;
const HAS_TWO_BY_TWO = 0x0080;

/**
 * The glyphs one document uses, cut out of the full font byte by byte. Takes the place of fontkit's subset in pdfkit,
 * which decodes every outline and costs several times as much. The same glyphs in the same order give the same bytes.
 */
export class TrueTypeSubset {
  private readonly glyphs: number[] = [];
  private readonly positions = new Map<number, number>();

  constructor(private readonly tables: TrueTypeTables) {
    this.includeGlyph(0); // position 0 is .notdef in every font
  }

  /** The glyph's number inside the subset. */
  includeGlyph(glyph: number): number {
    const known = this.positions.get(glyph);
    if (known !== undefined) {
      return known;
    }
    this.positions.set(glyph, this.glyphs.length);
    return this.glyphs.push(glyph) - 1;
  }

  encode(): Uint8Array {
    const outlines = this.outlines();
    const count = this.glyphs.length;
    const loca = new Uint8Array(4 * (count + 1));
    const hmtx = new Uint8Array(4 * count);
    let offset = 0;
    for (const [position, glyph] of this.glyphs.entries()) {
      viewOf(loca).setUint32(4 * position, offset);
      offset += outlines[position]?.length ?? 0;
      const { advance, bearing } = this.tables.metrics(glyph);
      viewOf(hmtx).setUint16(4 * position, advance);
      viewOf(hmtx).setInt16(4 * position + 2, bearing);
    }
    viewOf(loca).setUint32(4 * count, offset);
    const head = patched(this.tables.head, (view) => {
      view.setInt16(50, 1);
    });
    const hhea = patched(this.tables.hhea, (view) => {
      view.setUint16(34, count);
    });
    const maxp = patched(this.tables.maxp, (view) => {
      view.setUint16(4, count);
    });
    return fontFile([
      ...this.tables.shared,
      ['glyf', joined(outlines)],
      ['head', head],
      ['hhea', hhea],
      ['hmtx', hmtx],
      ['loca', loca],
      ['maxp', maxp],
    ]);
  }

  /** Outlines in subset order; a composite glyph pulls its components in behind it. */
  private outlines(): Uint8Array[] {
    const outlines: Uint8Array[] = [];
    for (let position = 0; position < this.glyphs.length; position++) {
      const source = this.tables.glyphBytes(this.glyphs[position] ?? 0);
      const isComposite = source.length > 0 && viewOf(source).getInt16(0) < 0;
      outlines.push(padded(isComposite ? this.renumbered(source) : source));
    }
    return outlines;
  }

  private renumbered(source: Uint8Array): Uint8Array {
    const outline = source.slice();
    const view = viewOf(outline);
    let at = 10;
    let flags: number;
    do {
      flags = view.getUint16(at);
      view.setUint16(at + 2, this.includeGlyph(view.getUint16(at + 2)));
      at += 4 + ((flags & ARGUMENTS_ARE_WORDS) === 0 ? 2 : 4) + transformLength(flags);
    } while ((flags & MORE_COMPONENTS) !== 0);
    return outline;
  }
}

function transformLength(flags: number): number {
  if ((flags & HAS_TWO_BY_TWO) !== 0) {
    return 8;
  }
  if ((flags & HAS_X_AND_Y_SCALE) !== 0) {
    return 4;
  }
  return (flags & HAS_SCALE) !== 0 ? 2 : 0;
}

function patched(table: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = table.slice();
  change(viewOf(copy));
  return copy;
}

/** Tables and outlines start at multiples of four bytes. */
function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 4 === 0) {
    return bytes;
  }
  const copy = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  copy.set(bytes);
  return copy;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** The sfnt container. Tags MUST come in ascending order; checksums are those of the OpenType specification. */
function fontFile(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const sorted = [...tables].sort(([left], [right]) => (left < right ? -1 : 1));
  const directory = new Uint8Array(12 + 16 * sorted.length);
  const view = viewOf(directory);
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, sorted.length);
  view.setUint16(6, power * 16);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, (sorted.length - power) * 16);
  let offset = directory.length;
  for (const [index, [tag, bytes]] of sorted.entries()) {
    const entry = 12 + 16 * index;
    directory.set(
      Array.from(tag, (letter) => letter.charCodeAt(0)),
      entry,
    );
    view.setUint32(entry + 4, checksum(padded(bytes)));
    view.setUint32(entry + 8, offset);
    view.setUint32(entry + 12, bytes.length);
    offset += padded(bytes).length;
  }
  return joined([directory, ...sorted.map(([, bytes]) => padded(bytes))]);
}

function checksum(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let sum = 0;
  for (let offset = 0; offset < bytes.length; offset += 4) {
    sum = (sum + view.getUint32(offset)) >>> 0;
  }
  return sum;
}
