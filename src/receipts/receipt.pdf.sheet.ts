import type { PlacedText, RecordStrip, RecordStripContext } from '../platform/pdf/index.js';
import { cell, labelled, layOutRecordStrip, placeText } from '../platform/pdf/index.js';
import type { ReceiptGrid, ReceiptList } from './receipt-definition.js';
import {
  across,
  down,
  FIRST_TOP,
  FOOT_ROW,
  frameBottom,
  FULL_HEIGHT,
  HALF_HEIGHT,
  HEAD_ROW,
  label,
  LEFT,
  NEXT_TOP,
  RIGHT,
  type Rule,
  stripTop,
  SUM_ROW,
  value,
} from './receipt.pdf.form.js';
import { gridHeight, gridRowsOf, type GridRow, placeGrid } from './receipt.pdf.grid.js';
import { headTexts, nextHeadTexts } from './receipt.pdf.head.js';
import {
  columnsOf,
  heightOfRows,
  paginate,
  placeTable,
  rowsOf,
  type TableColumn,
  type TableRow,
} from './receipt.pdf.table.js';
import { printedRemark, sumOfAmounts } from './receipt.pdf.words.js';
import type { Receipt, ReceiptItem } from './receipt.js';

/** What the kind prints besides what every receipt has. */
export type ReceiptPrint = { readonly grid: ReceiptGrid; readonly lists: readonly ReceiptList[] };

/** One page: texts, each in the cell it may not leave, and the lines of the form. Millimetres for sizes. */
export type ReceiptSheet = {
  readonly height: number;
  readonly frame: { readonly top: number; readonly bottom: number };
  readonly rules: readonly Rule[];
  readonly texts: readonly PlacedText[];
  readonly strip: RecordStrip;
  /** The first sheet carries the seals. */
  readonly isFirst: boolean;
};

type Part = Pick<ReceiptSheet, 'rules' | 'texts'>;

const ITEM_COLUMNS: readonly TableColumn[] = [
  { label: '项目编码', width: 24, align: 'center' },
  { label: '项目名称', width: 58, align: 'left' },
  { label: '单位', width: 12, align: 'center' },
  { label: '数量', width: 18, align: 'right' },
  { label: '标准', width: 24, align: 'right' },
  { label: '金额（元）', width: 28, align: 'right' },
  { label: '备注', width: 34, align: 'left' },
];
const DETAIL_COLUMNS: readonly TableColumn[] = ITEM_COLUMNS.map((column, index) =>
  index === 0 ? { ...column, label: '序号' } : column,
);

const ROW_SIZES = [8, 7.5, 7] as const;
const SHEETS_SIZE = 7;
/** The most of a sheet that 其他信息 takes when the receipt needs several. */
const LARGEST_GRID = 130;

/** Settles where every text of the receipt stands, on as many sheets as it takes. Draws nothing. */
export function layOutReceipt(receipt: Receipt, print: ReceiptPrint, context: RecordStripContext): ReceiptSheet[] {
  const grid = gridRowsOf(withRemark(print.grid, receipt));
  const lists = [...detailList(receipt), ...print.lists];
  const main = onOneSheet(receipt, grid) ?? onSeveralSheets(receipt, grid);
  const parts = [...main, ...lists.flatMap((list) => listSheets(list))];
  return parts.map((part, index) => ({
    height: part.height,
    frame: part.frame,
    rules: part.rules,
    isFirst: index === 0,
    texts: [
      ...(index === 0
        ? headTexts(receipt, { page: 1, pages: parts.length })
        : nextHeadTexts(receipt, part.title, { page: index + 1, pages: parts.length })),
      ...part.texts,
      ...footTexts(receipt, part.height),
    ],
    strip: layOutRecordStrip(context, { x: LEFT, y: stripTop(part.height), page: index + 1 }),
  }));
}

type Unheaded = Part & Pick<ReceiptSheet, 'height' | 'frame'> & { readonly title: string };

function withRemark(grid: ReceiptGrid, receipt: Receipt): ReceiptGrid {
  const mode = receipt.payMode === undefined ? [] : [{ label: '交款方式', value: receipt.payMode }];
  const remark = printedRemark(receipt);
  const last = remark === '' ? [] : [{ label: '备注', value: remark, span: grid.columns }];
  return { ...grid, fields: [...grid.fields, ...mode, ...last] };
}

/** On half a page, set smaller when that makes it possible; else on a whole one. */
function onOneSheet(receipt: Receipt, grid: readonly GridRow[]): Unheaded[] | undefined {
  for (const height of [HALF_HEIGHT, FULL_HEIGHT]) {
    for (const size of ROW_SIZES) {
      const rows = rowsOf(ITEM_COLUMNS, receipt.items.map(itemTexts), size);
      const room = frameBottom(height) - FIRST_TOP - HEAD_ROW - SUM_ROW - gridHeight(grid);
      if (heightOfRows(rows) <= room) {
        return [firstSheet(receipt, { rows, grid, height, isOnly: true })];
      }
    }
  }
  return undefined;
}

function onSeveralSheets(receipt: Receipt, grid: readonly GridRow[]): Unheaded[] {
  const [here, later] = splitGrid(grid);
  const room = frameBottom(FULL_HEIGHT) - FIRST_TOP - HEAD_ROW - 2 * SUM_ROW - gridHeight(here);
  const next = frameBottom(FULL_HEIGHT) - NEXT_TOP - HEAD_ROW - SUM_ROW;
  const rows = rowsOf(ITEM_COLUMNS, receipt.items.map(itemTexts), SHEETS_SIZE);
  const [first = [], ...others] = paginate(rows, room, next);
  return [
    firstSheet(receipt, { rows: first, grid: here, height: FULL_HEIGHT, isOnly: others.length === 0 }),
    ...others.map((part) => itemSheet(receipt, part)),
    ...gridSheets(later),
  ];
}

function splitGrid(grid: readonly GridRow[]): [GridRow[], GridRow[]] {
  const here: GridRow[] = [];
  for (const row of grid) {
    if (gridHeight([...here, row]) > LARGEST_GRID && here.length > 0) {
      break;
    }
    here.push(row);
  }
  return [here, grid.slice(here.length)];
}

type FirstSheet = {
  readonly rows: readonly TableRow[];
  readonly grid: readonly GridRow[];
  readonly height: number;
  readonly isOnly: boolean;
};

function firstSheet(receipt: Receipt, { rows, grid, height, isOnly }: FirstSheet): Unheaded {
  const bottom = frameBottom(height);
  const natural = gridHeight(grid);
  const sums = isOnly ? SUM_ROW : 2 * SUM_ROW;
  const tableBottom = bottom - natural - sums;
  const table = placeTable(ITEM_COLUMNS, rows, { top: FIRST_TOP, bottom: tableBottom });
  const subtotal = isOnly ? none : subtotalRow(receipt, rows, tableBottom);
  const words = wordsRow(receipt, bottom - natural - SUM_ROW);
  const other = natural === 0 ? none : placeGrid(grid, { top: bottom - natural, height: natural });
  return { ...joined([table, subtotal, words, other]), height, frame: { top: FIRST_TOP, bottom }, title: '' };
}

const none: Part = { rules: [], texts: [] };

function joined(parts: readonly Part[]): Part {
  return { rules: parts.flatMap(({ rules }) => rules), texts: parts.flatMap(({ texts }) => texts) };
}

/** The items of this sheet alone: printed where a receipt goes over several. */
function subtotalRow(receipt: Receipt, rows: readonly TableRow[], top: number): Part {
  const amounts = rows.flatMap(({ begins }) => (begins === undefined ? [] : [receipt.items[begins]?.amount ?? '0.00']));
  return {
    rules: [across(top)],
    texts: [
      ...labelled(
        placeText('小    计', cell(LEFT + 1, top, 80, SUM_ROW), label(8.5, 'center')),
        placeText(`¥${sumOfAmounts(amounts)}`, cell(LEFT + 113, top, 50, SUM_ROW), value(8.5, 'right')),
      ),
    ],
  };
}

function wordsRow({ totals }: Receipt, top: number): Part {
  const bottom = top + SUM_ROW;
  return {
    rules: [across(top), across(bottom), down(LEFT + 30, top, bottom), down(LEFT + 136, top, bottom)],
    texts: [
      ...labelled(
        placeText('金额合计（大写）', cell(LEFT + 0.5, top, 29, SUM_ROW), label(8.5, 'center')),
        placeText(totals.inWords, cell(LEFT + 31.5, top, 103, SUM_ROW), value(9)),
      ),
      ...labelled(
        placeText('（小写）', cell(LEFT + 137, top, 14, SUM_ROW), label(8.5)),
        placeText(`¥${totals.amount}`, cell(LEFT + 152, top, 45, SUM_ROW), value(9)),
      ),
    ],
  };
}

function itemSheet(receipt: Receipt, rows: readonly TableRow[]): Unheaded {
  const table = placeTable(ITEM_COLUMNS, rows, { top: NEXT_TOP });
  const subtotal = subtotalRow(receipt, rows, table.bottom);
  const frame = { top: NEXT_TOP, bottom: table.bottom + SUM_ROW };
  return { ...joined([table, subtotal]), height: FULL_HEIGHT, frame, title: '项目清单（续）' };
}

function gridSheets(rows: readonly GridRow[]): Unheaded[] {
  if (rows.length === 0) {
    return [];
  }
  const room = frameBottom(FULL_HEIGHT) - NEXT_TOP;
  const here: GridRow[] = [];
  for (const row of rows) {
    if (gridHeight([...here, row]) > room && here.length > 0) {
      break;
    }
    here.push(row);
  }
  const height = gridHeight(here);
  const part = placeGrid(here, { top: NEXT_TOP, height });
  const frame = { top: NEXT_TOP, bottom: NEXT_TOP + height };
  return [{ ...part, height: FULL_HEIGHT, frame, title: '其他信息（续）' }, ...gridSheets(rows.slice(here.length))];
}

function listSheets({ title, columns, rows }: ReceiptList): Unheaded[] {
  const set = columnsOf(columns);
  const room = frameBottom(FULL_HEIGHT) - NEXT_TOP - HEAD_ROW;
  return paginate(rowsOf(set, rows, SHEETS_SIZE + 0.5), room, room).map((part) => {
    const table = placeTable(set, part, { top: NEXT_TOP });
    return { ...joined([table]), height: FULL_HEIGHT, frame: { top: NEXT_TOP, bottom: table.bottom }, title };
  });
}

function detailList({ details = [] }: Receipt): ReceiptList[] {
  const columns = DETAIL_COLUMNS.map(({ width, ...column }) => ({ ...column, share: width }));
  const rows = details.map((item, index) => [String(index + 1), ...itemTexts(item).slice(1)]);
  return details.length === 0 ? [] : [{ title: '收费明细清单', columns, rows }];
}

function itemTexts({ code, name, unit, quantity, standard, amount, remark }: ReceiptItem): string[] {
  return [code ?? '', name, unit ?? '', quantity, standard, amount, remark ?? ''];
}

function footTexts({ invoicingParty, checker, handlingPerson }: Receipt, sheetHeight: number): PlacedText[] {
  const y = frameBottom(sheetHeight) + 0.5;
  const height = FOOT_ROW - 0.5;
  const field = (name: string, text: string, x: number, [nameWidth, width]: readonly [number, number]): PlacedText[] =>
    labelled(
      placeText(name, cell(x, y, nameWidth, height), label(8.5)),
      placeText(text, cell(x + nameWidth, y, width, height), value(8.5)),
    );
  return [
    ...field('收款单位（章）：', invoicingParty.name, LEFT, [25, 61]),
    ...field('复核人：', checker, LEFT + 111, [13, 30]),
    ...field('收款人：', handlingPerson, RIGHT - 43, [13, 30]),
  ];
}
