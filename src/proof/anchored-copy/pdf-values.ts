/** `/Name`, without the slash and with `#xx` undone. */
export class PdfName {
  constructor(readonly name: string) {}
}

/** `12 0 R`. */
export class PdfRef {
  constructor(
    readonly number: number,
    readonly generation: number,
  ) {}
}

const utf16 = new TextDecoder('utf-16be');
const latin1 = new TextDecoder('latin1');

/** A string as bytes, whichever way it was written. */
export class PdfString {
  constructor(readonly bytes: Uint8Array) {}

  /** As text: UTF-16 with its mark, else each byte a character (PDFDocEncoding agrees with that for ASCII). */
  get text(): string {
    const isWide = this.bytes[0] === 0xfe && this.bytes[1] === 0xff;
    return isWide ? utf16.decode(this.bytes.subarray(2)) : latin1.decode(this.bytes);
  }
}

/** A stream; its bytes as they stand in the file. */
export class PdfStream {
  constructor(
    readonly dictionary: PdfDictionary,
    readonly bytes: Uint8Array,
  ) {}
}

/** Keys in the order of the file. */
export type PdfDictionary = ReadonlyMap<string, PdfValue>;
export type PdfArray = readonly PdfValue[];
export type PdfValue = null | boolean | number | PdfName | PdfRef | PdfString | PdfStream | PdfArray | PdfDictionary;

/** An object and where its file keeps it. */
export type PdfObject<Value extends PdfValue = PdfValue> = { readonly ref: PdfRef; readonly value: Value };

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value instanceof Map;
}

export function isArray(value: PdfValue | undefined): value is PdfArray {
  return Array.isArray(value);
}
