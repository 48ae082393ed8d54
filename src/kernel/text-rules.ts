import { presentCharacter } from './former-codes.js';

/** Characters that a printed document never carries: they are invisible, reorder the text, or mean something else elsewhere. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
const everyUnprintable = new RegExp(unprintable, 'gu');
const visible = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Z}]/u;
const ascii = /^[ -~]*$/;

/** Full-width letters, digits and signs (U+FF01–U+FF5E), the ideographic space and the minus sign as their ASCII twins. */
export function toHalfWidth(text: string): string {
  if (ascii.test(text)) {
    return text;
  }
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/\u2212/g, '-');
}

/** A code (tax id, number, class code) as it is stored: half-width and upper case. */
export function normaliseCode(text: string): string {
  return toHalfWidth(text).toUpperCase();
}

/** Printed text is stored as sent, in Unicode normal form C, so that equal-looking names have equal bytes. */
export function normaliseText(text: string): string {
  return ascii.test(text) ? text : text.normalize('NFC');
}

/** True when nothing of the text would be seen on paper. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/**
 * The characters of `text` that printed text MUST NOT hold: controls (line breaks too), bidirectional and other
 * invisible format characters, lone surrogates, private use, noncharacters. Each once, as `U+202E`; a former private code of
 * a character as `U+E863 (a former code of 䶮 U+4DAE: write that)`.
 */
export function unprintableCharacters(text: string): readonly string[] {
  if (!unprintable.test(text)) {
    return [];
  }
  return [...new Set(text.match(everyUnprintable) ?? [])].map(nameOf);
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const present = presentCharacter(code);
  return present === undefined
    ? codePointName(code)
    : `${codePointName(code)} (a former code of ${present} ${codePointName(present.codePointAt(0) ?? 0)}: write that)`;
}

/** `U+20BB7`, as Unicode writes the number of a character. */
export const codePointName = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** Whether `text` has more than `limit` characters, a surrogate pair counting as one. */
export function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) {
    return false;
  }
  return text.length > limit * 2 || Array.from(text).length > limit;
}
