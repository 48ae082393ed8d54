import type { RenderContext } from '../../src/documents/index.js';
import type { Invoice } from '../../src/invoices/invoice.js';
import { printedHead, printedItem, printedRate } from '../../src/invoices/invoice.pdf.words.js';

type Labelled = readonly [label: string, value: string];

/** What is printed on the page, in plain words: what every peer of the bench is given, and has to show. */
export type Sheet = {
  readonly title: string;
  readonly head: readonly Labelled[];
  readonly parties: readonly { readonly label: string; readonly rows: readonly Labelled[] }[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly sums: { readonly label: string; readonly amount: string; readonly tax: string };
  readonly total: { readonly words: Labelled; readonly figures: Labelled };
  readonly remark: Labelled;
  readonly drawer: Labelled;
  readonly sample: string;
  readonly seal: readonly [string, string];
  readonly record: { readonly title: Labelled; readonly rows: readonly Labelled[]; readonly scan: Labelled };
  /** What the two QR codes say. */
  readonly qr: { readonly tax: string; readonly verify: string };
};

export function sheetOf(invoice: Invoice, context: RenderContext): Sheet {
  const { totals } = invoice;
  return {
    title: invoice.title,
    head: printedHead(invoice),
    parties: [partyOf('购买方信息', invoice.buyer), partyOf('销售方信息', invoice.seller)],
    columns: ['项目名称', '规格型号', '单位', '数量', '单价', '金额', '税率/征收率', '税额'],
    rows: invoice.lines.map((line) => [
      ...[printedItem(line), line.spec ?? '', line.unit ?? '', line.quantity ?? '', line.unitPrice ?? ''],
      ...[line.amount, printedRate(line), line.tax],
    ]),
    sums: { label: '合    计', amount: `¥${totals.amount}`, tax: `¥${totals.tax}` },
    total: {
      words: ['价税合计（大写）', totals.withTaxInWords],
      figures: ['（小写）', `¥${totals.withTax}`],
    },
    remark: ['备注', invoice.remark ?? ''],
    drawer: ['开票人：', invoice.drawer],
    sample: '示例/非法定票据 SAMPLE',
    seal: ['示例监制章', 'SAMPLE'],
    record: recordOf(context),
    qr: { tax: invoice.qrText ?? '', verify: context.verifyUrl },
  };
}

function partyOf(label: string, { name, taxId }: Invoice['buyer']): Sheet['parties'][number] {
  return {
    label,
    rows: [
      ['名称：', name],
      ['统一社会信用代码/纳税人识别号：', taxId ?? ''],
    ],
  };
}

function recordOf({ documentAddress, docId, verifyUrl, networkName }: RenderContext): Sheet['record'] {
  return {
    title: ['区块链存证', 'Blockchain record'],
    rows: [
      ['网络 Network', networkName ?? ''],
      ['链上地址 Address', documentAddress],
      ['文档摘要 Document id', `${docId.slice(0, 18)}…`],
      ['查验网址 Verify at', verifyUrl],
    ],
    scan: ['扫码查验', 'Scan to verify'],
  };
}

/** Every text of the sheet that must be found in a file, without white space; the seal's may run along a curve. */
export function textsOf(sheet: Sheet): string[] {
  const labelled: readonly Labelled[] = [
    ...sheet.head,
    ...sheet.parties.flatMap(({ rows }) => rows),
    sheet.total.words,
    sheet.total.figures,
    sheet.remark,
    sheet.drawer,
    sheet.record.title,
    ...sheet.record.rows,
    sheet.record.scan,
  ];
  const { amount, tax, label } = sheet.sums;
  const plain = [sheet.title, ...sheet.columns, ...sheet.rows.flat(), label, amount, tax, sheet.sample];
  return [...plain, ...labelled.flat()].map(withoutSpace).filter((text) => text !== '');
}

export function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}
