/** The part of fontkit 2 that we use: the table of characters. The package ships no types. */
declare module 'fontkit' {
  export type Glyph = { readonly id: number };
  export type Font = {
    glyphForCodePoint(codePoint: number): Glyph;
  };
  export function create(bytes: Uint8Array): Font;
}
