import type { RenderContext } from '../../src/documents/index.js';
import { renderCertificate } from '../../src/certificates/certificate.pdf.js';
import type { RegisterPropertyRequest } from '../../src/certificates/property.dto.js';
import { renderProof } from '../../src/certificates/property-proof.pdf.js';
import { renderInvoice } from '../../src/invoices/invoice.pdf.js';
import type { UnsignedPdf } from '../../src/platform/signing/index.js';
import { completeReceipt, prepareWriteOff } from '../../src/receipts/receipt.canonical.js';
import type { FiscalBillNumber } from '../../src/receipts/fiscal-codes.js';
import type { Receipt } from '../../src/receipts/receipt.js';
import { certificate, proof, sampleCertificates } from './certificates.js';
import { amount, invoice, invoiceLine } from './invoices.js';
import { asCore, issued, issuerCalled, kindCalled, NOW, sampleReceipt, sampleReceipts } from './receipts.js';

/** A document of some kind and how it is drawn: what a checker of files has to accept is each of these. */
export type DocumentVariant = {
  readonly name: string;
  readonly draw: (context: RenderContext) => UnsignedPdf;
};

const lines = (count: number): ReturnType<typeof invoiceLine>[] =>
  Array.from({ length: count }, (_, index) => invoiceLine({ itemName: `餐费第${index + 1}号` }));

const redLetter = invoice({
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
const older = { code: '144032609110', number: '00000001' };

const invoices: Readonly<Record<string, Parameters<typeof renderInvoice>[0]>> = {
  'invoice of one line': invoice(),
  'invoice of eight lines': invoice({ lines: lines(8) }),
  'invoice of sixty lines under a state mandate': invoice({ lines: lines(60), mandate: 'state' }),
  'invoice to a natural person with a rare name': invoice({ buyer: { name: '王𠅤' }, buyerIsNaturalPerson: 'true' }),
  'invoice to a name in three faces': invoice({
    ...{ buyer: { name: '𠮷野㛃䶮𡋾' }, buyerIsNaturalPerson: 'true', drawer: '𬭎𠮷' },
    lines: [invoiceLine({ itemName: '𠮷野家套餐（𠝹肉）' }), invoiceLine()],
    remark: '收货人𠀋，地址：𡋾洲',
  }),
  'red-letter invoice': redLetter,
  'invoice of the blockchain scheme': invoice({
    ...{ ...older, scheme: 'blockchain', title: '深圳电子普通发票', checkCode: '3f9a1' },
  }),
  'invoice of the tax-control era': invoice({
    ...{ ...older, scheme: 'legacy', title: '内蒙古增值税电子普通发票', checkCode: '83412750916320481275' },
  }),
};

const certificates: readonly DocumentVariant[] = sampleCertificates()
  .filter(({ act }) => act === 'first')
  .map(({ name, request }) => ({
    name: `certificate ${name}`,
    draw: (context) => renderCertificate(certificate(request as unknown as RegisterPropertyRequest), context),
  }));

function sampleOf(name: string): Receipt {
  const { request, issuer } = sampleReceipt(name);
  return issued(request, issuerCalled(issuer));
}

function receipt(name: string, said: Receipt): DocumentVariant {
  return { name, draw: (context) => kindCalled(said.kind).render(asCore(said), context) };
}

function writeOffOf(receiptToTakeBack: Receipt): Receipt {
  const reason = { category: '01', type: '03', title: '' } as const;
  const prepared = prepareWriteOff(receiptToTakeBack, kindCalled(receiptToTakeBack.kind).definition, reason);
  const number = '0000000102' as FiscalBillNumber;
  return completeReceipt(prepared, { code: receiptToTakeBack.code, number, checkCode: 'k7x2pd', issuedAt: NOW });
}

function manyItems(said: Receipt): Receipt {
  const [item] = said.items;
  if (item === undefined) {
    throw new Error('The sample has no items');
  }
  return { ...said, items: Array.from({ length: 60 }, (_, index) => ({ ...item, name: `检查费第${index + 1}号` })) };
}

/** Each kind that is built in, and of each what makes its file another: pages, colours, schemes, tables, plans. */
export const documentVariants: readonly DocumentVariant[] = [
  ...Object.entries(invoices).map(([name, said]) => ({
    name,
    draw: (context: RenderContext) => renderInvoice(said, context),
  })),
  ...certificates,
  { name: 'proof of a mortgage', draw: (context) => renderProof(proof(), context) },
  {
    name: 'proof of an objection',
    draw: (context) => renderProof(proof({ proves: 'objection', lapsesAt: '2026-03-20' }), context),
  },
  ...sampleReceipts().map(({ name }) => receipt(`receipt ${name}`, sampleOf(name))),
  receipt('receipt of sixty items', manyItems(sampleOf('inpatient'))),
  receipt('receipt that writes another off', writeOffOf(sampleOf('fine-parking'))),
];
