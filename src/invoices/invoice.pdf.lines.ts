import { heightOfLines, linesIn, millimetres, wrapWithin } from '../platform/pdf/index.js';
import type { InvoiceLine } from './invoice.js';
import type { ColumnKey } from './invoice.pdf.form.js';
import { COLUMNS } from './invoice.pdf.form.js';
import { printedItem, printedRate, printedTax } from './invoice.pdf.words.js';

type RowCell = { readonly size: number; readonly lines: readonly string[] };

/** One line of the table, or the part of a very tall one that stands on this sheet. */
export type Row = {
  /** Set where the row begins: a continued row counts for the subtotal of its first sheet only. */
  readonly line?: InvoiceLine;
  readonly cells: Readonly<Record<ColumnKey, RowCell>>;
  readonly height: number;
};

/** Row text starts at the first size; the others are tried to keep a table on one sheet. */
export const ROW_SIZES = [8, 7.5, 7] as const;
export const SHEETS_ROW_SIZE = 7;
const SMALLEST_WORDS = 6;
const SMALLEST_FIGURES = 5;
const PADDING = 2.6;
/** Words wrap before they shrink, figures shrink before they wrap. */
const SETTING: Readonly<Record<ColumnKey, { readonly minimum: number; readonly mostLines: number }>> = {
  item: { minimum: SMALLEST_WORDS, mostLines: 3 },
  spec: { minimum: SMALLEST_WORDS, mostLines: 3 },
  unit: { minimum: SMALLEST_WORDS, mostLines: 2 },
  quantity: { minimum: SMALLEST_FIGURES, mostLines: 1 },
  unitPrice: { minimum: SMALLEST_FIGURES, mostLines: 1 },
  amount: { minimum: SMALLEST_FIGURES, mostLines: 1 },
  rate: { minimum: SMALLEST_FIGURES, mostLines: 1 },
  tax: { minimum: SMALLEST_FIGURES, mostLines: 1 },
};

export function rowOf(line: InvoiceLine, size: number): Row {
  const texts: Readonly<Record<ColumnKey, string>> = {
    item: printedItem(line),
    spec: line.spec ?? '',
    unit: line.unit ?? '',
    quantity: line.quantity ?? '',
    unitPrice: line.unitPrice ?? '',
    amount: line.amount,
    rate: printedRate(line),
    tax: printedTax(line),
  };
  const cells = mapCells((key, width) => wrapWithin(texts[key], width, { size, ...SETTING[key] }));
  return { line, cells, height: heightOf(cells) };
}

/** Fills sheets from the top. A row taller than a whole sheet is continued on the next: no text is left out. */
export function paginate(rows: readonly Row[], bodyHeight: number): Row[][] {
  const sheets: Row[][] = [[]];
  let left = bodyHeight;
  for (const row of rows.flatMap((tall) => pieces(tall, bodyHeight))) {
    if (row.height > left + 1e-6) {
      sheets.push([]);
      left = bodyHeight;
    }
    sheets.at(-1)?.push(row);
    left -= row.height;
  }
  return sheets;
}

function pieces(row: Row, bodyHeight: number): Row[] {
  if (row.height <= bodyHeight) {
    return [row];
  }
  const room = bodyHeight - PADDING;
  const head = mapCells((key) => ({
    ...row.cells[key],
    lines: row.cells[key].lines.slice(0, linesIn(room, row.cells[key].size)),
  }));
  const rest = mapCells((key) => ({ ...row.cells[key], lines: row.cells[key].lines.slice(head[key].lines.length) }));
  const first: Row = { ...row, cells: head, height: heightOf(head) };
  return [first, ...pieces({ cells: rest, height: heightOf(rest) }, bodyHeight)];
}

function mapCells(cellOf: (key: ColumnKey, width: number) => RowCell): Record<ColumnKey, RowCell> {
  const cells: Partial<Record<ColumnKey, RowCell>> = {};
  for (const { key, width } of COLUMNS) {
    cells[key] = cellOf(key, millimetres(width));
  }
  return cells as Record<ColumnKey, RowCell>;
}

function heightOf(cells: Readonly<Record<ColumnKey, RowCell>>): number {
  let height = 0;
  for (const { key } of COLUMNS) {
    const { lines, size } = cells[key];
    height = Math.max(height, heightOfLines(lines.length, size));
  }
  return PADDING + height;
}
