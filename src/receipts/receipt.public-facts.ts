import type { PublicFact } from '../documents/index.js';
import { maskName } from '../kernel/index.js';
import { printedDate } from './receipt.pdf.words.js';
import type { Receipt } from './receipt.js';

/**
 * What anybody who holds a receipt's address may read, whatever its kind. Never the payer's code, the items, persons who
 * handled it, or a remark; a person's name only by its first character.
 */
export function receiptPublicFacts(receipt: Receipt): readonly PublicFact[] {
  const { payer, writesOff, totals } = receipt;
  return [
    fact('票据名称', 'Title', receipt.title),
    fact('票据代码', 'Bill code', receipt.code),
    fact('票据号码', 'Bill number', receipt.number),
    ...(writesOff === undefined ? [] : [fact('冲红原票据', 'Writes off', `${writesOff.code} ${writesOff.number}`)]),
    fact('开票日期', 'Issued on', printedDate(receipt.issuedAt)),
    fact('收款单位', 'Issuing unit', receipt.invoicingParty.name),
    fact('交款人', 'Payer', payer.type === '1' ? maskName(payer.name) : payer.name),
    fact('金额合计（小写）', 'Total', `¥${totals.amount}`),
    fact('金额合计（大写）', 'Total in words', totals.inWords),
  ];
}

export function fact(zh: string, en: string, value: string): PublicFact {
  return { label: { zh, en }, value };
}
