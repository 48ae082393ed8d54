import { RENDERERS } from '../src/composition/renderers.js';
import type { RenderTask } from '../src/documents/index.js';

/**
 * `npm run bench:drawing`: what drawing one invoice costs on one core, unsigned: 210 × 140 mm, two QR codes, a seal, tags, the
 * salted data and the XML attached. Names, numbers and addresses differ from document to document.
 */
const NAMES = ['云帆示范科技', '听涛餐饮管理', '远山建筑材料', '晨光教育咨询', '海川物流运输', '青禾农业开发'];
const ITEMS = ['热菜套餐', '商务午餐', '会议茶歇', '特色小吃', '鲜榨果汁', '海鲜拼盘', '素食沙拉', '精品咖啡'];
const DOCUMENTS = 60;
const WARM_UP = 300;
const ROUNDS = 9;

for (const lines of [1, 3, 8]) {
  report(lines);
}

function report(lines: number): void {
  const tasks = Array.from({ length: DOCUMENTS }, (_, index) => taskOf(index, lines));
  draw(tasks, WARM_UP);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    const bytes = draw(tasks, 2 * DOCUMENTS);
    const { user, system } = process.cpuUsage(before);
    return { milliseconds: (user + system) / 1_000 / (2 * DOCUMENTS), kilobytes: bytes / 1_000 / (2 * DOCUMENTS) };
  }).sort((one, other) => one.milliseconds - other.milliseconds);
  const median = rounds[ROUNDS >> 1] ?? { milliseconds: NaN, kilobytes: NaN };
  const rate = 1_000 / median.milliseconds;
  console.log(
    `${lines} lines  ${median.milliseconds.toFixed(2)} ms CPU  ${rate.toFixed(0)}/s on one core  ${median.kilobytes.toFixed(1)} KB`,
  );
}

function draw(tasks: readonly RenderTask[], count: number): number {
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const task = tasks[index % tasks.length];
    const renderer = RENDERERS.get(task?.renderer ?? '');
    if (task === undefined || renderer === undefined) {
      throw new Error('Nobody draws invoices');
    }
    bytes += renderer.render(task.content, task.context).bytes.length;
  }
  return bytes;
}

function taskOf(index: number, lines: number): RenderTask {
  const invoice = invoiceOf(index, lines);
  const address = `0x${(0x8f3cb2a1de4an * BigInt(index + 1)).toString(16).padStart(40, '0')}`;
  const salted = JSON.stringify(invoice, (key, value: unknown) =>
    typeof value === 'string' ? `${saltOf(index, key)}:string:${value}` : value,
  );
  return {
    renderer: 'invoice',
    content: invoice,
    context: {
      docId: `0x${'9b0c2f6f1d2e3a4b'.padEnd(64, '0')}`,
      documentAddress: `eip155:31337:${address}`,
      verifyUrl: `https://verify.example.com/v/${address}`,
      networkName: 'Local chain',
      attachment: { name: `${invoice.number}.json`, bytes: new TextEncoder().encode(salted) },
    },
  };
}

/** As hard to compress as a real one. */
function saltOf(index: number, key: string): string {
  let state = index * 2_654_435_761;
  return Array.from({ length: 36 }, (_, place) => {
    state = (Math.imul(state ^ (key.charCodeAt(place % (key.length || 1)) || place), 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 28).toString(16);
  }).join('');
}

function invoiceOf(index: number, lines: number): { readonly number: string } & Readonly<Record<string, unknown>> {
  return {
    ...{ kind: 'invoice.vat', version: '1', scheme: 'shudian', type: 'ordinary', title: '电子发票（普通发票）' },
    ...{ number: String(26_322_000_000_100_000_001n + BigInt(index)), issuedAt: '2026-03-05T10:30:00+08:00' },
    ...{ currency: 'CNY', taxBureau: '国家税务总局示例市税务局（虚构）', drawer: '周样宁', mandate: 'sample' },
    seller: { name: '南京听涛示例餐饮管理有限公司', taxId: '91320102MAXDEM021K' },
    buyer: { name: `深圳市${NAMES[index % NAMES.length] ?? ''}有限公司`, taxId: '91440300MAXDEM0135' },
    buyerIsNaturalPerson: 'false',
    lines: Array.from({ length: lines }, (_, line) => ({
      ...{ nature: 'normal', taxClassCode: '3070401000000000000', categoryShortName: '餐饮服务' },
      ...{ itemName: ITEMS[line % ITEMS.length], unit: '份', quantity: String(line + 1), unitPrice: '622.64150943396' },
      ...{ amount: '622.64', taxRate: '0.06', tax: '37.36' },
    })),
    totals: { amount: '4981.12', tax: '298.88', withTax: '5280.00', withTaxInWords: '伍仟贰佰捌拾圆整' },
    qrText: `01,32,,${26_322_000_000_100_000_001n + BigInt(index)},5280.00,20260305,,0A30`,
    judgedBy: { 'tax-rates': '1' },
  };
}
