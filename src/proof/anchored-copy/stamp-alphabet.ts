/**
 * The characters of the stamp: every issued PDF carries a small font, `stamp`, that draws exactly these, with code
 * `index + 1` for each (two bytes, Identity-H; code 0 is `.notdef`). So whoever stamps a file years later needs no font and
 * no knowledge of one: he writes codes.
 *
 * MUST NOT change in order or be shortened, for the files that were issued keep their codes for ever. Characters may be
 * added at the end; files issued before do not have them.
 */
export const STAMP_ALPHABET = ' ()+-./0123456789:ABCTU_abcdefghijklmnopqrstuvwxyz·…上交区块已待易链时间网络';

const CODES: ReadonlyMap<string, number> = new Map(
  Array.from(STAMP_ALPHABET, (character, index) => [character, index + 1] as const),
);

/** The codes of a text in the stamp font. Throws `RangeError` on a character it does not have. */
export function stampCodes(text: string): number[] {
  return Array.from(text, (character) => {
    const code = CODES.get(character);
    if (code === undefined) {
      throw new RangeError(`The stamp font has no "${character}"`);
    }
    return code;
  });
}
