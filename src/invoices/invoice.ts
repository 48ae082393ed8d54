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
  /** 金额, without tax; negative on a discount line and on every line of a red-letter invoice. */
  readonly amount: AmountText;
  /** Decimal fraction: `0.13`. */
  readonly taxRate: string;
  readonly taxPreference?: TaxPreference;
  readonly tax: AmountText;
  /** Of a red line: the line of the blue invoice that it takes back, counted from 1, discount lines included. */
  readonly blueLine?: string;
};

export type InvoiceTotals = {
  readonly amount: AmountText;
  readonly tax: AmountText;
  readonly withTax: AmountText;
  /** 价税合计（大写）. */
  readonly withTaxInWords: string;
};

/**
 * Which of the three families the invoice belongs to: `shudian` 数电票 (20-digit number alone), `blockchain` 区块链电子发票
 * (code 12, number 8, check code of 5 hex digits), `legacy` 电子普通发票 of the tax-control era (12, 8, 20 digits).
 */
export type InvoiceScheme = 'shudian' | 'blockchain' | 'legacy';

/** 开票有误, 销货退回, 服务中止, 销售折让. */
export type RedReasonCode = '01' | '02' | '03' | '04';

/** What a red-letter invoice (红字发票) says of the blue one it takes back, and of the slip that allows it. */
export type RedReference = {
  /** Set for the schemes that have one. */
  readonly blueCode?: string;
  readonly blueNumber: string;
  /** `YYYY-MM-DD`. */
  readonly blueIssuedOn: string;
  /** CAIP-10, so that anybody may look the blue one up. */
  readonly blueDocumentAddress: string;
  readonly blueAmount: AmountText;
  readonly blueTax: AmountText;
  /** 红字发票信息确认单编号, 20 digits, and its UUID. */
  readonly confirmationNumber: string;
  readonly confirmationUuid: string;
  readonly initiator: 'seller' | 'buyer';
  readonly reasonCode: RedReasonCode;
  readonly reason: string;
  /** 01 无需确认 or 04 购销双方已确认. */
  readonly statusCode: '01' | '04';
  readonly enteredAt: string;
  readonly confirmedAt?: string;
};

/**
 * The core data of a VAT e-invoice, kind `invoice.vat`: everything it says, in canonical text form. These very keys are
 * hashed: renaming one is a new `version`. Fields that an invoice does not have are absent, never empty.
 */
export type Invoice = {
  readonly kind: 'invoice.vat';
  readonly version: '1';
  readonly scheme: InvoiceScheme;
  readonly type: InvoiceType;
  /** 电子发票（普通发票） or 电子发票（增值税专用发票）; older schemes name their region. */
  readonly title: string;
  /** 发票代码, 12 digits; not on a 数电票. */
  readonly code?: string;
  /** 20 digits on a 数电票, else 8. */
  readonly number: string;
  /** 校验码: 20 digits (`legacy`) or 5 hex digits (`blockchain`); chance, so that nobody can guess it from the number. */
  readonly checkCode?: string;
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
  /** On a red-letter invoice only. */
  readonly red?: RedReference;
  /** The VAT QR text with its CRC-16. The QR code of the `blockchain` scheme is a link that follows from the docId. */
  readonly qrText?: string;
  /** `sample` unless the issuer holds a state mandate: then the page carries 示例/非法定票据 SAMPLE. */
  readonly mandate: 'sample' | 'state';
  /** The versions of the reference tables whose rules it obeys, by table. */
  readonly judgedBy: Readonly<Record<string, string>>;
};
