import { describe, expect, it } from 'vitest';
import {
  asCore,
  issued,
  issuerCalled,
  kindCalled,
  NOW,
  renderContext as context,
  sampleReceipt,
  sampleReceipts,
} from '../../test/support/receipts.js';
import { millimetres, type PlacedText } from '../platform/pdf/index.js';
import type { FiscalBillNumber } from './fiscal-codes.js';
import { completeReceipt, prepareWriteOff } from './receipt.canonical.js';
import { FULL_HEIGHT, HALF_HEIGHT, unitSealBox, WIDTH } from './receipt.pdf.form.js';
import { layOutReceipt, type ReceiptSheet } from './receipt.pdf.sheet.js';
import type { AmountText, Receipt, ReceiptItem } from './receipt.js';
import { drawnBy, isInside, overlap, textOf } from '../../test/support/placed-texts.js';

const long = (text: string, length: number): string => Array.from(text.repeat(length)).slice(0, length).join('');
const sample = (name: string): Receipt => {
  const { request, issuer } = sampleReceipt(name);
  return issued(request, issuerCalled(issuer));
};
const fine = sample('fine-parking');
const item: ReceiptItem = {
  code: '060101',
  name: '检查费',
  unit: '次',
  quantity: '1',
  standard: '12.00',
  amount: '12.00' as AmountText,
};
const manyItems = (count: number): ReceiptItem[] =>
  Array.from({ length: count }, (_, index) => ({ ...item, name: `检查费第${index + 1}号` }));
const longestItem: ReceiptItem = {
  code: 'M'.repeat(20),
  name: long('公安罚没收入（道路交通罚款）Traffic fine，', 200),
  unit: long('平方米', 20),
  quantity: `-12345678901234.${'9'.repeat(10)}`,
  standard: `0.${'9'.repeat(23)}`,
  amount: '-9999999999999999.99' as AmountText,
  remark: long('备注，', 100),
};
const writeOff = completeReceipt(
  prepareWriteOff(fine, kindCalled(fine.kind).definition, { category: '01', type: '03', title: '' }),
  { code: fine.code, number: '0000000102' as FiscalBillNumber, checkCode: 'k7x2pd', issuedAt: NOW },
);
const longTexts = Object.fromEntries(
  Object.entries(fine.particulars ?? {}).map(([key, value]) =>
    key.endsWith('At') || key.endsWith('Time')
      ? [key, value]
      : [key, long('示例市南山区示例大道与样例路交叉口，', 200)],
  ),
);

const variants: Readonly<Record<string, Receipt>> = {
  ...Object.fromEntries(sampleReceipts().map(({ name }) => [name, sample(name)])),
  'a write-off': writeOff,
  'sixty items': { ...sample('inpatient'), items: manyItems(60) },
  'two hundred items and a list of two thousand': {
    ...sample('inpatient'),
    items: manyItems(200),
    details: manyItems(2000),
  },
  'the longest legal fields': {
    ...fine,
    title: long('示例省非税收入统一票据（电子）', 40),
    payer: { type: '2', name: long('示例（虚构）公司', 100), code: 'M'.repeat(20) },
    invoicingParty: { code: 'M'.repeat(18), name: long('示例市公安局交通警察支队', 300) },
    items: [longestItem, item, longestItem],
    particulars: longTexts,
    totals: { amount: '-9999999999999999.99' as AmountText, inWords: `（负数）${long('玖仟玖佰玖拾玖亿', 60)}` },
    handlingPerson: long('欧阳示例', 50),
    checker: long('欧阳示例', 50),
    remark: long('很长的备注，', 200),
  },
};

const printOf = (receipt: Receipt): Parameters<typeof layOutReceipt>[1] => {
  const { gridOf, listsOf } = kindCalled(receipt.kind).definition;
  return { grid: gridOf(receipt), lists: listsOf(receipt) };
};
const sheetsOf = (receipt: Receipt): ReceiptSheet[] => layOutReceipt(receipt, printOf(receipt), context);
const textsOn = ({ texts, strip }: ReceiptSheet): PlacedText[] => [...texts, ...strip.texts];

describe.each(Object.entries(variants))('the layout of %s', (_, receipt) => {
  const sheets = sheetsOf(receipt);

  it('keeps every text in its cell and every cell on the page', () => {
    for (const sheet of sheets) {
      const { height } = sheet;
      for (const text of textsOn(sheet)) {
        const { x, y, width, height: tall } = text.box;
        expect(isInside(text), textOf([text])).toBe(true);
        expect(x >= 0 && y >= 0 && x + width <= millimetres(WIDTH) && y + tall <= millimetres(height)).toBe(true);
      }
    }
  });

  it('lets no two cells overlap', () => {
    for (const sheet of sheets) {
      const boxes = textsOn(sheet).map(({ box }) => box);
      const pairs = boxes.flatMap((box, index) => boxes.slice(index + 1).filter((other) => overlap(box, other)));
      expect(pairs).toEqual([]);
    }
  });

  it('lets the seal of the unit lie on no text', () => {
    const [first] = sheets;
    const seal = unitSealBox(first?.frame.bottom ?? 0);
    expect(sheets.length).toBeGreaterThan(0);
    expect(
      (first === undefined ? [] : textsOn(first)).filter(({ box }) => overlap(box, seal)).map(({ lines }) => lines),
    ).toEqual([]);
  });

  it('leaves out no character of what the receipt says', () => {
    const printed = sheets.map(({ texts }) => textOf(texts)).join('\n');
    const said = [...receipt.items, ...(receipt.details ?? [])].map(({ name, remark = '' }) => name + remark).join('');
    const count = (text: string): Map<string, number> => {
      const counts = new Map<string, number>();
      Array.from(text).forEach((character) => counts.set(character, (counts.get(character) ?? 0) + 1));
      return counts;
    };
    const counts = count(printed);
    for (const [character, times] of count(said.replaceAll(/\s/g, ''))) {
      expect(counts.get(character) ?? 0).toBeGreaterThanOrEqual(times);
    }
  });
});

describe('the sheets of a receipt', () => {
  it('are half a page where that is enough, and a whole one where it is not', () => {
    expect(sheetsOf(fine).map(({ height }) => height)).toEqual([HALF_HEIGHT]);
    expect(sheetsOf({ ...fine, items: manyItems(20) }).map(({ height }) => height)).toEqual([FULL_HEIGHT]);
  });

  it('are numbered, and print each item once', () => {
    const sheets = sheetsOf({ ...sample('inpatient'), items: manyItems(90) }).map(({ texts }) => textOf(texts));
    for (const { name } of manyItems(90)) {
      expect(sheets.filter((sheet) => sheet.split('\n').includes(name))).toHaveLength(1);
    }
    expect(sheets[1]).toContain(`共 ${sheets.length} 页 第 2 页`);
    expect(sheets[0]).toContain('小    计');
  });

  it('mark a write-off and name the bill it takes back', () => {
    const printed = textOf(sheetsOf(writeOff)[0]?.texts ?? []);
    expect(printed).toContain('冲红\n');
    expect(printed).toContain('冲红原票据代码：44010326，票据号码：0000000101');
    expect(printed).toContain('¥-200.00');
  });
});

const SAMPLE = Buffer.from('SAMPLE', 'utf16le').swap16().toString('hex');

describe('the PDF of a receipt', () => {
  it('has the same bytes for the same receipt', () => {
    const kind = kindCalled(fine.kind);
    expect(kind.render(asCore(fine), context)).toEqual(kind.render(asCore(fine), context));
  });

  it('says SAMPLE on every sheet without a state mandate, and nowhere with one', () => {
    const kind = kindCalled(fine.kind);
    const many = { ...fine, items: manyItems(200) };
    const drawn = drawnBy(kind.render(asCore(many), context).bytes);
    expect(drawn.split(`${SAMPLE}>`).length - 1).toBeGreaterThanOrEqual(sheetsOf(many).length);
    expect(drawnBy(kind.render(asCore({ ...fine, mandate: 'state' }), context).bytes)).not.toContain(SAMPLE);
  });
});
