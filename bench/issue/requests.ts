/** What is sent: realistic invoices, the same for the same number in every process. */
type Item = {
  readonly taxClassCode: string;
  readonly categoryShortName: string;
  readonly itemName: string;
  readonly spec?: string;
  readonly unit: string;
  /** In fen, without tax. */
  readonly unitPrice: number;
  readonly ratePercent: number;
};

const CATALOGUE: readonly Item[] = [
  {
    taxClassCode: '1090511010000000000',
    categoryShortName: '电子计算机',
    itemName: '便携式工作站',
    spec: 'X1-示例',
    unit: '台',
    unitPrice: 619_469,
    ratePercent: 13,
  },
  {
    taxClassCode: '3040201010000000000',
    categoryShortName: '信息技术服务',
    itemName: '区块链存证平台部署服务',
    unit: '项',
    unitPrice: 2_830_189,
    ratePercent: 6,
  },
  {
    taxClassCode: '1060201030000000000',
    categoryShortName: '纸制品',
    itemName: '食品级牛皮纸包装箱（三层瓦楞、覆膜）',
    spec: '400×300×250mm',
    unit: '个',
    unitPrice: 265,
    ratePercent: 13,
  },
  {
    taxClassCode: '3070401000000000000',
    categoryShortName: '餐饮服务',
    itemName: '餐费',
    unit: '次',
    unitPrice: 62_264,
    ratePercent: 6,
  },
  {
    taxClassCode: '1010112010000000000',
    categoryShortName: '谷物',
    itemName: '五常产区示例稻花香大米',
    spec: '10kg/袋',
    unit: '袋',
    unitPrice: 4_220,
    ratePercent: 9,
  },
];

const BUYERS = [
  { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' },
  {
    name: '雄安澄湖示例建设工程有限公司',
    taxId: '91133100MAXDEM048A',
    address: '河北雄安新区容城县示例街4号',
    phone: '0312-00000004',
    bankName: '示例银行雄安分行',
    bankAccount: '000000010004',
  },
  { name: '南京听涛示例餐饮管理有限公司', taxId: '91320102MAXDEM021K' },
];

/** So many different invoices are sent, over and over, each time under a new key and reference. */
export const VARIANTS = 16;
const DIGITS = 9;

export function idempotencyKey(run: string, number: number): string {
  return `bench-${run}-${padded(number)}`;
}

/** The body of request `number`, as JSON. */
export function invoiceText(run: string, number: number, lineCount: number): string {
  const variant = number % VARIANTS;
  const lines = Array.from({ length: lineCount }, (_, index) => lineOf(variant, index));
  const sum = (key: 'amount' | 'tax'): number => lines.reduce((total, line) => total + line[key], 0);
  const totals = {
    amount: yuan(sum('amount')),
    tax: yuan(sum('tax')),
    withTax: yuan(sum('amount') + sum('tax')),
  };
  return JSON.stringify({
    type: variant % 2 === 0 ? 'ordinary' : 'special',
    buyer: BUYERS[variant % BUYERS.length],
    lines: lines.map((line) => ({ ...line, amount: yuan(line.amount), tax: yuan(line.tax) })),
    totals,
    remark: '合同编号：DEMO-2026-001',
    drawer: '林示安',
    requestSerialNo: `BENCH-${run}-${padded(number)}`,
  });
}

function lineOf(variant: number, index: number) {
  const { unitPrice, ratePercent, ...item } = CATALOGUE[(variant + index) % CATALOGUE.length] as Item;
  const quantity = 1 + ((variant * 7 + index * 3) % 20);
  const amount = quantity * unitPrice;
  return {
    ...item,
    quantity: String(quantity),
    unitPrice: yuan(unitPrice),
    amount,
    taxRate: (ratePercent / 100).toFixed(2),
    tax: Math.round((amount * ratePercent) / 100),
  };
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

/** A request ready to be sent, but for its number, which is written over these places. */
export type RequestTemplate = { readonly bytes: Buffer; readonly places: readonly number[] };

export function requestTemplate(
  variant: number,
  target: { readonly host: string; readonly apiKey: string; readonly run: string; readonly lines: number },
): RequestTemplate {
  const body = Buffer.from(invoiceText(target.run, variant, target.lines));
  const head = [
    'POST /v1/invoices HTTP/1.1',
    `Host: ${target.host}`,
    `Authorization: Bearer ${target.apiKey}`,
    'Content-Type: application/json',
    `Idempotency-Key: ${idempotencyKey(target.run, variant)}`,
    `Content-Length: ${body.length}`,
  ].join('\r\n');
  const bytes = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
  const digits = `${target.run}-${padded(variant)}`;
  const first = bytes.indexOf(digits);
  const second = bytes.indexOf(digits, first + 1);
  return { bytes, places: [first, second].map((start) => start + target.run.length + 1) };
}

/** Copies the template into `into` under this number and answers the bytes to send. */
export function fillTemplate({ bytes, places }: RequestTemplate, number: number, into: Buffer): Buffer {
  bytes.copy(into);
  for (const place of places) {
    let rest = number;
    for (let digit = place + DIGITS - 1; digit >= place; digit -= 1) {
      into[digit] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }
  return into.subarray(0, bytes.length);
}
