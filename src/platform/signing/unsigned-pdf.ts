/** A PDF that is complete but for its signature, or a copy that is never signed: one without places. */
export type UnsignedPdf = {
  readonly bytes: Uint8Array;
  readonly places?: SignaturePlaces;
};

/** Where in a file the signature will stand. */
export type SignaturePlaces = {
  /** Byte offset of the `[` of `BYTE_RANGE_PLACEHOLDER`. */
  readonly byteRangeAt: number;
  /** Byte offset of the `<` of what `contentsPlaceholder` gave. */
  readonly contentsAt: number;
};

/** What the writer of a file puts for /ByteRange: files up to ten digits of bytes. */
export const BYTE_RANGE_PLACEHOLDER = '[0 0000000000 0000000000 0000000000]';

/** Room that is enough for a key on P-256 with its certificate alone. */
const SIGNATURE_CONTENTS_BYTES = 2_048;

/** What the writer of a file puts for /Contents: `room` zero bytes in hex. */
export function contentsPlaceholder(room: number = SIGNATURE_CONTENTS_BYTES): string {
  return `<${'00'.repeat(room)}>`;
}
