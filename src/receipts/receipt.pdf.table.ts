import type { PlacedText } from '../platform/pdf/index.js';
import {
  cell,
  heightOfLines,
  linesIn,
  millimetres,
  placeLines,
  placeText,
  tagged,
  wrapWithin,
} from '../platform/pdf/index.js';
import { across, BLACK, down, HEAD_LINE, HEAD_ROW, label, LEFT, RIGHT, type Rule } from './receipt.pdf.form.js';

export type TableColumn = {
  readonly label: string;
  /** Millimetres; the columns of a table fill the sheet. */
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
};

type TableCell = { readonly size: number; readonly lines: readonly string[] };

/** One line of a table, or the part of a very tall one that stands on this sheet. Its height is in millimetres. */
export type TableRow = {
  /** Set where the row begins, so that a continued row counts once. */
  readonly begins?: number;
  readonly cells: readonly TableCell[];
  readonly height: number;
};

export type PlacedTable = {
  readonly texts: readonly PlacedText[];
  readonly rules: readonly Rule[];
  readonly bottom: number;
};

/** The one table of a sheet. */
const ITEMS = 'items';
const GUTTER = 1;
const PADDING = 1;
const SMALLEST_WORDS = 6;
const SMALLEST_FIGURES = 5;
const MOST_LINES = 4;
const POINTS_PER_MILLIMETRE = millimetres(1);

export function rowsOf(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  size: number,
): TableRow[] {
  return rows.map((texts, index) => {
    const cells = columns.map((column, at) => setCell(texts[at] ?? '', column, size));
    return { begins: index, cells, height: heightOf(cells) };
  });
}

/** Words wrap before they shrink; figures, which stand on the right, shrink before they wrap. */
function setCell(text: string, { width, align }: TableColumn, size: number): TableCell {
  const room = millimetres(width - 2 * GUTTER);
  return align === 'right'
    ? wrapWithin(text, room, { size, minimum: SMALLEST_FIGURES, mostLines: 1 })
    : wrapWithin(text, room, { size, minimum: SMALLEST_WORDS, mostLines: MOST_LINES });
}

/** Fills sheets from the top, the first with `first` millimetres and the others with `next`; no text is left out. */
export function paginate(rows: readonly TableRow[], first: number, next: number): TableRow[][] {
  const sheets: TableRow[][] = [[]];
  let left = first;
  for (const row of rows.flatMap((tall) => pieces(tall, Math.min(first, next)))) {
    if (row.height > left + 1e-6) {
      sheets.push([]);
      left = next;
    }
    sheets.at(-1)?.push(row);
    left -= row.height;
  }
  return sheets;
}

function pieces(row: TableRow, room: number): TableRow[] {
  if (row.height <= room) {
    return [row];
  }
  const most = ({ size }: TableCell): number => Math.max(1, linesIn(millimetres(room - PADDING), size));
  const head = row.cells.map((part) => ({ ...part, lines: part.lines.slice(0, most(part)) }));
  const rest = row.cells.map((part) => ({ ...part, lines: part.lines.slice(most(part)) }));
  return [{ ...row, cells: head, height: heightOf(head) }, ...pieces({ cells: rest, height: heightOf(rest) }, room)];
}

function heightOf(cells: readonly TableCell[]): number {
  const tallest = Math.max(...cells.map(({ lines, size }) => heightOfLines(lines.length, size)));
  return PADDING + tallest / POINTS_PER_MILLIMETRE;
}

export const heightOfRows = (rows: readonly TableRow[]): number => rows.reduce((sum, { height }) => sum + height, 0);

/** Head and rows from `top` down; the lines between columns reach to `bottom`, or to the last row. */
export function placeTable(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  { top, bottom }: { readonly top: number; readonly bottom?: number },
): PlacedTable {
  const body = top + HEAD_ROW;
  const end = bottom ?? body + heightOfRows(rows);
  const starts = startsOf(columns);
  const texts: PlacedText[] = columns.map((column, index) =>
    tagged(placeText(column.label, inside(column, starts[index] ?? LEFT, top, HEAD_LINE), label(8, 'center')), {
      role: 'TH',
      scope: 'Column',
      row: { table: ITEMS, index: 0 },
    }),
  );
  let y = body;
  for (const [rowIndex, { cells, height }] of rows.entries()) {
    const row = { table: ITEMS, index: rowIndex + 1 };
    for (const [index, column] of columns.entries()) {
      const { lines, size } = cells[index] ?? { lines: [], size: SMALLEST_WORDS };
      const box = inside(column, starts[index] ?? LEFT, y + PADDING / 2, height - PADDING / 2);
      const placed = placeLines(lines, box, { size, minimum: size, colour: BLACK, align: column.align });
      texts.push(tagged(placed, { role: 'TD', row }));
    }
    y += height;
  }
  return { texts, rules: [across(top + HEAD_LINE), ...starts.slice(1).map((x) => down(x, top, end))], bottom: end };
}

function startsOf(columns: readonly TableColumn[]): number[] {
  let x = LEFT;
  return columns.map(({ width }) => {
    const start = x;
    x += width;
    return start;
  });
}

const inside = ({ width }: TableColumn, x: number, y: number, height: number): ReturnType<typeof cell> =>
  cell(x + GUTTER, y, width - 2 * GUTTER, height);

/** Columns told by their shares, as wide as the sheet. */
export function columnsOf(
  shares: readonly { readonly label: string; readonly share: number; readonly align: TableColumn['align'] }[],
): TableColumn[] {
  const sum = shares.reduce((total, { share }) => total + share, 0);
  return shares.map(({ share, ...column }) => ({ ...column, width: ((RIGHT - LEFT) * share) / sum }));
}
