import type { PlacedText } from '../platform/pdf/index.js';
import { cell, heightOfLines, labelled, millimetres, placeText, wrapText } from '../platform/pdf/index.js';
import type { GridField, ReceiptGrid } from './receipt-definition.js';
import { across, down, label, LEFT, RIGHT, type Rule, value, verticalLabel } from './receipt.pdf.form.js';

/** 其他信息: labelled fields in columns under the table. */

type PlacedField = {
  readonly field: GridField;
  readonly x: number;
  readonly width: number;
  readonly labelWidth: number;
};
export type GridRow = { readonly fields: readonly PlacedField[]; readonly height: number };

const TITLE_WIDTH = 6;
const GUTTER = 1;
const SIZE = 7.5;
const PADDING = 1.2;
/** The four characters of 其他信息 need so much. */
const SMALLEST_GRID = 15.5;
const LARGEST_LABEL_SHARE = 0.5;
const POINTS_PER_MILLIMETRE = millimetres(1);

/** Settles which fields stand beside each other; a field that finds no room in its row begins the next. */
export function gridRowsOf({ columns, fields }: ReceiptGrid): GridRow[] {
  const width = (RIGHT - LEFT - TITLE_WIDTH) / columns;
  const rows: PlacedField[][] = [[]];
  let used = 0;
  for (const field of fields) {
    const span = Math.min(field.span ?? 1, columns);
    if (used + span > columns) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(place(field, LEFT + TITLE_WIDTH + used * width, span * width));
    used += span;
  }
  return rows.filter((row) => row.length > 0).map((row) => ({ fields: row, height: Math.max(...row.map(heightOf)) }));
}

function place(field: GridField, x: number, width: number): PlacedField {
  const natural = ((Array.from(field.label).length + 1) * SIZE) / POINTS_PER_MILLIMETRE + 0.4;
  return { field, x, width, labelWidth: Math.min(natural, (width - 2 * GUTTER) * LARGEST_LABEL_SHARE) };
}

function heightOf({ field, width, labelWidth }: PlacedField): number {
  const linesOf = (text: string, room: number): number => wrapText(text, millimetres(room), SIZE).length;
  const lines = Math.max(
    linesOf(`${field.label}：`, labelWidth),
    linesOf(field.value, width - 2 * GUTTER - labelWidth),
    1,
  );
  return PADDING + heightOfLines(lines, SIZE) / POINTS_PER_MILLIMETRE;
}

export function gridHeight(rows: readonly GridRow[]): number {
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  return rows.length === 0 ? 0 : Math.max(SMALLEST_GRID, height + 1);
}

/** From `top` down over `height` millimetres, with its title on the left. */
export function placeGrid(
  rows: readonly GridRow[],
  { top, height }: { readonly top: number; readonly height: number },
): { texts: PlacedText[]; rules: Rule[] } {
  const texts = [verticalLabel('其他信息', LEFT, top + 0.6, height - 1.2)];
  let y = top + 0.5;
  for (const row of rows) {
    for (const { field, x, width, labelWidth } of row.fields) {
      const start = x + GUTTER;
      texts.push(
        ...labelled(
          placeText(`${field.label}：`, cell(start, y + PADDING / 2, labelWidth, row.height - PADDING / 2), {
            ...label(SIZE),
            vertical: 'top',
          }),
          placeText(
            field.value,
            cell(start + labelWidth, y + PADDING / 2, width - 2 * GUTTER - labelWidth, row.height - PADDING / 2),
            { ...value(SIZE), vertical: 'top' },
          ),
        ),
      );
    }
    y += row.height;
  }
  return { texts, rules: [across(top), down(LEFT + TITLE_WIDTH, top, top + height)] };
}
