import type { InvoiceType } from './invoice.js';

export type ReadingWarning =
  | 'number-has-unknown-region'
  | 'seller-tax-id-wrong'
  | 'buyer-tax-id-wrong'
  | 'amounts-do-not-add-up'
  | 'taxes-do-not-add-up'
  | 'total-does-not-add-up'
  | 'words-say-another-amount'
  | 'colour-and-sign-differ';

export type ReadParty = Readonly<
  Partial<Record<'name' | 'taxId' | 'address' | 'phone' | 'bankName' | 'bankAccount', string>>
>;

export type ReadLine = {
  /** As printed: `*餐饮服务*餐费`. */
  readonly itemName: string;
  readonly spec?: string;
  readonly unit?: string;
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly amount: string;
  /** A decimal fraction, or 免税 or 不征税. */
  readonly taxRate: string;
  readonly tax: string;
  readonly taxClassCode?: string;
};

/** What a 数电票 file says. Amounts are in the canonical spelling; everything else as it stands there. */
export type EInvoiceReading = {
  readonly number: string;
  /** `YYYY-MM-DD HH:mm:ss`, China. */
  readonly issuedAt: string;
  readonly colour: 'blue' | 'red';
  readonly type: InvoiceType;
  readonly seller: ReadParty;
  readonly buyer: ReadParty;
  readonly totals: { readonly amount: string; readonly tax: string; readonly withTax: string };
  readonly totalInWords?: string;
  readonly lines: readonly ReadLine[];
  readonly drawer?: string;
  readonly remark?: string;
  readonly taxBureau?: string;
  /** What is odd about it, and no reason not to read it. */
  readonly warnings: readonly ReadingWarning[];
};
