/** The part of fontkit 2 against which tests hold our reading of fonts. The package ships no types. */
declare module 'fontkit' {
  export type Glyph = { readonly id: number; readonly advanceWidth: number };
  export type Font = {
    readonly characterSet: readonly number[];
    glyphForCodePoint(codePoint: number): Glyph;
  };
  export function create(bytes: Uint8Array): Font;
}
