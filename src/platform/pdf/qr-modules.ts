import { encode } from 'uqr';

/** A QR code: its modules row by row, 32 to a word, a dark one as 1. */
export type QrModules = { readonly size: number; readonly words: Uint32Array };

/** Trying all eight masks costs ten times the drawing, and every mask is a valid code. */
const MASK = 2;
/** Up to 97 × 97 modules, 666 bytes: more would not be read from paper at the sizes of our forms. */
const LARGEST_VERSION = 20;

/** What the chain's addresses and our own pages take; finding out about more takes longer than it saves. */
const MOST_SUMMED_UP = 128;

type Encoded = QrModules & { readonly version: number };

/** By length, the code of as many noughts, to which every text of that length adds its bits. */
const blanks: Encoded[] = [];
/** `differences[version][256 · place + byte]`: the modules that turn when the byte at that place of the text is not nought. */
const differences: Uint32Array[][] = [];

/**
 * The QR code of `text` as UTF-8, error correction M. Throws when it is longer than 666 bytes.
 *
 * Error correction, arrangement and mask are linear (ISO/IEC 18004, 7.5 to 7.8): each byte of the text turns modules of its
 * own, whatever the others are. Which ones the library tells once in a process; a text is then a sum without carry.
 */
export function qrModules(text: string): QrModules {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MOST_SUMMED_UP) {
    return encoded(bytes);
  }
  const blank = (blanks[bytes.length] ??= encoded(new Uint8Array(bytes.length)));
  const turned = (differences[blank.version] ??= []);
  const words = blank.words.slice();
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place] ?? 0;
    addTo(words, (turned[256 * place + byte] ??= differenceOf(blank, bytes, place)));
  }
  return { size: blank.size, words };
}

export function isDark({ size, words }: QrModules, x: number, y: number): boolean {
  const place = y * size + x;
  return (((words[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
}

/** Where in row `y` modules as dark as that at `x` end. Looks at up to 32 at a time: two codes have 2,700, in runs of two. */
export function runEnd({ size, words }: QrModules, x: number, y: number, dark: boolean): number {
  const end = (y + 1) * size;
  const same = dark ? -1 : 0;
  let place = y * size + x;
  while (place < end) {
    const others = ((words[place >>> 5] ?? 0) ^ same) >>> (place & 31);
    if (others !== 0) {
      place += 31 - Math.clz32(others & -others);
      break;
    }
    place = (place | 31) + 1;
  }
  return Math.min(place, end) - y * size;
}

function differenceOf(blank: Encoded, like: Uint8Array, place: number): Uint32Array {
  const bytes = new Uint8Array(like.length);
  bytes[place] = like[place] ?? 0;
  const { words } = encoded(bytes);
  addTo(words, blank.words);
  return words;
}

function addTo(sum: Uint32Array, other: Uint32Array): void {
  for (let word = 0; word < sum.length; word += 1) {
    sum[word] = (sum[word] ?? 0) ^ (other[word] ?? 0);
  }
}

function encoded(bytes: Uint8Array): Encoded {
  const options = { ecc: 'M', boostEcc: false, maskPattern: MASK, border: 0, maxVersion: LARGEST_VERSION } as const;
  const { version, size, data } = encode(Array.from(bytes), options);
  const words = new Uint32Array(Math.ceil((size * size) / 32));
  for (const [place, dark] of data.flat().entries()) {
    words[place >>> 5] = (words[place >>> 5] ?? 0) | (Number(dark) << (place & 31));
  }
  return { version, size, words };
}
