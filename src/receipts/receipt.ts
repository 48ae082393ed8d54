import type { Brand } from '../kernel/index.js';
import type { CoreData } from '../proof/index.js';

/** Yuan with exactly two decimals, as printed and hashed; negative on a write-off. */
export type AmountText = Brand<string, 'AmountText'>;

/** 1 person, 2 organisation: the codes of the national data specification. */
export type PayerType = '1' | '2';

export type ReceiptPayer = {
  readonly type: PayerType;
  readonly name: string;
  /** 公民身份号码 or 统一社会信用代码; already masked where the kind keeps no more than it prints. */
  readonly code?: string;
};

/** One line of the table, or of the list behind it: `amount` is `quantity × standard` rounded to the fen. */
export type ReceiptItem = {
  /** 项目编码; absent in the list behind the form. */
  readonly code?: string;
  readonly name: string;
  readonly unit?: string;
  readonly quantity: string;
  /** 标准: the price of one. */
  readonly standard: string;
  readonly amount: AmountText;
  readonly remark?: string;
};

/** The bill that a write-off takes back. */
export type RelatedBill = { readonly code: string; readonly number: string; readonly checkCode: string };

/**
 * The core data of an electronic receipt (财政电子票据 and its like): everything it says, in canonical text form.
 * These very keys are hashed: renaming one is a new `version`.
 */
export type Receipt = {
  readonly kind: string;
  readonly version: '1';
  /** Version of the configuration that judged it; absent for kinds that are built in. */
  readonly kindVersion?: string;
  /** 票据名称: `示例省罚没款统一票据（电子）`. */
  readonly title: string;
  /** 冲红: a bill is never voided; a second one with negative amounts takes it back. */
  readonly direction: 'charge' | 'write-off';
  readonly writesOff?: RelatedBill;
  /** `CZ-EI-44`; only on bills that a finance department supervises. */
  readonly tag?: string;
  readonly code: string;
  readonly number: string;
  readonly checkCode: string;
  /** Instant with the issuer's offset: `2026-03-05T10:30:00+08:00`. */
  readonly issuedAt: string;
  readonly currency: 'CNY';
  readonly invoicingParty: { readonly code: string; readonly name: string };
  /** 财政监制: whose ellipse stands over the title. */
  readonly supervisor?: { readonly areaCode: string; readonly name: string };
  readonly payer: ReceiptPayer;
  readonly payMode?: string;
  readonly items: readonly ReceiptItem[];
  /** 清单: what the items are made of. */
  readonly details?: readonly ReceiptItem[];
  /** What only this kind says. */
  readonly particulars?: CoreData;
  readonly totals: { readonly amount: AmountText; readonly inWords: string };
  readonly remark?: string;
  /** 收款人. */
  readonly handlingPerson: string;
  /** 复核人. */
  readonly checker: string;
  readonly qrText: string;
  /** `sample` unless the issuer holds a state mandate: then the page carries 示例/非法定票据 SAMPLE. */
  readonly mandate: 'sample' | 'state';
  /** The versions of the reference tables whose rules it obeys, by table. A write-off names those of the first bill. */
  readonly judgedBy: Readonly<Record<string, string>>;
};
