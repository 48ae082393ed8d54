import type { AskedFact, LifeCycle, Parsed, PublicFact } from '../documents/index.js';
import type { DomainError } from '../kernel/index.js';
import type { ReceiptBaseRequest } from './create-receipt.dto.js';
import type { BillClass } from './fiscal-codes.js';
import type { ReceiptDraft } from './receipt-draft.js';
import type { Report } from './receipt-report.js';
import type { ReceiptRulesContext } from './receipt-rules.js';
import type { Receipt } from './receipt.js';

/** What a bill is called and numbered under. */
export type BillForm = BillClass & {
  /** Behind the name of the province: `罚没款统一票据（电子）`. */
  readonly title: string;
};

/** A field of 其他信息: printed `label：value`, over `span` columns of the grid. */
export type GridField = { readonly label: string; readonly value: string; readonly span?: number };
export type ReceiptGrid = { readonly columns: number; readonly fields: readonly GridField[] };

export type ListColumn = {
  readonly label: string;
  /** Shares of the width of the sheet. */
  readonly share: number;
  readonly align: 'left' | 'center' | 'right';
};
/** A list printed behind the form, on sheets of its own. */
export type ReceiptList = {
  readonly title: string;
  readonly columns: readonly ListColumn[];
  readonly rows: readonly (readonly string[])[];
};

/** What makes one kind of receipt different from another. All of it is pure. */
export type ReceiptDefinition<Request extends ReceiptBaseRequest = ReceiptBaseRequest> = {
  /** `receipt.traffic-fine`; stored with each document and never changed. */
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** Version of the configuration; absent when built in. */
  readonly version?: string;
  /** Whether a finance department supervises these bills (财政监制). */
  readonly isSupervised: boolean;
  readonly lifeCycle: LifeCycle;
  /** What no two receipts of an issuer may stand for at once, and what to say when one wants to. */
  readonly claims?: {
    readonly of: (receipt: Pick<Receipt, 'particulars'>) => readonly string[];
    readonly refusal: () => DomainError;
  };
  parse(body: unknown): Parsed<Request>;
  /** Brings a request whose shape is right into canonical text. */
  read(request: Request): ReceiptDraft;
  /** Rules beyond those of every receipt. */
  readonly check: (draft: ReceiptDraft, context: ReceiptRulesContext, report: Report) => void;
  readonly formOf: (draft: ReceiptDraft) => BillForm;
  /** What is stored of the payer's code; the code itself when absent. */
  readonly keepPayerCode?: (code: string) => string;
  /** Fields of the particulars that a write-off negates. */
  readonly amountFields: readonly string[];
  readonly gridOf: (receipt: Receipt) => ReceiptGrid;
  readonly listsOf: (receipt: Receipt) => readonly ReceiptList[];
  /** Particulars that a stranger who asks by the number has to know, besides check code and amount. */
  readonly asks?: readonly AskedFact[];
  /** Added to what is public of every receipt. MUST NOT tell place, time and vehicle together. */
  readonly publicFacts: (receipt: Receipt) => readonly PublicFact[];
};
