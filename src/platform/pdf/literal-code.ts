import { BitWriter, type Bits } from './bit-writer.js';

/** The same `length` bytes, 3 to 257, as stand `distance` before. */
export type Repetition = { readonly length: number; readonly distance: number };
export type Part = Uint8Array | Repetition;

const SHORTEST = 3;
const END_OF_BLOCK = 256;
/** Bytes and the end of a block; behind them stand the lengths of repetitions. */
const LITERALS = 257;
const ALL_SYMBOLS = 286;
const ALL_DISTANCES = 30;
/** One distance alone, or none, not every reader takes. */
const LEAST_DISTANCES = 2;
/** No code of deflate is longer. */
const LONGEST = 15;

/** Huffman's code for the symbols that `counts` tells the frequency of; those with none have a code too. */
class PrefixCode {
  readonly lengths: Uint8Array;
  private readonly codes: Uint16Array;

  constructor(counts: readonly number[]) {
    const lengths = lengthsFor(counts);
    this.lengths = Uint8Array.from(lengths);
    this.codes = Uint16Array.from(codesOf(lengths));
  }

  write(writer: BitWriter, symbol: number): void {
    writer.add(this.codes[symbol] ?? 0, this.lengths[symbol] ?? 0);
  }
}

/**
 * A code in deflate (RFC 1951, 3.2.7). What it makes of a piece does not depend on what stands before or behind it: pieces are
 * coded once, and joined by moving bits. A block is `start`, pieces and `end`.
 */
export class LiteralCode {
  /** Says that this block is the last one, and what the code is. */
  readonly start: Bits;
  readonly end: Bits;
  private readonly symbols: PrefixCode;
  private readonly distances: PrefixCode;

  /**
   * Fits what has bytes and repetitions as often as `sample`, and takes any bytes; repetitions only when the sample has some.
   * The same sample gives the same code.
   */
  constructor(sample: readonly Part[]) {
    const repeats = sample.some(isRepetition);
    const symbols = Array.from({ length: repeats ? ALL_SYMBOLS : LITERALS }, () => 0);
    const distances = Array.from({ length: repeats ? ALL_DISTANCES : LEAST_DISTANCES }, () => 0);
    for (const part of sample) {
      for (const symbol of isRepetition(part) ? [symbolOf(part.length - SHORTEST, LENGTHS)] : part) {
        symbols[symbol] = (symbols[symbol] ?? 0) + 1;
      }
      if (isRepetition(part)) {
        const symbol = symbolOf(part.distance - 1, DISTANCES);
        distances[symbol] = (distances[symbol] ?? 0) + 1;
      }
    }
    this.symbols = new PrefixCode(symbols);
    this.distances = new PrefixCode(distances);
    this.start = startOfBlock(this.symbols.lengths, this.distances.lengths);
    const writer = new BitWriter();
    this.symbols.write(writer, END_OF_BLOCK);
    this.end = writer.bits();
  }

  bits(bytes: Uint8Array): Bits {
    return this.bitsOf([bytes]);
  }

  writeBytes(writer: BitWriter, bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index += 1) {
      this.symbols.write(writer, bytes[index] ?? 0);
    }
  }

  /** A piece of which parts may be repetitions. MUST NOT reach back beyond the start of the block that it is put in. */
  bitsOf(parts: readonly Part[]): Bits {
    const writer = new BitWriter();
    for (const part of parts) {
      if (!isRepetition(part)) {
        this.writeBytes(writer, part);
      } else if (this.distances.lengths.length < ALL_DISTANCES) {
        throw new Error('The code is not made for repetitions');
      } else {
        writeNumber(writer, this.symbols, part.length - SHORTEST, LENGTHS);
        writeNumber(writer, this.distances, part.distance - 1, DISTANCES);
      }
    }
    return writer.bits();
  }
}

function isRepetition(part: Part): part is Repetition {
  return 'distance' in part;
}

/**
 * How lengths and distances are told: `first` is the symbol of 0, and after the first ones of `2 ** steps` symbols each has twice
 * the numbers of those before; bits behind it say which.
 */
type Numbers = { readonly first: number; readonly steps: number };

const LENGTHS: Numbers = { first: LITERALS, steps: 2 };
const DISTANCES: Numbers = { first: 0, steps: 1 };

const bitsBehind = (value: number, { steps }: Numbers): number => Math.max(0, 31 - steps - Math.clz32(value));

function symbolOf(value: number, numbers: Numbers): number {
  const bits = bitsBehind(value, numbers);
  return numbers.first + (bits << numbers.steps) + (value >> bits);
}

function writeNumber(writer: BitWriter, code: PrefixCode, value: number, numbers: Numbers): void {
  const bits = bitsBehind(value, numbers);
  code.write(writer, symbolOf(value, numbers));
  writer.add(value & ((1 << bits) - 1), bits);
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

/** How much more a symbol counts that the sample has once than one that it lacks. */
const WEIGHT = 8;

/** Huffman's lengths; rare symbols count for more than they are until no code is too long. */
function lengthsFor(counts: readonly number[]): number[] {
  for (let least = 1; ; least *= 2) {
    const lengths = depthsOf(counts.map((count) => Math.max(WEIGHT * count, least)));
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

/** Says the length before three to six times more. */
const REPEAT = 16;
/** In the code that lengths are told in: four bits for most, five for 0 and 1, which are rare; none for repeated noughts (17, 18). */
const LENGTHS_OF_LENGTHS = [5, 5, ...Array.from({ length: 15 }, () => 4), 0, 0];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function startOfBlock(lengths: Uint8Array, lengthsOfDistances: Uint8Array): Bits {
  const writer = new BitWriter();
  const [isLast, ownCode] = [1, 2];
  writer.add(isLast, 1);
  writer.add(ownCode, 2);
  writer.add(lengths.length - LITERALS, 5);
  writer.add(lengthsOfDistances.length - 1, 5);
  writer.add(ORDER.length - 4, 4);
  for (const symbol of ORDER) {
    writer.add(LENGTHS_OF_LENGTHS[symbol] ?? 0, 3);
  }
  writeLengths(writer, [...lengths, ...lengthsOfDistances]);
  return writer.bits();
}

function writeLengths(writer: BitWriter, lengths: readonly number[]): void {
  const codes = codesOf(LENGTHS_OF_LENGTHS);
  const write = (symbol: number): void => {
    writer.add(codes[symbol] ?? 0, LENGTHS_OF_LENGTHS[symbol] ?? 0);
  };
  for (let index = 0; index < lengths.length;) {
    const length = lengths[index] ?? 0;
    const end = lengths.findIndex((other, place) => place > index && other !== length);
    const more = (end < 0 ? lengths.length : end) - index - 1;
    write(length);
    index += 1;
    if (more >= 3) {
      const times = Math.min(more, 6);
      write(REPEAT);
      writer.add(times - 3, 2);
      index += times;
    }
  }
}
