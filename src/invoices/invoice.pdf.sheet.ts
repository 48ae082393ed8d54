import type { Box, PlacedText, RecordStrip, RecordStripContext, TextStyle } from '../platform/pdf/index.js';
import {
  cell,
  labelled,
  layOutRecordStrip,
  linesIn,
  millimetres,
  placeLines,
  placeText,
  tagged,
  wrapText,
} from '../platform/pdf/index.js';
import type { Invoice, InvoiceParty } from './invoice.js';
import {
  BLACK,
  bodyBottom,
  COLUMNS,
  DRAWER,
  HEAD_RIGHT,
  PARTIES,
  RED,
  REMARK,
  STRIP,
  TABLE,
  TITLE,
  WORDS,
} from './invoice.pdf.form.js';
import type { Row } from './invoice.pdf.lines.js';
import { paginate, ROW_SIZES, rowOf, SHEETS_ROW_SIZE } from './invoice.pdf.lines.js';
import { namesInRemark, placeName } from './invoice.pdf.names.js';
import { printedBuyerName, printedHead, printedRemark, printedTaxTotal, sumOfAmounts } from './invoice.pdf.words.js';

/** The texts of one page in the order of reading, each in the cell it may not leave. */
export type Sheet = {
  /** What stands above the frame. */
  readonly head: readonly PlacedText[];
  readonly texts: readonly PlacedText[];
  readonly strip: RecordStrip;
};

const label = (size: number, align: 'left' | 'center' = 'left'): TextStyle => ({
  size,
  minimum: 5,
  colour: RED,
  align,
  vertical: 'middle',
});
const value = (size: number, align: 'left' | 'center' | 'right' = 'left'): TextStyle => ({
  size,
  minimum: 5,
  colour: BLACK,
  align,
  vertical: 'middle',
});

/** The table of the items, sums included. */
const LINES = 'lines';

const REMARK_STYLE: TextStyle = { size: 8, minimum: 5, colour: BLACK };

/** Settles where every text of the invoice stands, on as many sheets as it takes. Draws nothing. */
export function layOutInvoice(invoice: Invoice, context: RecordStripContext): Sheet[] {
  const remarks = remarkParts(
    [...namesInRemark(invoice), printedRemark(invoice)].filter((part) => part !== '').join('\n'),
  );
  const tables = tablesOf(invoice, remarks.length);
  const sheets = Math.max(tables.length, remarks.length);
  return Array.from({ length: sheets }, (_, index) => ({
    head: headTexts(invoice, { page: index + 1, pages: sheets }),
    texts: [
      ...partyTexts(0, printedBuyerName(invoice), invoice.buyer),
      ...partyTexts(1, invoice.seller.name, invoice.seller),
      ...tableTexts(tables[index] ?? []),
      ...sumTexts(invoice, tables[index] ?? [], sheets),
      ...wordsTexts(invoice),
      words().remark,
      ...(remarks[index] ?? []),
      ...labelled(words().drawer, placeText(invoice.drawer, DRAWER.name, value(8.5))),
    ],
    strip: layOutRecordStrip(context, { ...STRIP, page: index + 1 }),
  }));
}

/** On one sheet, set smaller when that makes it possible; else on as many as it takes. */
function tablesOf(invoice: Invoice, remarkSheets: number): Row[][] {
  for (const size of remarkSheets === 1 ? ROW_SIZES : []) {
    const tables = paginate(
      invoice.lines.map((line) => rowOf(line, size)),
      bodyHeight(1),
    );
    if (tables.length === 1) {
      return tables;
    }
  }
  return paginate(
    invoice.lines.map((line) => rowOf(line, SHEETS_ROW_SIZE)),
    bodyHeight(2),
  );
}

const bodyHeight = (sheets: number): number => millimetres(bodyBottom(sheets) - TABLE.body);

function headTexts(invoice: Invoice, { page, pages }: { page: number; pages: number }): PlacedText[] {
  const rows = printedHead(invoice);
  const { x, width, top, bottom, height } = HEAD_RIGHT;
  const count = rows.length + 1;
  const pitch = Math.min(HEAD_RIGHT.pitch, (bottom - top) / count);
  const first = rows.length > 2 ? top : 8.5;
  const rowHeight = Math.min(height, pitch - 0.1);
  const texts = rows.flatMap(([name, text], index) => {
    const y = first + pitch * index;
    return labelled(
      placeText(name, cell(x, y, 16, rowHeight), label(8.5)),
      placeText(text, cell(x + 16, y, width - 16, rowHeight), value(8.5)),
    );
  });
  const pageMark = placeText(
    `共 ${pages} 页 第 ${page} 页`,
    cell(x, first + pitch * rows.length, width, rowHeight),
    value(8),
  );
  const title = placeText(invoice.title, TITLE, { ...label(16, 'center'), minimum: 9, contour: 0.25 });
  return [tagged(title, { role: 'H1' }), ...texts, ...(pages > 1 ? [pageMark] : [])];
}

function partyTexts(side: 0 | 1, name: string, party: InvoiceParty): PlacedText[] {
  const cells = PARTIES[side];
  const labels = words().parties[side];
  if (cells === undefined || labels === undefined) {
    return [];
  }
  return [
    labels.side,
    ...labelled(labels.name, placeName(name, cells.name)),
    ...labelled(labels.taxId, placeText(party.taxId ?? '', cells.taxId, value(8.5))),
  ];
}

let settledWords: ReturnType<typeof settleWords> | undefined;

/** What every invoice says in the same place; settled once, and not before one is drawn: the font takes its time to load. */
const words = (): ReturnType<typeof settleWords> => (settledWords ??= settleWords());

function settleWords() {
  return {
    parties: PARTIES.map((cells) => ({
      side: verticalLabel(cells.label, cells.labelCell),
      name: placeText('名称：', cells.nameLabel, { ...label(8.5), vertical: 'top' }),
      taxId: placeText('统一社会信用代码/纳税人识别号：', cells.taxIdLabel, label(8.5)),
    })),
    columns: COLUMNS.map(({ label: name, align, x, width }) =>
      tagged(
        placeText(name, cell(x, TABLE.head, width, TABLE.headHeight), {
          ...label(8),
          align: align === 'left' ? 'center' : align,
        }),
        { role: 'TH', scope: 'Column', row: { table: LINES, index: 0 } },
      ),
    ),
    total: placeText('价税合计（大写）', WORDS.label, label(8.5, 'center')),
    sign: tagged(placeText('⊗', WORDS.sign, value(12, 'center')), { joins: true }),
    figures: placeText('（小写）', WORDS.figuresLabel, label(8.5)),
    remark: verticalLabel('备注', REMARK.label),
    drawer: placeText('开票人：', DRAWER.label, label(8.5)),
  };
}

/** One character under the other, centred; the heading of what stands beside it. */
function verticalLabel(text: string, box: Box): PlacedText {
  return { ...placeText(Array.from(text).join('\n'), box, label(8.5, 'center')), readAs: text, tag: { role: 'H2' } };
}

function tableTexts(rows: readonly Row[]): PlacedText[] {
  const texts = [...words().columns];
  let top = millimetres(TABLE.body);
  for (const [index, row] of rows.entries()) {
    const tag = { role: 'TD', row: { table: LINES, index: index + 1 } } as const;
    for (const column of COLUMNS) {
      const { lines, size } = row.cells[column.key];
      const box = { x: millimetres(column.x), y: top, width: millimetres(column.width), height: row.height };
      const placed = placeLines(lines, box, { size, minimum: size, colour: BLACK, align: column.align });
      texts.push(tagged(placed, tag));
    }
    top += row.height;
  }
  return texts;
}

function sumTexts(invoice: Invoice, rows: readonly Row[], sheets: number): PlacedText[] {
  const here = rows.flatMap(({ line }) => (line === undefined ? [] : [line]));
  const subtotal = {
    name: '小    计',
    amount: `¥${sumOfAmounts(here.map(({ amount }) => amount))}`,
    tax: printedTaxTotal(sumOfAmounts(here.map(({ tax }) => tax)), here),
  };
  const { amount, tax } = invoice.totals;
  const total = { name: '合    计', amount: `¥${amount}`, tax: printedTaxTotal(tax, invoice.lines) };
  return (sheets > 1 ? [subtotal, total] : [total]).flatMap((sum, index) => {
    const y = bodyBottom(sheets) + 0.4 + TABLE.sumHeight * index;
    const row = { table: LINES, index: rows.length + 1 + index };
    return COLUMNS.map(({ key, x, width }) => {
      const box = cell(x, y, width, TABLE.sumHeight);
      if (key === 'item') {
        return tagged(placeText(sum.name, box, label(8.5, 'center')), { role: 'TH', scope: 'Row', row });
      }
      const text = key === 'amount' || key === 'tax' ? sum[key] : '';
      return tagged(placeText(text, box, value(8.5, 'right')), { role: 'TD', row });
    });
  });
}

function wordsTexts(invoice: Invoice): PlacedText[] {
  return [
    words().total,
    words().sign,
    tagged(placeText(invoice.totals.withTaxInWords, WORDS.words, value(9)), { joins: true }),
    ...labelled(words().figures, placeText(`¥${invoice.totals.withTax}`, WORDS.figures, value(9))),
  ];
}

/** One part a sheet: a remark that does not fit at its smallest size is continued. */
function remarkParts(remark: string): PlacedText[][] {
  const box = REMARK.text;
  const room = linesIn(box.height, REMARK_STYLE.minimum);
  const smallest = wrapText(remark, box.width, REMARK_STYLE.minimum);
  if (smallest.length <= room) {
    return [[placeText(remark, box, REMARK_STYLE)]];
  }
  return Array.from({ length: Math.ceil(smallest.length / room) }, (_, index) => [
    placeLines(smallest.slice(index * room, (index + 1) * room), box, { ...REMARK_STYLE, size: REMARK_STYLE.minimum }),
  ]);
}
