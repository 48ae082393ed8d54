import type { Brand } from '../kernel/index.js';

/** Yuan with exactly two decimals, as printed and hashed: `-4955.75`. */
export type AmountText = Brand<string, 'AmountText'>;

/** 专用发票 gives the buyer an input-tax credit and so needs the buyer's tax id; 普通发票 does not. */
export type InvoiceType = 'ordinary' | 'special';

/** 发票行性质 (domain words: 0 normal, 1 discount 折扣行, 2 discounted 被折扣行). */
export type LineNature = 'normal' | 'discount' | 'discounted';

/** Why a line with rate 0 bears no tax: zero-rated export, exempt 免税, or outside VAT 不征税. */
export type TaxPreference = 'ZERO_EXPORT' | 'EXEMPT' | 'NOT_TAXABLE';

export type InvoiceParty = {
  readonly name: string;
  /** USCC or taxpayer number; absent for a natural person. */
  readonly taxId?: string;
  readonly address?: string;
  readonly phone?: string;
  readonly bankName?: string;
  readonly bankAccount?: string;
};

export type InvoiceLine = {
  readonly nature: LineNature;
  readonly taxClassCode: string;
  /** 商品服务简称; printed as `*简称*名称`. */
  readonly categoryShortName: string;
  readonly itemName: string;
  readonly spec?: string;
  readonly unit?: string;
  /** Quantity and unit price (tax-exclusive): both or neither. Decimal text of at most 25 characters. */
  readonly quantity?: string;
  readonly unitPrice?: string;
  /** 金额, without tax; negative on a discount line. */
  readonly amount: AmountText;
  /** Decimal fraction: `0.13`. */
  readonly taxRate: string;
  readonly taxPreference?: TaxPreference;
  readonly tax: AmountText;
};

export type InvoiceTotals = {
  readonly amount: AmountText;
  readonly tax: AmountText;
  readonly withTax: AmountText;
  /** 价税合计（大写）. */
  readonly withTaxInWords: string;
};

/**
 * The core data of a fully digital VAT e-invoice (数电票), kind `invoice.vat`: everything it says, in canonical text form.
 * These very keys are hashed: renaming one is a new `version`.
 */
export type Invoice = {
  readonly kind: 'invoice.vat';
  readonly version: '1';
  readonly scheme: 'shudian';
  readonly type: InvoiceType;
  /** 电子发票（普通发票） or 电子发票（增值税专用发票）. */
  readonly title: string;
  readonly number: string;
  /** Instant with the issuer's offset: `2026-03-05T10:30:00+08:00`. */
  readonly issuedAt: string;
  readonly currency: 'CNY';
  readonly taxBureau: string;
  readonly seller: InvoiceParty;
  readonly buyer: InvoiceParty;
  readonly buyerIsNaturalPerson: 'true' | 'false';
  readonly lines: readonly InvoiceLine[];
  readonly totals: InvoiceTotals;
  readonly remark?: string;
  readonly drawer: string;
  /** The VAT QR text with its CRC-16. */
  readonly qrText: string;
  /** `sample` unless the issuer holds a state mandate: then the page carries 示例/非法定票据 SAMPLE. */
  readonly mandate: 'sample' | 'state';
};
