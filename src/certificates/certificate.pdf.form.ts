import type { Box, Canvas, Page, TextStyle } from '../platform/pdf/index.js';
import { Alphabet, cell, colour, drawSeal, millimetres } from '../platform/pdf/index.js';
import type { Mandate, RegisterAuthority } from './certificate.js';

/** One A4 page as in the book of the paper form: the table on the left, 附记 on the right. */

export const RED = colour('#8b1a1a');
export const BLACK = colour('#111111');
export const GREY = colour('#666666');
const SEAL_RED = colour('#c8322f');

export const PAGE = { width: millimetres(210), height: millimetres(297) };

const LEFT = 12;
const RIGHT = 198;
const MIDDLE = 132;
const LABELS = 36;

export const TITLE = {
  name: cell(45, 13, 120, 11),
  english: cell(45, 24.5, 120, 4),
  number: cell(30, 30.5, 137, 7),
  licence: cell(LEFT, 39.5, 150, 4.2),
  qr: cell(171, 12, 28, 28),
};

/** The frame of the table, in millimetres. */
const TABLE = { top: 45, bottom: 213 };
export const TABLE_TOP = millimetres(TABLE.top);
export const TABLE_HEIGHT = millimetres(TABLE.bottom - TABLE.top);
export const LABEL_COLUMN = { x: millimetres(LEFT + 1), width: millimetres(LABELS - LEFT - 2) };
export const VALUE_COLUMN = { x: millimetres(LABELS + 1.5), width: millimetres(MIDDLE - LABELS - 3) };

const NOTES_HEAD = 7;
const MAP = { top: 139, head: 6 };

export const NOTES = {
  label: cell(MIDDLE, TABLE.top + 0.4, RIGHT - MIDDLE, NOTES_HEAD - 0.8),
  /** Above the map, or all the way down on a page without one. */
  text: (hasMap: boolean): Box =>
    cell(
      MIDDLE + 2,
      TABLE.top + NOTES_HEAD + 1.5,
      RIGHT - MIDDLE - 4,
      (hasMap ? MAP.top : TABLE.bottom) - TABLE.top - NOTES_HEAD - 3,
    ),
};

export const MINI_MAP = {
  label: cell(MIDDLE, MAP.top + 0.4, RIGHT - MIDDLE, MAP.head - 0.8),
  drawing: cell(MIDDLE, MAP.top + MAP.head, RIGHT - MIDDLE, TABLE.bottom - MAP.top - MAP.head - 6),
  point: cell(MIDDLE + 2, TABLE.bottom - 5.6, RIGHT - MIDDLE - 4, 4.6),
};

export const FOOT = {
  statement: cell(LEFT, 217, 108, 17),
  authorityLabel: cell(131, 215.5, 66, 5),
  authority: cell(131, 240.5, 66, 7.5),
  date: cell(131, 248.5, 66, 5.5),
  location: { label: cell(LEFT, 246.5, 30, 4.4), text: cell(LEFT, 251, 108, 9.5) },
  issuedAt: cell(131, 254.5, 66, 4.4),
};
export const STRIP = { x: 6, y: 263.5 };
/** Below the strip: the page of pages. */
export const PAGE_MARK = cell(LEFT, 283, RIGHT - LEFT, 4.5);

/** What every certificate and proof prints, whatever it says. */
export const ALPHABET = new Alphabet(
  'certificate',
  '不动产权证书登记证明电子证照标识附记位置示意登记机构（章）电子证照签发时间地理位置共页第权利人坐落不动产单元号其他状况' +
    '年月日根据《中华人民共和国民法典》等法律法规，为保护合法权益，对申请登记的本所列经审查核实，准予，发此证。登记专用章°EN',
);

export function drawForm(canvas: Canvas, rowTops: readonly number[], hasMap: boolean): void {
  const rule = { width: 0.7, colour: RED };
  const down = (x: number): void => {
    canvas.line({ x: millimetres(x), y: TABLE_TOP }, { x: millimetres(x), y: TABLE_TOP + TABLE_HEIGHT }, rule);
  };
  const across = (y: number, from: number, to: number): void => {
    canvas.line({ x: millimetres(from), y }, { x: millimetres(to), y }, rule);
  };
  canvas.rectangle(cell(LEFT, TABLE.top, RIGHT - LEFT, TABLE.bottom - TABLE.top), { width: 1.1, colour: RED });
  down(LABELS);
  down(MIDDLE);
  for (const top of rowTops.slice(1)) {
    across(top, LEFT, MIDDLE);
  }
  across(millimetres(TABLE.top + NOTES_HEAD), MIDDLE, RIGHT);
  if (hasMap) {
    across(millimetres(MAP.top), MIDDLE, RIGHT);
    across(millimetres(MAP.top + MAP.head), MIDDLE, RIGHT);
  }
}

export function drawRegisterSeal(page: Page, authority: RegisterAuthority, mandate: Mandate): void {
  drawSeal(page, {
    centre: { x: millimetres(164), y: millimetres(230.3) },
    radii: { x: millimetres(14.5), y: millimetres(9.5) },
    top: mandate === 'sample' ? '示例登记专用章' : authority.name,
    bottom: mandate === 'sample' ? 'SAMPLE' : '不动产登记专用章',
    colour: SEAL_RED,
  });
}

export const label = (size: number, align: 'left' | 'center' | 'right' = 'center'): TextStyle => ({
  size,
  minimum: 5,
  colour: RED,
  align,
  vertical: 'middle',
});

export const value = (size: number, align: 'left' | 'center' | 'right' = 'left'): TextStyle => ({
  size,
  minimum: 5,
  colour: BLACK,
  align,
  vertical: 'middle',
});

export const faint = (size: number, align: 'left' | 'center' | 'right' = 'left'): TextStyle => ({
  size,
  minimum: 4.5,
  colour: GREY,
  align,
  vertical: 'middle',
});
