import type { PlacedText } from '../platform/pdf/index.js';
import { BLACK, label, LABEL_COLUMN, RED, TABLE_HEIGHT, TABLE_TOP, VALUE_COLUMN } from './certificate.pdf.form.js';
import { heightOfLines, millimetres, placeLines, placeText, tagged, wrapText } from '../platform/pdf/index.js';

export type Row = { readonly label: string; readonly text: string };

/** The table of one page, and what did not fit into it. */
export type Table = {
  readonly texts: readonly PlacedText[];
  /** Points from the top of the page. */
  readonly rowTops: readonly number[];
  /** Rows whose whole text stands on a page of its own. */
  readonly annex: readonly Row[];
};

export const SEE_ANNEX = '详见附页';

const SIZES = [10, 9.5, 9, 8.5, 8, 7.5, 7] as const;
const PADDING = millimetres(4);
const LEAST_HEIGHT = millimetres(9.5);

/** As large as fits; when even the smallest does not, the longest text goes to the annex and the table says so. */
export function layOutTable(rows: readonly Row[]): Table {
  const annex: Row[] = [];
  let shown = [...rows];
  let size = sizeFor(shown);
  while (size === null) {
    const longest = shown.reduce((one, other) =>
      Array.from(other.text).length > Array.from(one.text).length ? other : one,
    );
    annex.push(longest);
    shown = shown.map((row) => (row === longest ? { ...row, text: SEE_ANNEX } : row));
    size = sizeFor(shown);
  }
  return {
    ...placeRows(shown, size),
    annex: rows.filter(({ label: name }) => annex.some((row) => row.label === name)),
  };
}

function sizeFor(rows: readonly Row[]): number | null {
  return SIZES.find((size) => sum(heightsOf(rows, size)) <= TABLE_HEIGHT) ?? null;
}

function heightsOf(rows: readonly Row[], size: number): number[] {
  return rows.map(({ text }) =>
    Math.max(LEAST_HEIGHT, PADDING + heightOfLines(wrapText(text, VALUE_COLUMN.width, size).length, size)),
  );
}

/** The last row takes what is left, as on the paper form. */
function placeRows(rows: readonly Row[], size: number): Omit<Table, 'annex'> {
  const heights = heightsOf(rows, size);
  const spare = TABLE_HEIGHT - sum(heights);
  const texts: PlacedText[] = [];
  const rowTops: number[] = [];
  let top = TABLE_TOP;
  for (const [index, row] of rows.entries()) {
    const isLast = index === rows.length - 1;
    const height = (heights[index] ?? 0) + (isLast ? spare : 0);
    rowTops.push(top);
    const tag = { row: { table: 'register', index } };
    const name = placeText(row.label, { ...LABEL_COLUMN, y: top, height }, label(9.5));
    texts.push(tagged(name, { ...tag, role: 'TH', scope: 'Row' }));
    const inset = isLast ? PADDING / 2 : 0;
    const box = { ...VALUE_COLUMN, y: top + inset, height: height - inset };
    const lines = wrapText(row.text, VALUE_COLUMN.width, size);
    const style = { size, minimum: size, colour: BLACK, ...(isLast ? {} : { vertical: 'middle' as const }) };
    texts.push(tagged(placeLines(lines, box, style), { ...tag, role: 'TD' }));
    top += height;
  }
  return { texts, rowTops };
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

const ANNEX_SIZE = 9;
const HEADING = { size: 10, height: millimetres(7) };

/** Flows rows over as many pages as they take, each text under its label. */
export function layOutAnnex(
  rows: readonly Row[],
  area: { x: number; y: number; width: number; height: number },
): PlacedText[][] {
  const pages: PlacedText[][] = [];
  let left = 0;
  const line = ANNEX_SIZE * 1.3;
  const room = (height: number): number => {
    if (left < height || pages.length === 0) {
      pages.push([]);
      left = area.height;
    }
    const y = area.y + area.height - left;
    left -= height;
    return y;
  };
  for (const row of rows) {
    const heading = { ...area, y: room(HEADING.height + line), height: HEADING.height };
    left += line;
    const style = { size: HEADING.size, minimum: 6, colour: RED, vertical: 'middle' as const };
    pages.at(-1)?.push(tagged(placeText(row.label, heading, style), { role: 'H2' }));
    for (const text of wrapText(row.text, area.width, ANNEX_SIZE)) {
      const box = { ...area, y: room(line), height: line };
      pages.at(-1)?.push(placeLines([text], box, { size: ANNEX_SIZE, minimum: ANNEX_SIZE, colour: BLACK }));
    }
  }
  return pages;
}
