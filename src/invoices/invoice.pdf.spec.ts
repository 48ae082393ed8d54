import { describe, expect, it } from 'vitest';
import { amount, invoice, invoiceLine } from '../../test/support/invoices.js';
import type { PlacedText } from '../platform/pdf/index.js';
import type { Invoice } from './invoice.js';
import { PAGE } from './invoice.pdf.form.js';
import { layOutInvoice, type Sheet } from './invoice.pdf.sheet.js';
import { renderInvoice } from './invoice.pdf.js';
import { drawnBy, isInside, overlap, textOf } from '../../test/support/placed-texts.js';

const context = {
  documentAddress: 'eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4',
  verifyUrl: 'https://verify.example.com/v/eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4',
  docId: `0x9b0c2f6f1d2e3a4b${'0'.repeat(48)}`,
  networkName: '本地测试链 Local test chain',
  attachment: { name: 'core-data.json', bytes: new TextEncoder().encode('{"kind":"invoice.vat"}') },
};

const long = (text: string, length: number): string => Array.from(text.repeat(length)).slice(0, length).join('');
const contact = {
  address: long('示例市示例区示例大道1号', 128),
  phone: '0'.repeat(32),
  bankName: long('示例银行示例支行', 128),
  bankAccount: '0'.repeat(32),
};
const largest = amount('99999999999.99');
const longestLine = invoiceLine({
  categoryShortName: long('电子计算机', 120),
  itemName: long('移动工作站 Extended Warranty，', 600),
  spec: long('XPS-15/9530（银）', 150),
  unit: long('平方米·年', 300),
  quantity: `12345678901234.${'9'.repeat(10)}`,
  unitPrice: `0.${'9'.repeat(23)}`,
  amount: largest,
  tax: largest,
});
const manyLines = Array.from({ length: 60 }, (_, index) => invoiceLine({ itemName: `餐费第${index + 1}号` }));

const blockchain = invoice({
  scheme: 'blockchain',
  title: '深圳电子普通发票',
  code: '144032609110',
  number: '00000001',
  checkCode: '3f9a1',
});
const legacy = invoice({
  scheme: 'legacy',
  title: '内蒙古增值税电子普通发票',
  code: '015012605111',
  number: '00000001',
  checkCode: '83412750916320481275',
});
const red = invoice({
  title: '电子发票（增值税专用发票）',
  type: 'special',
  lines: [
    invoiceLine({
      ...{ categoryShortName: '电子计算机', itemName: '便携式工作站', spec: 'X1-示例', unit: '台', quantity: '-2' },
      ...{ unitPrice: '5575.22125', amount: amount('-11150.44'), taxRate: '0.13', tax: amount('-1449.56') },
      blueLine: '1',
    }),
  ],
  totals: {
    ...{ amount: amount('-11150.44'), tax: amount('-1449.56'), withTax: amount('-12600.00') },
    withTaxInWords: '（负数）壹万贰仟陆佰圆整',
  },
  remark: '被红冲蓝字数电发票号码：26952000000200000002 红字发票信息确认单编号：44030026030000000001',
});

const variants: Readonly<Record<string, Invoice>> = {
  'the code of a blockchain invoice': blockchain,
  'the code of a legacy invoice': legacy,
  'a code and sixty lines': { ...legacy, lines: manyLines },
  'red letters': red,
  'one line': invoice(),
  'eight lines': invoice({ lines: manyLines.slice(0, 8) }),
  'sixty lines': invoice({ lines: manyLines }),
  'a natural person': invoice({ buyer: { name: '王𠅤' }, buyerIsNaturalPerson: 'true' }),
  'the longest legal fields': invoice({
    title: '电子发票（增值税专用发票）',
    seller: { name: long('示例（虚构）公司', 300), taxId: 'M'.repeat(20), ...contact },
    buyer: { name: long('Chopmark 示例有限公司', 300), taxId: 'M'.repeat(20), ...contact },
    lines: [longestLine, invoiceLine(), longestLine],
    remark: long('收货地址，YF-001；', 450),
    drawer: long('欧阳示例', 50),
    totals: {
      amount: largest,
      tax: largest,
      withTax: largest,
      withTaxInWords: '（负数）玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖圆玖角玖分',
    },
  }),
};

const textsOn = ({ head, texts, strip }: Sheet): PlacedText[] => [...head, ...texts, ...strip.texts];

describe.each(Object.entries(variants))('the layout of an invoice with %s', (_, value) => {
  const sheets = layOutInvoice(value, context);

  it('keeps every text in its cell and every cell on the page', () => {
    for (const text of sheets.flatMap(textsOn)) {
      expect(isInside(text), textOf([text])).toBe(true);
      expect(overlap(text.box, { x: 0, y: 0, ...PAGE })).toBe(true);
      expect(text.box.x + text.box.width).toBeLessThanOrEqual(PAGE.width);
      expect(text.box.y + text.box.height).toBeLessThanOrEqual(PAGE.height);
    }
  });

  it('lets no cell lie on another', () => {
    for (const texts of sheets.map(textsOn)) {
      const crossing = texts.flatMap((one, index) =>
        texts.slice(index + 1).flatMap((other) => (overlap(one.box, other.box) ? [textOf([one, other])] : [])),
      );
      expect(crossing).toEqual([]);
    }
  });

  it('sets nothing smaller than 4 points', () => {
    expect(Math.min(...sheets.flatMap(textsOn).map(({ size }) => size))).toBeGreaterThanOrEqual(4);
  });

  it('prints the number, both sums in figures and the words on every sheet', () => {
    for (const sheet of sheets) {
      const printed = textOf(textsOn(sheet));
      for (const part of [
        value.number,
        `¥${value.totals.amount}`,
        `¥${value.totals.withTax}`,
        value.totals.withTaxInWords,
      ]) {
        expect(printed).toContain(part);
      }
    }
  });

  it('prints all of every field, whatever its length', () => {
    const printed = sheets
      .flatMap((sheet) => Array.from(textOf(textsOn(sheet)).replaceAll(/\s/g, '')))
      .sort()
      .join('');
    const count = (text: string, character: string): number =>
      Array.from(text).filter((each) => each === character).length;
    const said = value.lines
      .map((line) => line.itemName + (line.spec ?? '') + (line.unit ?? '') + (line.quantity ?? ''))
      .join('');
    for (const character of new Set(Array.from(said.replaceAll(/\s/g, '')))) {
      expect(count(printed, character)).toBeGreaterThanOrEqual(count(said, character));
    }
  });
});

describe('an invoice of an older scheme', () => {
  it('prints code, number, date and check code, and the page under them', () => {
    const [sheet] = layOutInvoice({ ...legacy, lines: manyLines }, context);
    expect(textOf(sheet?.head ?? [])).toMatch(
      /发票代码：\n015012605111\n发票号码：\n00000001\n开票日期：\n2026年03月05日\n校 {2}验 {2}码：\n83412 75091 63204 81275\n共 \d+ 页 第 1 页/,
    );
  });
});

describe('an invoice of many lines', () => {
  const sheets = layOutInvoice(invoice({ lines: manyLines }), context);

  it('prints each line on one sheet only, and numbers the sheets', () => {
    const printed = sheets.map((sheet) => textOf(textsOn(sheet)));
    for (const line of manyLines) {
      expect(printed.filter((sheet) => sheet.split('\n').includes(`*餐饮服务*${line.itemName}`))).toHaveLength(1);
    }
    expect(printed[1]).toContain(`共 ${sheets.length} 页 第 2 页`);
  });

  it('sums the lines of each sheet above the total', () => {
    const linesOnFirst = textOf(sheets[0]?.texts ?? []).match(/餐费第\d+号/g)?.length ?? 0;
    expect(linesOnFirst).toBeGreaterThan(5);
    expect(textOf(sheets[0]?.texts ?? [])).toMatch(
      new RegExp(`小    计\\n+¥${((linesOnFirst * 62264) / 100).toFixed(2)}\\n`),
    );
  });

  it('says nothing of sheets nor subtotals when there is one', () => {
    const printed = textOf(layOutInvoice(variants['eight lines'] ?? invoice(), context)[0]?.texts ?? []);
    expect(printed).not.toMatch(/小 {4}计|第 1 页/);
  });
});

const SAMPLE = Buffer.from('SAMPLE', 'utf16le').swap16().toString('hex');

describe('a name that is too long for its cell', () => {
  const nameOf = (length: number): string => long('示例市（虚构）建设工程有限公司', length);
  const sheetsOf = (length: number): Sheet[] => layOutInvoice(invoice({ buyer: { name: nameOf(length) } }), context);
  const inCell = ([sheet]: readonly Sheet[]): PlacedText | undefined =>
    sheet?.texts.find(({ lines }) => lines[0]?.text.startsWith('示例市（虚构）建') === true);
  const printedOn = (sheets: readonly Sheet[]): string =>
    sheets.flatMap(({ texts }) => texts.flatMap(({ lines }) => lines.map(({ text }) => text))).join('');

  it.each([20, 100, 200])('is set smaller, and stays readable: %d characters', (length) => {
    const placed = inCell(sheetsOf(length));
    expect(placed?.size).toBeGreaterThanOrEqual(5);
    expect(placed?.lines.map(({ text }) => text).join('')).toBe(nameOf(length));
  });

  it.each([240, 300])('goes on in the remark, where it stands whole: %d characters', (length) => {
    const sheets = sheetsOf(length);
    const placed = inCell(sheets);
    expect(placed?.size).toBe(5);
    expect(placed?.lines.at(-1)?.text).toBe('……（全称见备注）');
    expect(printedOn(sheets)).toContain(`购买方名称：${nameOf(length)}`);
  });

  it('does so for a seller, too', () => {
    const { seller } = invoice();
    const sheets = layOutInvoice(invoice({ seller: { ...seller, name: nameOf(300) } }), context);
    expect(printedOn(sheets)).toContain(`销售方名称：${nameOf(300)}`);
  });
});

describe('renderInvoice', () => {
  it('gives the same bytes for the same invoice', () => {
    expect(renderInvoice(invoice(), context)).toEqual(renderInvoice(invoice(), context));
  });

  it('attaches the data, and the XML of a 数电票', () => {
    const names = (value: Invoice) => {
      const file = Buffer.from(renderInvoice(value, context).bytes).toString('latin1');
      return ['core-data.json', 'einvoice.xml'].filter((name) => file.includes(`(${name})`));
    };
    expect(names(invoice())).toEqual(['core-data.json', 'einvoice.xml']);
    expect(names(red)).toEqual(['core-data.json', 'einvoice.xml']);
    expect(names(blockchain)).toEqual(['core-data.json']);
  });

  it('puts a watermark on an invoice without a state mandate, and only there', () => {
    expect(drawnBy(renderInvoice(invoice(), context).bytes)).toContain(SAMPLE);
    expect(drawnBy(renderInvoice(invoice({ mandate: 'state' }), context).bytes)).not.toContain(SAMPLE);
  });

  it('fails rather than print a character without a glyph', () => {
    expect(() => renderInvoice(invoice({ drawer: '김' }), context)).toThrow('김 (U+AE40)');
  });
});
