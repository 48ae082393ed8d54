import {
  DocumentKind,
  undrawableFields,
  type Judgement,
  type NumberedSeries,
  type Parsed,
  type PublicFact,
  type RenderContext,
} from '../documents/index.js';
import type { Issuer } from '../identity/index.js';
import { toChinaDate, type FieldError, type IdSource } from '../kernel/index.js';
import type { CoreData } from '../proof/index.js';
import { drawCheckCode, fiscalBillCode, fiscalBillNumber, type FiscalBillNumber } from './fiscal-codes.js';
import type { ReceiptBaseRequest } from './create-receipt.dto.js';
import type { ReceiptDefinition } from './receipt-definition.js';
import { reportInto } from './receipt-report.js';
import { checkReceipt } from './receipt-rules.js';
import { completeReceipt, prepareReceipt, type PreparedReceipt } from './receipt.canonical.js';
import type { Receipt } from './receipt.js';
import { renderReceipt } from './receipt.pdf.js';
import { receiptPublicFacts } from './receipt.public-facts.js';

const CODE_LENGTH = 8;

/** Receipts of one kind, built in or configured: everything that tells kinds apart is in the definition. */
export class ReceiptKind extends DocumentKind<ReceiptBaseRequest, PreparedReceipt> {
  override readonly name: string;
  override readonly title: { readonly zh: string; readonly en: string };

  constructor(
    readonly definition: ReceiptDefinition,
    private readonly ids: IdSource,
  ) {
    super();
    this.name = definition.name;
    this.title = definition.title;
  }

  override parse(body: unknown): Parsed<ReceiptBaseRequest> {
    return this.definition.parse(body);
  }

  override referenceOf({ requestSerialNo }: ReceiptBaseRequest): string | undefined {
    return requestSerialNo;
  }

  override judge(request: ReceiptBaseRequest, issuer: Issuer, now: Date): Judgement<PreparedReceipt> {
    const draft = this.definition.read(request);
    const errors: FieldError[] = [];
    const report = reportInto(errors);
    const context = { issuer, now, issuedOn: toChinaDate(now) };
    checkReceipt(draft, context, report);
    this.definition.check(draft, context, report);
    if (errors.length > 0) {
      return { ok: false, errors };
    }
    const prepared = prepareReceipt(draft, this.definition, issuer);
    const undrawable = undrawableFields(prepared.content);
    return undrawable.length > 0 ? { ok: false, errors: undrawable } : { ok: true, prepared };
  }

  /** Numbers run from 1 under each code; the document is known by code and number together. */
  override seriesFor({ form }: PreparedReceipt, issuer: Issuer, issuedAt: Date): NumberedSeries {
    const code = fiscalBillCode(issuer.regionCode, form, Number(toChinaDate(issuedAt).slice(0, 4)));
    return { series: code, format: (serial) => `${code}${fiscalBillNumber(serial)}` };
  }

  /** The check code is drawn here, where nobody can know it before the bill is issued. */
  override complete(prepared: PreparedReceipt, number: string, issuedAt: Date): CoreData {
    return completeReceipt(prepared, {
      code: number.slice(0, CODE_LENGTH),
      number: number.slice(CODE_LENGTH) as FiscalBillNumber,
      checkCode: drawCheckCode(this.ids),
      issuedAt,
    });
  }

  override render(core: CoreData, context: RenderContext): Promise<Uint8Array> {
    const receipt = core as unknown as Receipt;
    const { gridOf, listsOf } = this.definition;
    return renderReceipt(receipt, { grid: gridOf(receipt), lists: listsOf(receipt) }, context);
  }

  override publicFacts(core: CoreData): readonly PublicFact[] {
    const receipt = core as unknown as Receipt;
    return [...receiptPublicFacts(receipt), ...this.definition.publicFacts(receipt)];
  }
}
