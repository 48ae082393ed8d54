import type { AskedFact, ExpectedFact, LookUp } from '../documents/index.js';
import { textOf } from './receipt-labels.js';
import type { Receipt } from './receipt.js';

/** As the fiscal platforms ask about an e-bill: code, number, check code and amount. */
export function receiptLookUp(further: readonly AskedFact[]): LookUp {
  return {
    number: [
      { name: 'code', label: { zh: '票据代码', en: 'Bill code' } },
      { name: 'number', label: { zh: '票据号码', en: 'Bill number' } },
    ],
    asks: [
      { name: 'checkCode', label: { zh: '校验码', en: 'Check code' }, format: 'code' },
      { name: 'amount', label: { zh: '金额合计', en: 'Total' }, format: 'amount' },
      ...further,
    ],
  };
}

/** A particular that the bill does not state cannot be asked for. */
export function expectedOfReceipt(
  { checkCode, totals, particulars }: Receipt,
  further: readonly AskedFact[],
): readonly ExpectedFact[] {
  return [
    { name: 'checkCode', format: 'code', accepted: [checkCode] },
    { name: 'amount', format: 'amount', accepted: [totals.amount] },
    ...further.flatMap(({ name, format }): ExpectedFact[] => {
      const text = textOf(particulars, name);
      return text === '' ? [] : [{ name, format, accepted: [text] }];
    }),
  ];
}
