import { sampleReceipt, type ReceiptBody } from '../../support/receipts.js';

const KINDS = {
  'a fine': 'fine-red-light',
  'an out-patient': 'outpatient-insured',
  'an in-patient': 'inpatient',
  tickets: 'two-adults',
  parking: 'parking.json',
  charging: 'charging',
} as const;
export type KindName = keyof typeof KINDS | 'a configured kind';

export const library = {
  name: 'receipt.library',
  titles: { zh: '图书馆收费票据', en: 'Library receipt' },
  bill: { category: '03', type: '01', title: '图书馆收费票据（电子）' },
  isSupervised: true,
  fields: {
    type: 'object',
    required: ['card', 'books'],
    properties: {
      card: { type: 'string', maxLength: 12, pattern: '^[A-Z]{2}[0-9]{4}$' },
      level: { type: 'string', maxLength: 10, enum: ['成人', '少儿'] },
      since: { type: 'string', maxLength: 20, format: 'date' },
      books: {
        type: 'array',
        maxItems: 2,
        items: { type: 'object', required: ['title'], properties: { title: { type: 'string', maxLength: 10 } } },
      },
    },
  },
  layout: {
    columns: '3',
    cells: ['card', 'level', 'since'].map((field) => ({ field, label: { zh: '栏', en: 'cell' } })),
    lists: [
      {
        field: 'books',
        title: { zh: '图书清单', en: 'Books' },
        columns: [{ field: 'title', label: { zh: '书名', en: 'Title' }, share: '1' }],
      },
    ],
  },
  publicFacts: [{ field: 'level', label: { zh: '级别', en: 'Level' } }],
  lifeCycle: 'write-off',
};
export const loan: ReceiptBody = {
  kind: 'receipt.library',
  payer: { type: '1', name: '林示安' },
  items: [{ code: '0301', name: '逾期费', quantity: '3', standard: '0.50' }],
  handlingPerson: '赵示工',
  checker: '钱样建',
  particulars: { card: 'AB1234', level: '成人', since: '2026-03-05', books: [{ title: '示例集' }] },
};
export const bodyOf = (kind: KindName): ReceiptBody =>
  structuredClone(kind === 'a configured kind' ? loan : sampleReceipt(KINDS[kind]).request);
export const kindNames: readonly KindName[] = [...(Object.keys(KINDS) as (keyof typeof KINDS)[]), 'a configured kind'];

/** The body of a kind with one thing changed in what it says of itself. */
export const bent = (kind: KindName, particulars: object, rest: object = {}): unknown => {
  const body = bodyOf(kind);
  return { ...body, ...rest, particulars: { ...body.particulars, ...particulars } };
};
export const withItem = (kind: KindName, changes: object): unknown => {
  const body = bodyOf(kind) as ReceiptBody & { items: object[] };
  return { ...body, items: body.items.map((item, index) => (index === 0 ? { ...item, ...changes } : item)) };
};
export const of = (kind: KindName, changes: object): unknown => ({ ...bodyOf(kind), ...changes });
