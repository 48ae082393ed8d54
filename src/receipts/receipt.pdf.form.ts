import type { Box, PlacedText, TextStyle } from '../platform/pdf/index.js';
import { Alphabet, cell, colour, millimetres, placeText, RECORD_STRIP_HEIGHT } from '../platform/pdf/index.js';

/** The sheet of a fiscal e-bill, in millimetres: half an A4 page, or a whole one when the content is longer. */

export const RED = colour('#8b1a1a');
export const BLACK = colour('#111111');
export const SEAL_RED = colour('#c8322f');

export const WIDTH = 210;
export const HALF_HEIGHT = 140;
export const FULL_HEIGHT = 297;
export const LEFT = 6;
export const RIGHT = 204;
export const MIDDLE = 105;

/** Where the frame begins on the first sheet and on those behind it. */
export const FIRST_TOP = 37;
export const NEXT_TOP = 26;
/** The labels of a table, down to their line, and to where the first row begins. */
export const HEAD_LINE = 5.5;
export const HEAD_ROW = 6.1;
export const SUM_ROW = 6.5;
/** Who takes the money, signs and checks, with the seal among them: it is as high as the seal, which lies on no text. */
export const FOOT_ROW = 13.6;
const UNIT_SEAL = { x: 100, radius: 6.5 };
const BOTTOM_MARGIN = 1.3;

export const stripTop = (height: number): number => height - BOTTOM_MARGIN - RECORD_STRIP_HEIGHT;
/** Where the frame ends at the latest: below it stand the foot and the record strip. */
export const frameBottom = (height: number): number => stripTop(height) - FOOT_ROW - 1;

/** A straight line of the form, from point to point in points. */
export type Rule = { readonly from: { x: number; y: number }; readonly to: { x: number; y: number } };

export function across(y: number, from = LEFT, to = RIGHT): Rule {
  return { from: point(from, y), to: point(to, y) };
}

export function down(x: number, from: number, to: number): Rule {
  return { from: point(x, from), to: point(x, to) };
}

const point = (x: number, y: number): { x: number; y: number } => ({ x: millimetres(x), y: millimetres(y) });

/** The seal of the unit, in the foot below a frame that ends at `bottom`. */
export function unitSealBox(bottom: number): Box {
  const { x, radius } = UNIT_SEAL;
  return cell(x - radius, bottom + FOOT_ROW / 2 - radius, 2 * radius, 2 * radius);
}

type Align = 'left' | 'center' | 'right';

export const label = (size: number, align: Align = 'left'): TextStyle => ({
  size,
  minimum: 5,
  colour: RED,
  align,
  vertical: 'middle',
});
export const value = (size: number, align: Align = 'left'): TextStyle => ({ ...label(size, align), colour: BLACK });

/** What every receipt prints, whatever it says. */
export const ALPHABET = new Alphabet(
  'receipt',
  '票据代码：票据号码：校验码：交款人统一社会信用代码：交款人：开票日期：（电子）项目编码项目名称单位数量标准金额（元）备注' +
    '金额合计（大写）（小写）收款单位（章）：复核人：收款人：监制章收款专用章¥圆',
);

/** One character under the other, centred; the heading of what stands beside it. */
export function verticalLabel(text: string, x: number, y: number, height: number): PlacedText {
  const box = cell(x, y, 6, height);
  return { ...placeText(Array.from(text).join('\n'), box, label(8.5, 'center')), readAs: text, tag: { role: 'H2' } };
}
