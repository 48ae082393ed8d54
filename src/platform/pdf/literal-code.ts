/** Bits from the lowest of the first byte on; what is left of the last byte is nought. */
export type Bits = { readonly bytes: Uint8Array; readonly length: number };

const END_OF_BLOCK = 256;
const SYMBOLS = 257;
/** No code of deflate is longer. */
const LONGEST = 15;

class BitWriter {
  private readonly bytes: number[] = [];
  private held = 0;
  private length = 0;

  /** The lowest bit of `value` comes first. */
  add(value: number, length: number): void {
    this.held |= value << (this.length & 7);
    for (let ends = (this.length & 7) + length; ends >= 8; ends -= 8) {
      this.bytes.push(this.held & 0xff);
      this.held >>>= 8;
    }
    this.length += length;
  }

  bits(): Bits {
    return {
      bytes: Uint8Array.from((this.length & 7) === 0 ? this.bytes : [...this.bytes, this.held]),
      length: this.length,
    };
  }
}

/**
 * A Huffman code for bytes one by one, without repetitions, in deflate (RFC 1951, 3.2.7). What it makes of a piece does not
 * depend on what stands before or behind it: pieces are coded once, and joined by moving bits. A block is `start`, pieces and
 * `end`.
 */
export class LiteralCode {
  /** Says that this block is the last one, and what the code is. */
  readonly start: Bits;
  readonly end: Bits;
  private readonly codes: readonly number[];
  private readonly lengths: readonly number[];

  /** Fits what has bytes as often as `sample`, and takes any. The same sample gives the same code. */
  constructor(sample: Uint8Array) {
    this.lengths = lengthsFor(sample);
    this.codes = codesOf(this.lengths);
    this.start = startOfBlock(this.lengths);
    this.end = this.symbols([END_OF_BLOCK]);
  }

  bits(bytes: Uint8Array): Bits {
    return this.symbols(bytes);
  }

  private symbols(symbols: Iterable<number>): Bits {
    const writer = new BitWriter();
    for (const symbol of symbols) {
      writer.add(this.codes[symbol] ?? 0, this.lengths[symbol] ?? 0);
    }
    return writer.bits();
  }
}

/**
 * Writes `bits` into `target` behind the `at` bits that are there, and tells where they end. One byte more than they take MUST be
 * free, and what is left of the byte at `at` nought.
 */
export function appendBits(target: Uint8Array, at: number, { bytes, length }: Bits): number {
  const shift = at & 7;
  let place = at >>> 3;
  let held = shift === 0 ? 0 : (target[place] ?? 0);
  for (let index = 0; index < bytes.length; index += 1) {
    held |= (bytes[index] ?? 0) << shift;
    target[place] = held;
    held >>>= 8;
    place += 1;
  }
  target[place] = held;
  return at + length;
}

/** Huffman's lengths; rare symbols count for more than they are until no code is too long. */
function lengthsFor(sample: Uint8Array): number[] {
  const counts = Array.from({ length: SYMBOLS }, () => 0);
  for (const byte of sample) {
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  for (let least = 1; ; least *= 2) {
    const lengths = depthsOf(counts.map((count) => Math.max(count, least)));
    if (Math.max(...lengths) <= LONGEST) {
      return lengths;
    }
  }
}

/** How deep each weight lies in the tree that joins the two lightest again and again; what was joined earlier is lighter. */
function depthsOf(weights: readonly number[]): number[] {
  const weightOf = (symbol: number): number => weights[symbol] ?? 0;
  const order = [...weights.keys()].sort((one, other) => weightOf(one) - weightOf(other) || one - other);
  const nodes = order.map(weightOf);
  const parents: number[] = [];
  let [leaf, branch] = [0, order.length];
  const lightest = (): number => {
    const isLeaf = leaf < order.length && (nodes[leaf] ?? 0) <= (nodes[branch] ?? Infinity);
    return isLeaf ? leaf++ : branch++;
  };
  while (nodes.length < 2 * order.length - 1) {
    const [one, other] = [lightest(), lightest()];
    parents[one] = parents[other] = nodes.length;
    nodes.push((nodes[one] ?? 0) + (nodes[other] ?? 0));
  }
  const depths = nodes.map(() => 0);
  for (let node = nodes.length - 2; node >= 0; node -= 1) {
    depths[node] = (depths[parents[node] ?? 0] ?? 0) + 1;
  }
  const lengths: number[] = [];
  for (const [index, symbol] of order.entries()) {
    lengths[symbol] = depths[index] ?? 0;
  }
  return lengths;
}

/** The codes that follow from their lengths (RFC 1951, 3.2.2), the first bit lowest. */
function codesOf(lengths: readonly number[]): number[] {
  const codes: number[] = [];
  let next = 0;
  for (let length = 1; length <= LONGEST; length += 1) {
    for (const [symbol, own] of lengths.entries()) {
      if (own === length) {
        codes[symbol] = reversed(next, length);
        next += 1;
      }
    }
    next *= 2;
  }
  return codes;
}

function reversed(value: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) {
    result |= ((value >> bit) & 1) << (length - 1 - bit);
  }
  return result;
}

/** Two codes for distances that nothing uses: one alone, or none, not every reader takes. */
const LENGTHS_OF_DISTANCES = [1, 1];

/** The lengths are told in a code of their own, which has four bits for each of 0 to 15 and says no repetitions (16 to 18). */
function startOfBlock(lengths: readonly number[]): Bits {
  const writer = new BitWriter();
  const [isLast, ownCode] = [1, 2];
  writer.add(isLast, 1);
  writer.add(ownCode, 2);
  writer.add(SYMBOLS - 257, 5);
  writer.add(LENGTHS_OF_DISTANCES.length - 1, 5);
  writer.add(15, 4);
  for (let place = 0; place < 19; place += 1) {
    writer.add(place < 3 ? 0 : 4, 3);
  }
  for (const length of [...lengths, ...LENGTHS_OF_DISTANCES]) {
    writer.add(reversed(length, 4), 4);
  }
  return writer.bits();
}
