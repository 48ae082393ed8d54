import type { Canvas, Page } from '../platform/pdf/index.js';
import { Alphabet, cell, colour, drawSeal, millimetres } from '../platform/pdf/index.js';
import type { Invoice } from './invoice.js';

/** The sheet of a 数电票: half an A4 page, landscape. Everything that does not depend on what the invoice says. */

export const RED = colour('#8b1a1a');
export const BLACK = colour('#111111');
const SEAL_RED = colour('#c8322f');

export const PAGE = { width: millimetres(210), height: millimetres(140) };

const LEFT = 6;
const RIGHT = 204;
const MIDDLE = 105;
const TOP = 27;
const SIDE = 6;

/** Horizontal rules of the frame, from the top, in millimetres. */
const ROWS = { parties: TOP, items: 45, words: 93, remark: 100, end: 115 };

export const TITLE = cell(66, 8.2, 78, 8.5);
export const TAX_QR = cell(6.5, 4, 20, 20);
/** The lines at the top right: two or four of the invoice, and where there are several sheets the sheet's own. */
export const HEAD_RIGHT = { x: 149, width: 55, top: 3.4, bottom: 26.2, pitch: 5.2, height: 5 };

export const PARTIES = [
  { label: '购买方信息', side: LEFT },
  { label: '销售方信息', side: MIDDLE },
].map(({ label, side }) => ({
  label,
  labelCell: cell(side, ROWS.parties + 0.6, SIDE, ROWS.items - ROWS.parties - 1.2),
  nameLabel: cell(side + SIDE + 1.5, ROWS.parties + 1.3, 10.5, 5),
  name: cell(side + SIDE + 12, ROWS.parties + 1.3, 99 - SIDE - 13, 11),
  taxIdLabel: cell(side + SIDE + 1.5, ROWS.items - 5.6, 46, 5),
  taxId: cell(side + SIDE + 47.5, ROWS.items - 5.6, 99 - SIDE - 48.5, 5),
}));

/** Columns of the item table, in millimetres; the text of a column keeps off its neighbours by the gutter. */
const GUTTER = 1;
const COLUMN_WIDTHS = [
  { key: 'item', label: '项目名称', width: 48, align: 'left' },
  { key: 'spec', label: '规格型号', width: 23, align: 'left' },
  { key: 'unit', label: '单位', width: 12, align: 'center' },
  { key: 'quantity', label: '数量', width: 22, align: 'right' },
  { key: 'unitPrice', label: '单价', width: 28, align: 'right' },
  { key: 'amount', label: '金额', width: 26, align: 'right' },
  { key: 'rate', label: '税率/征收率', width: 17, align: 'center' },
  { key: 'tax', label: '税额', width: 22, align: 'right' },
] as const;

export type ColumnKey = (typeof COLUMN_WIDTHS)[number]['key'];
export type Column = { key: ColumnKey; label: string; align: 'left' | 'center' | 'right'; x: number; width: number };

export const COLUMNS: readonly Column[] = COLUMN_WIDTHS.map((column, index) => {
  const before = COLUMN_WIDTHS.slice(0, index).reduce((sum, { width }) => sum + width, 0);
  return { ...column, x: LEFT + before + GUTTER, width: column.width - 2 * GUTTER };
});

export const TABLE = { head: ROWS.items + 0.4, headHeight: 5, body: ROWS.items + 6, sumHeight: 5 };

/** Where the item lines of a sheet end: sheets of several carry a line 小计 above the 合计. */
export const bodyBottom = (sheets: number): number => ROWS.words - 0.8 - TABLE.sumHeight * (sheets > 1 ? 2 : 1);

export const WORDS = {
  label: cell(LEFT, ROWS.words, 50, 7),
  sign: cell(60, ROWS.words, 5, 7),
  words: cell(65.5, ROWS.words, 82, 7),
  figuresLabel: cell(149, ROWS.words, 14, 7),
  figures: cell(163.5, ROWS.words, 39.5, 7),
  divider: LEFT + 50,
};
export const REMARK = { label: cell(LEFT, ROWS.remark, SIDE, 15), text: cell(13.5, ROWS.remark + 0.8, 189, 13.6) };
export const DRAWER = { label: cell(16, 116, 14, 5), name: cell(30, 116, 80, 5) };

/** What every invoice prints, whatever it says. */
export const ALPHABET = new Alphabet(
  'invoice',
  '电子发票（普通发票）发票号码：开票日期：年月日购买方信息销售方信息名称：统一社会信用代码/纳税人识别号：' +
    '项目名称规格型号单位数量单价金额税率/征收率税额合计价税合计（大写）⊗（小写）备注开票人：监制章¥%*圆',
);

/** Where the record strip begins, below the form. */
export const STRIP = { x: LEFT, y: 122 };

/** 发票监制章, set over the title. */
export function drawTaxSeal(page: Page, { mandate, taxBureau }: Invoice): void {
  const isSample = mandate === 'sample';
  drawSeal(page, {
    centre: { x: millimetres(MIDDLE), y: millimetres(13.6) },
    radii: { x: millimetres(16), y: millimetres(11.2) },
    top: isSample ? '示例监制章' : '全国统一发票监制章',
    bottom: isSample ? 'SAMPLE' : taxBureau,
    colour: SEAL_RED,
  });
}

export function drawForm(canvas: Canvas): void {
  drawTitleRules(canvas);
  const rule = { width: 0.8, colour: RED };
  const across = (y: number): void => {
    canvas.line(at(LEFT, y), at(RIGHT, y), rule);
  };
  const down = (x: number, from: number, to: number): void => {
    canvas.line(at(x, from), at(x, to), rule);
  };
  canvas.rectangle(cell(LEFT, TOP, RIGHT - LEFT, ROWS.end - TOP), { width: 1, colour: RED });
  [ROWS.items, ROWS.words, ROWS.remark].forEach(across);
  [LEFT + SIDE, MIDDLE, MIDDLE + SIDE].forEach((x) => {
    down(x, ROWS.parties, ROWS.items);
  });
  down(WORDS.divider, ROWS.words, ROWS.remark);
  down(LEFT + SIDE, ROWS.remark, ROWS.end);
}

function drawTitleRules(canvas: Canvas): void {
  for (const y of [17.4, 18.3]) {
    canvas.line(at(68, y), at(142, y), { width: 0.7, colour: RED });
  }
}

const at = (x: number, y: number): { x: number; y: number } => ({ x: millimetres(x), y: millimetres(y) });
