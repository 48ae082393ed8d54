import type { Alphabet } from './alphabet.js';
import { CodedStream } from './coded-stream.js';
import { LiteralCode } from './literal-code.js';

/**
 * The way back from a document's codes to its characters (ISO 32000-1, 9.10.3), deflated. A range of codes MUST NOT leave its
 * first byte. Nothing but hexadecimal digits differs from one document to another, so a code for digits is all it takes.
 * `characters`: in the order of their codes, from 1 on.
 */
export function unicodeMap(alphabet: Alphabet, characters: readonly number[]): Uint8Array {
  const map = new CodedStream(codeFor(alphabet), ROOM);
  const count = characters.length;
  map.write(latin1(`${START}${(count >> 8) + 1} beginbfrange\n`));
  for (let code = 1; code <= count; code += 1) {
    if (code === 1 || (code & 0xff) === 0) {
      map.write(latin1(`<${hex(code)}><${hex(Math.min(count, code | 0xff))}>[`));
    }
    map.write(unitOf(characters[code - 1] ?? 0));
    if (code === count || (code & 0xff) === 0xff) {
      map.write(RANGE_END);
    }
  }
  map.write(END);
  return map.finish();
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Some hundred characters. */
const ROOM = 4_096;

const START =
  '/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><ffff>endcodespacerange\n';
const RANGE_END = latin1(']\n');
const END = latin1('endbfrange endcmap CMapName currentdict/CMap defineresource pop end end');

const codes = new WeakMap<Alphabet, LiteralCode>();

/** What the alphabet's characters are written with is what others are. */
function codeFor(alphabet: Alphabet): LiteralCode {
  let code = codes.get(alphabet);
  if (code === undefined) {
    code = new LiteralCode([latin1(START), ...alphabet.codePoints.map(unitOf), END]);
    codes.set(alphabet, code);
  }
  return code;
}

const units = new Map<number, Uint8Array>();

/** `<7535>`; a character beyond the Basic Multilingual Plane as its two surrogates. */
function unitOf(codePoint: number): Uint8Array {
  let unit = units.get(codePoint);
  if (unit === undefined) {
    const text = String.fromCodePoint(codePoint);
    unit = latin1(`<${Array.from({ length: text.length }, (_, index) => hex(text.charCodeAt(index))).join('')}>`);
    units.set(codePoint, unit);
  }
  return unit;
}

const hex = (value: number): string => value.toString(16).padStart(4, '0');
