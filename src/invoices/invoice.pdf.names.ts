import {
  linesIn,
  placeLines,
  placeText,
  wrapText,
  type Box,
  type PlacedText,
  type TextStyle,
} from '../platform/pdf/index.js';
import { BLACK, PARTIES } from './invoice.pdf.form.js';
import { printedBuyerName } from './invoice.pdf.words.js';
import type { Invoice } from './invoice.js';

const STYLE: TextStyle = { size: 8.5, minimum: 5, colour: BLACK, align: 'left', vertical: 'top' };
/** What stands in the last line of a name that its cell does not hold. */
const GOES_ON = '……（全称见备注）';

/** Smaller where that is enough, but never too small to read: what is longer still goes on in the remark. */
export function placeName(name: string, box: Box): PlacedText {
  const lines = wrapText(name, box.width, STYLE.minimum);
  const room = linesIn(box.height, STYLE.minimum);
  return lines.length <= room
    ? placeText(name, box, STYLE)
    : placeLines([...lines.slice(0, room - 1), GOES_ON], box, { ...STYLE, size: STYLE.minimum });
}

/** The whole names that their cells do not hold, for the remark. */
export function namesInRemark(invoice: Invoice): string[] {
  const names = [
    ['购买方', printedBuyerName(invoice)],
    ['销售方', invoice.seller.name],
  ] as const;
  return names.flatMap(([side, name], index) => {
    const cells = PARTIES[index];
    const isHeld = cells === undefined || placeName(name, cells.name).lines.at(-1)?.text !== GOES_ON;
    return isHeld ? [] : [`${side}名称：${name}`];
  });
}
