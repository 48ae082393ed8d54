/** Reads a TrueType file just far enough to cut single glyphs out of it without decoding their outlines. */
export type TrueTypeTables = {
  readonly head: Uint8Array;
  readonly hhea: Uint8Array;
  readonly maxp: Uint8Array;
  /** In units of the font. */
  readonly unitsPerEm: number;
  glyphBytes(glyph: number): Uint8Array;
  metrics(glyph: number): { readonly advance: number; readonly bearing: number };
};

export function readTrueType(file: Uint8Array): TrueTypeTables {
  const view = viewOf(file);
  const tables = new Map<string, Uint8Array>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const entry = 12 + 16 * index;
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
    const offset = view.getUint32(entry + 8);
    tables.set(tag, file.subarray(offset, offset + view.getUint32(entry + 12)));
  }
  const table = (tag: string): Uint8Array => {
    const bytes = tables.get(tag);
    if (bytes === undefined) {
      throw new Error(`The font has no table "${tag}"; a TrueType font with glyf outlines is needed.`);
    }
    return bytes;
  };
  const [head, hhea, glyf, hmtx] = [table('head'), table('hhea'), table('glyf'), viewOf(table('hmtx'))];
  const offsetOf = glyphOffsets(viewOf(table('loca')), viewOf(head).getInt16(50) === 1);
  const measured = viewOf(hhea).getUint16(34);
  return {
    head,
    hhea,
    maxp: table('maxp'),
    unitsPerEm: viewOf(head).getUint16(18),
    glyphBytes: (glyph) => glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)),
    metrics: (glyph) => ({
      advance: hmtx.getUint16(4 * Math.min(glyph, measured - 1)),
      bearing: hmtx.getInt16(glyph < measured ? 4 * glyph + 2 : 4 * measured + 2 * (glyph - measured)),
    }),
  };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function glyphOffsets(loca: DataView, isLong: boolean): (glyph: number) => number {
  return isLong ? (glyph) => loca.getUint32(4 * glyph) : (glyph) => 2 * loca.getUint16(2 * glyph);
}
