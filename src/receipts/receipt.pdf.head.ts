import type { PlacedText } from '../platform/pdf/index.js';
import { cell, labelled, placeText, tagged } from '../platform/pdf/index.js';
import { label, LEFT, RIGHT, SEAL_RED, value } from './receipt.pdf.form.js';
import { printedDate, printedPayerCode } from './receipt.pdf.words.js';
import type { Receipt } from './receipt.js';

type PageMark = { readonly page: number; readonly pages: number };

const ROWS = [21.6, 26.6, 31.6];
const ROW_HEIGHT = 4.8;
const RIGHT_COLUMN = 146;

/** Title and both columns of fields of the first sheet. */
export function headTexts(receipt: Receipt, mark: PageMark): PlacedText[] {
  const { payer } = receipt;
  const left = [
    ['票据代码：', receipt.code, 17],
    ['交款人统一社会信用代码：', printedPayerCode(payer), 38],
    ['交款人：', payer.name, 14],
  ] as const;
  const right = [
    ['票据号码：', receipt.number],
    ['校验码：', receipt.checkCode],
    ['开票日期：', printedDate(receipt.issuedAt)],
  ] as const;
  return [
    tagged(placeText(receipt.title, cell(50, 7.6, 110, 9), { ...label(16, 'center'), minimum: 9, contour: 0.25 }), {
      role: 'H1',
    }),
    ...left.flatMap(([name, text, width], index) => {
      const y = ROWS[index] ?? 0;
      return labelled(
        placeText(name, cell(LEFT, y, width, ROW_HEIGHT), label(8.5)),
        placeText(text, cell(LEFT + width, y, RIGHT_COLUMN - LEFT - width - 2, ROW_HEIGHT), value(8.5)),
      );
    }),
    ...right.flatMap(([name, text], index) => {
      const y = ROWS[index] ?? 0;
      return labelled(
        placeText(name, cell(RIGHT_COLUMN, y, 17, ROW_HEIGHT), label(8.5)),
        placeText(text, cell(RIGHT_COLUMN + 17, y, RIGHT - RIGHT_COLUMN - 17, ROW_HEIGHT), value(8.5)),
      );
    }),
    ...pageMark(mark, 6),
    ...(receipt.direction === 'write-off'
      ? [placeText('冲红', cell(164, 11.5, 40, 8), { ...label(17, 'right'), colour: SEAL_RED, contour: 0.3 })]
      : []),
  ];
}

/** Sheets behind the first say what they continue. */
export function nextHeadTexts(receipt: Receipt, title: string, mark: PageMark): PlacedText[] {
  const said = `票据代码：${receipt.code}    票据号码：${receipt.number}    校验码：${receipt.checkCode}`;
  return [
    tagged(
      placeText(`${receipt.title} ${title}`, cell(30, 7.6, 150, 7), {
        ...label(13, 'center'),
        minimum: 8,
        contour: 0.2,
      }),
      { role: 'H1' },
    ),
    placeText(said, cell(LEFT, 18, 160, ROW_HEIGHT), value(8.5)),
    ...pageMark(mark, 18),
  ];
}

function pageMark({ page, pages }: PageMark, y: number): PlacedText[] {
  return pages === 1
    ? []
    : [placeText(`共 ${pages} 页 第 ${page} 页`, cell(169, y, 35, ROW_HEIGHT), value(8, 'right'))];
}
