import type { Fact, Verdict } from '../../src/proof/index.js';
import type { PublicAnchor, PublicDocument, VerificationReport } from '../../src/verification/verification-report.js';

export const anchor: PublicAnchor = {
  chainId: 'eip155:1337',
  store: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  root: `0x${'5b7d'.repeat(16)}`,
  batchSize: 9_731,
  leafIndex: 4_012,
  state: 'confirmed',
  transactionHash: `0x${'e19a'.repeat(16)}`,
  blockNumber: 18_204,
  blockHash: `0x${'77'.repeat(32)}`,
  blockTime: '2026-03-05T02:31:12.000Z',
  proofLength: 14,
  leaf: `0x${'5e'.repeat(32)}`,
};

export const sampleDocument: PublicDocument = {
  documentAddress: 'eip155:1337:0x5FbDB2315678afecb367f032d93F642f64180aa3',
  docId: `0x${'c0de'.repeat(16)}`,
  kind: 'invoice.vat',
  title: { zh: '增值税电子发票', en: 'VAT e-invoice' },
  number: '26322000000100000017',
  issuedAt: new Date('2026-03-05T02:30:00Z'),
  issuer: {
    name: '示例市税务服务有限公司',
    domain: 'invoices.example.com',
    store: anchor.store,
    mandate: 'sample',
  },
  status: 'issued',
  outOfForce: null,
  history: [{ type: 'issued', at: new Date('2026-03-05T02:30:00Z'), verdict: 'valid', anchors: [anchor] }],
  publicFacts: [
    { label: { zh: '发票名称', en: 'Title' }, value: '电子发票（普通发票）' },
    { label: { zh: '发票号码', en: 'Number' }, value: '26322000000100000017' },
    { label: { zh: '开票日期', en: 'Issued on' }, value: '2026年03月05日' },
    { label: { zh: '销售方', en: 'Seller' }, value: '示例市税务服务有限公司' },
    { label: { zh: '购买方', en: 'Buyer' }, value: '王**' },
    { label: { zh: '价税合计', en: 'Total with tax' }, value: '¥660.00' },
    { label: { zh: '价税合计（大写）', en: 'Total in words' }, value: '陆佰陆拾圆整' },
  ],
  credentialStatus: [],
  isUnmasked: false,
  anchors: [anchor],
};

const HOLDING: readonly Fact[] = [
  { question: 'integrity', outcome: 'holds', code: 'integrity.holds' },
  { question: 'integrity', outcome: 'not-applicable', code: 'integrity.pdf-not-given' },
  { question: 'signature', outcome: 'not-applicable', code: 'signature.not-signed' },
  { question: 'inclusion', outcome: 'holds', code: 'inclusion.holds' },
  { question: 'anchor', outcome: 'holds', code: 'anchor.holds' },
  { question: 'status', outcome: 'holds', code: 'status.holds' },
  { question: 'issuer', outcome: 'holds', code: 'issuer.holds' },
];

const replace = (...changed: readonly Fact[]): Fact[] =>
  HOLDING.map((fact) => changed.find(({ question }) => question === fact.question) ?? fact);

const FACTS: Readonly<Record<Verdict, readonly Fact[]>> = {
  valid: HOLDING,
  pending: replace(
    { question: 'inclusion', outcome: 'unknown', code: 'inclusion.pending' },
    { question: 'anchor', outcome: 'unknown', code: 'anchor.pending' },
  ),
  'not-valid': replace({ question: 'status', outcome: 'fails', code: 'status.revoked' }),
  'cannot-tell': replace(
    { question: 'anchor', outcome: 'unknown', code: 'anchor.unreachable' },
    { question: 'status', outcome: 'unknown', code: 'status.unreachable' },
  ),
};

/** What verification answers about a sample invoice, with this verdict. */
export function reportOf(verdict: Verdict, overrides: Partial<VerificationReport> = {}): VerificationReport {
  const isPending = verdict === 'pending';
  return {
    verdict,
    facts: FACTS[verdict],
    checkedAt: new Date('2026-03-05T02:35:00Z'),
    expectedAt: isPending ? new Date('2026-03-05T02:35:40Z') : null,
    document: isPending ? { ...sampleDocument, anchors: [] } : sampleDocument,
    ...overrides,
  };
}
