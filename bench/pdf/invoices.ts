import type { RenderContext } from '../../src/documents/index.js';
import type { InvoiceRequest } from '../../src/invoices/create-invoice.dto.js';
import { readInvoiceDraft } from '../../src/invoices/invoice-draft.js';
import { makeInvoice } from '../../src/invoices/invoice.canonical.js';
import type { Invoice } from '../../src/invoices/invoice.js';

import { salted } from './issuing.js';
import { shudianNumber, shudianSeries } from '../../src/invoices/shudian-number.js';

/** What everybody draws: one page, two parties, eight lines. Document `index` is the same in every process, and like no other. */
const LINES = 8;

type Item = readonly [
  category: string,
  name: string,
  spec: string,
  unit: string,
  priceFen: number,
  ratePercent: number,
];

const CATALOGUE: readonly Item[] = [
  ['电子计算机', '便携式工作站', 'X1-示例', '台', 619_469, 13],
  ['信息技术服务', '区块链存证平台部署服务', '', '项', 2_830_189, 6],
  ['纸制品', '食品级牛皮纸包装箱（三层瓦楞、覆膜）', '400×300×250mm', '个', 265, 13],
  ['餐饮服务', '餐费', '', '次', 62_264, 6],
  ['谷物', '五常产区示例稻花香大米', '10kg/袋', '袋', 4_220, 9],
  ['乳制品', '全脂灭菌纯牛奶', '250ml×24', '箱', 5_310, 13],
  ['家具', '实木升降办公桌（胡桃色）', '1600×750', '张', 128_319, 13],
  ['住宿服务', '豪华双床房（含早餐）', '', '晚', 45_283, 6],
  ['货物运输服务', '冷链干线零担运输', '4.2米', '吨', 38_532, 9],
  ['建筑服务', '幕墙玻璃安装与打胶', '', '平方米', 21_101, 9],
  ['茶叶', '武夷岩茶肉桂（特级）', '125g', '罐', 25_664, 13],
  ['医疗器械', '一次性无菌注射器', '5ml', '支', 62, 13],
  ['文具', '签字笔（速干、黑色）', '0.5mm', '盒', 1_593, 13],
  ['鲜活水产', '阳澄湖示例大闸蟹', '4两/只', '只', 6_422, 9],
  ['研发服务', '嵌入式固件漏洞扫描', '', '人天', 188_679, 6],
  ['酒', '浓香型白酒（窖藏）', '52度', '瓶', 33_451, 13],
];

const PARTIES = [
  { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' },
  { name: '雄安澄湖示例建设工程有限公司', taxId: '91133100MAXDEM048A' },
  { name: '杭州棠梨示例文化传播有限公司', taxId: '91440300MAXDEM0135' },
  { name: '哈尔滨凛川示例粮油贸易有限公司', taxId: '91133100MAXDEM048A' },
  { name: '昆明苍麓示例茶业有限公司', taxId: '91440300MAXDEM0135' },
];

const SELLER = {
  name: '南京听涛示例餐饮管理有限公司',
  taxId: '91320102MAXDEM021K',
  taxBureau: '国家税务总局示例市税务局（虚构）',
  mandate: 'sample' as const,
};

const SERIES = shudianSeries({ regionCode: '320100', numberBlock: 1 }, 2026);

export function invoiceAt(index: number): Invoice {
  const draft = readInvoiceDraft(requestAt(index));
  const issuedAt = new Date(Date.UTC(2026, 2, 5, 2, 30, index % 60));
  const number = shudianNumber(SERIES, index + 1);
  return makeInvoice(draft, { issuer: SELLER, judgedBy: { 'tax-rates': '1' }, number, issuedAt });
}

function requestAt(index: number): InvoiceRequest {
  const lines = Array.from({ length: LINES }, (_, line) => lineAt(index, line));
  const net = lines.reduce((sum, line) => sum + line.net, 0);
  const tax = lines.reduce((sum, line) => sum + line.taxFen, 0);
  return {
    type: 'ordinary',
    buyer: PARTIES[index % PARTIES.length] as InvoiceRequest['buyer'],
    lines: lines.map(({ request }) => request),
    totals: { amount: yuan(net), tax: yuan(tax), withTax: yuan(net + tax) },
    remark: `合同编号：DEMO-2026-${String(index).padStart(6, '0')}`,
    drawer: '林示安',
  };
}

function lineAt(
  index: number,
  line: number,
): { net: number; taxFen: number; request: InvoiceRequest['lines'][number] } {
  const [categoryShortName, itemName, spec, unit, priceFen, ratePercent] = CATALOGUE[
    (index * 3 + line * 5) % CATALOGUE.length
  ] as Item;
  const quantity = 1 + ((index * 7 + line * 3) % 20);
  const net = quantity * priceFen;
  const taxFen = Math.round((net * ratePercent) / 100);
  return {
    net,
    taxFen,
    request: {
      ...{ taxClassCode: '1090511010000000000', categoryShortName, itemName, unit },
      ...(spec !== '' && { spec }),
      ...{ quantity: String(quantity), unitPrice: yuan(priceFen), amount: yuan(net) },
      ...{ taxRate: (ratePercent / 100).toFixed(2), tax: yuan(taxFen) },
    },
  };
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);

export function contextAt(index: number): RenderContext {
  const address = `0x8F3cB2a1De4A0c9B7f61E23D45a7cC90${index.toString(16).padStart(8, '0')}`;
  const documentAddress = `eip155:31337:${address}`;
  return {
    documentAddress,
    verifyUrl: `https://verify.example.com/v/${documentAddress}`,
    docId: `0x${index.toString(16).padStart(8, '0')}${'9b0c2f6f'.repeat(7)}`,
    networkName: '本地测试链 Local test chain',
    attachment: {
      name: 'core-data.json',
      bytes: new TextEncoder().encode(JSON.stringify(salted(invoiceAt(index)))),
    },
  };
}
