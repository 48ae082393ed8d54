import { Injectable } from '@nestjs/common';
import {
  DocumentKind,
  undrawableFields,
  type Judgement,
  type LifeCycle,
  type NumberedSeries,
  type Parsed,
  type PublicFact,
  type RenderContext,
} from '../documents/index.js';
import type { Issuer } from '../identity/index.js';
import { toChinaDate } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import type { CoreData } from '../proof/index.js';
import { CreateInvoiceDto } from './create-invoice.dto.js';
import { readInvoiceDraft } from './invoice-draft.js';
import { checkInvoice } from './invoice-rules.js';
import { completeInvoice, prepareInvoice, type PreparedInvoice } from './invoice.canonical.js';
import type { Invoice } from './invoice.js';
import { renderInvoice } from './invoice.pdf.js';
import { invoicePublicFacts } from './invoice.public-facts.js';
import { INVOICE_LIFE_CYCLE } from './invoice.life-cycle.js';
import { shudianNumber, shudianSeries } from './shudian-number.js';

/** 数电票: fully digital VAT e-invoices, ordinary and special. */
@Injectable()
export class InvoiceKind extends DocumentKind<CreateInvoiceDto, PreparedInvoice> {
  override readonly name = 'invoice.vat';
  override readonly title = { zh: '增值税电子发票', en: 'VAT e-invoice' };
  override readonly lifeCycle: LifeCycle = INVOICE_LIFE_CYCLE;

  private readonly validate = compileValidator(CreateInvoiceDto);

  override parse(body: unknown): Parsed<CreateInvoiceDto> {
    return this.validate(body) as Parsed<CreateInvoiceDto>;
  }

  override referenceOf({ requestSerialNo }: CreateInvoiceDto): string | undefined {
    return requestSerialNo;
  }

  override judge(request: CreateInvoiceDto, issuer: Issuer, now: Date): Judgement<PreparedInvoice> {
    const draft = readInvoiceDraft(request);
    const errors = checkInvoice(draft, { sellerTaxId: issuer.taxId, issuedOn: toChinaDate(now) });
    const prepared = errors.length === 0 ? prepareInvoice(draft, issuer) : null;
    const undrawable = prepared === null ? [] : undrawableFields(prepared);
    return prepared !== null && undrawable.length === 0
      ? { ok: true, prepared }
      : { ok: false, errors: [...errors, ...undrawable] };
  }

  override seriesFor(_prepared: PreparedInvoice, issuer: Issuer, issuedAt: Date): NumberedSeries {
    const series = shudianSeries(issuer, Number(toChinaDate(issuedAt).slice(0, 4)));
    return { series, format: (serial) => shudianNumber(series, Number(serial)) };
  }

  override complete(prepared: PreparedInvoice, number: string, issuedAt: Date): CoreData {
    return completeInvoice(prepared, number, issuedAt);
  }

  override render(core: CoreData, context: RenderContext): Promise<Uint8Array> {
    return renderInvoice(core as unknown as Invoice, context);
  }

  override publicFacts(core: CoreData): readonly PublicFact[] {
    return invoicePublicFacts(core as unknown as Invoice);
  }
}
