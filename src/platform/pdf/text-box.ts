import type { Box } from './canvas.js';
import { documentFont, widthOfText } from './fonts.js';

export type TextStyle = {
  /** The size to start from, and the smallest one that is still comfortable to read. */
  readonly size: number;
  readonly minimum: number;
  readonly colour: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly vertical?: 'top' | 'middle';
  readonly contour?: number;
};

type TextLine = { readonly text: string; readonly x: number; readonly baseline: number; readonly width: number };

/** What a text is to who hears the page read: a paragraph of its own, unless it says otherwise. */
export type TextTag = {
  readonly role?: 'H1' | 'H2' | 'P' | 'TH' | 'TD';
  /** Reads on from the text before it, as a value does from its label. */
  readonly joins?: true;
  /** The row of a table: cells of one row, and rows of one table, follow each other in the list of texts. */
  readonly row?: { readonly table: string; readonly index: number };
  /** What a header cell is the header of. */
  readonly scope?: 'Column' | 'Row';
  /** Columns that the cell spans. */
  readonly columns?: number;
  /** Set where the text is not Chinese. */
  readonly lang?: 'en';
};

/** Text whose place on the page is settled: every line lies inside `box`. */
export type PlacedText = {
  readonly box: Box;
  readonly size: number;
  readonly colour: string;
  readonly contour?: number;
  readonly lines: readonly TextLine[];
  /** The text in one piece for copying and searching, where the lines break it in a way no reader would (one character a line). */
  readonly readAs?: string;
  readonly tag?: TextTag;
};

const LEADING = 1.25;
export const ASCENT = 0.9;
export const DESCENT = 0.22;
const SIZE_STEP = 0.5;

/** No line begins with the first, none ends with the second (避头尾). */
const NOT_AT_START = '，。、；：？！）》」』】〉〕％…—·”’,.;:?!)]}%';
const NOT_AT_END = '（《「『【〈〔“‘([{¥';
const FIRST_EAST_ASIAN = 0x2e80;

export const heightOfLines = (count: number, size: number): number =>
  count === 0 ? 0 : ((count - 1) * LEADING + ASCENT + DESCENT) * size;

/** How many lines of `size` stand in `height`. */
export const linesIn = (height: number, size: number): number =>
  Math.floor((height / size - ASCENT - DESCENT) / LEADING + 1 + 1e-6);

/**
 * Sets `text` in `box` at the largest size, from the style's down to its minimum, at which it fits wrapped.
 * A text too long even for the minimum is set smaller still: nothing is ever cut off, and nothing leaves its box.
 */
export function placeText(text: string, box: Box, style: TextStyle): PlacedText {
  let size = style.size;
  let lines = wrapText(text, box.width, size);
  while (!fits(lines, box, size) && size > SIZE_STEP) {
    size -= size > style.minimum ? Math.min(SIZE_STEP, size - style.minimum) : SIZE_STEP / 2;
    lines = wrapText(text, box.width, size);
  }
  return placeLines(lines, box, { ...style, size });
}

/** Sets lines that are already wrapped. */
export function placeLines(lines: readonly string[], box: Box, style: TextStyle): PlacedText {
  const { size } = style;
  const spare = style.vertical === 'middle' ? (box.height - heightOfLines(lines.length, size)) / 2 : 0;
  return {
    box,
    size,
    colour: style.colour,
    ...(style.contour === undefined ? {} : { contour: style.contour }),
    lines: lines.map((text, index) => {
      const width = widthOfText(text, size);
      const baseline = box.y + spare + (ASCENT + index * LEADING) * size;
      return { text, width, baseline, x: box.x + (box.width - width) * SHARE_LEFT[style.align ?? 'left'] };
    }),
  };
}

const SHARE_LEFT = { left: 0, center: 0.5, right: 1 } as const;

export const tagged = (placed: PlacedText, tag: TextTag): PlacedText => ({ ...placed, tag });

/** A label and its value are read in one breath. */
export const labelled = (label: PlacedText, value: PlacedText): PlacedText[] => [label, tagged(value, { joins: true })];

/** The largest size at which `text` needs at most `mostLines` lines of `width`; the style's minimum when none does. */
export function wrapWithin(
  text: string,
  width: number,
  style: Pick<TextStyle, 'size' | 'minimum'> & { readonly mostLines: number },
): { size: number; lines: string[] } {
  for (let size = style.size; size > style.minimum; size -= SIZE_STEP) {
    const lines = wrapText(text, width, size);
    if (lines.length <= style.mostLines) {
      return { size, lines };
    }
  }
  return { size: style.minimum, lines: wrapText(text, width, style.minimum) };
}

/** Breaks `text` at line feeds, between East Asian characters and between words; a word longer than the line anywhere. */
export function wrapText(text: string, width: number, size: number): string[] {
  if (text !== '' && !text.includes('\n') && widthOfText(text, size) <= width) {
    return [text.trimEnd()];
  }
  return text === '' ? [] : text.split('\n').flatMap((paragraph) => wrapParagraph(Array.from(paragraph), width / size));
}

function fits(lines: readonly string[], box: Box, size: number): boolean {
  return (
    heightOfLines(lines.length, size) <= box.height + 1e-6 &&
    lines.every((line) => widthOfText(line, size) <= box.width + 1e-6)
  );
}

/** `room` in em. */
function wrapParagraph(characters: readonly string[], room: number): string[] {
  const { advanceOf } = documentFont();
  const lines: string[] = [];
  let start = 0;
  let opportunity = 0;
  let width = 0;
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    width += advanceOf(character.codePointAt(0) ?? 0);
    if (width > room + 1e-9 && index > start && character !== ' ') {
      const end = opportunity > start ? opportunity : index;
      lines.push(characters.slice(start, end).join('').trimEnd());
      start = end;
      opportunity = end;
      width = 0;
      index = end - 1;
    } else if (isBreakAllowed(character, characters[index + 1])) {
      opportunity = index + 1;
    }
  }
  lines.push(characters.slice(start).join('').trimEnd());
  return lines;
}

function isBreakAllowed(before: string, after: string | undefined): boolean {
  if (after === undefined || after === ' ') {
    return false;
  }
  if (before === ' ') {
    return true;
  }
  if (NOT_AT_START.includes(after) || NOT_AT_END.includes(before)) {
    return false;
  }
  return isEastAsian(before) || isEastAsian(after);
}

const isEastAsian = (character: string): boolean => (character.codePointAt(0) ?? 0) >= FIRST_EAST_ASIAN;
