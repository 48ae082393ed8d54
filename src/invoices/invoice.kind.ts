import { Injectable } from '@nestjs/common';
import {
  ConsultedTables,
  DocumentKind,
  ReferenceTables,
  undrawableFields,
  type ExpectedFact,
  type Judgement,
  type LifeCycle,
  type NumberedSeries,
  type Parsed,
  type PublicFact,
  drawing,
  type Drawing,
} from '../documents/index.js';
import type { Issuer } from '../identity/index.js';
import { IdSource, toChinaDate, parseAmount, type DomainError } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { compileValidator } from '../platform/validation/index.js';
import type { CoreData } from '../proof/index.js';
import { CreateInvoiceDto } from './create-invoice.dto.js';
import { readInvoiceDraft } from './invoice-draft.js';
import { checkInvoice } from './invoice-rules.js';
import { completeInvoice, prepareInvoice, type Preparation, type PreparedInvoice } from './invoice.canonical.js';
import type { Invoice } from './invoice.js';
import { INVOICE_RENDERER } from './invoice.pdf.js';
import { expectedOfInvoice, INVOICE_LOOK_UP } from './invoice.look-up.js';
import { invoicePublicFacts } from './invoice.public-facts.js';
import { INVOICE_LIFE_CYCLE } from './invoice.life-cycle.js';
import { legacyNumber, legacySeries, makeCheckCode, type LegacyScheme } from './legacy-number.js';
import { placeOf } from './place-names.js';
import { InvoiceAllowances } from './invoice-allowances.repository.js';
import { QuotaExhausted } from './invoices.errors.js';
import { shudianNumber, shudianSeries } from './shudian-number.js';

/** VAT e-invoices: 数电票, ordinary and special, and the two older schemes of 电子普通发票. Blue and red. */
@Injectable()
export class InvoiceKind extends DocumentKind<CreateInvoiceDto, PreparedInvoice> {
  override readonly name = 'invoice.vat';
  override readonly title = { zh: '增值税电子发票', en: 'VAT e-invoice' };
  override readonly lifeCycle: LifeCycle = INVOICE_LIFE_CYCLE;
  override readonly lookUp = INVOICE_LOOK_UP;

  private readonly validate = compileValidator(CreateInvoiceDto);

  constructor(
    private readonly tables: ReferenceTables,
    private readonly ids: IdSource,
    private readonly allowances: InvoiceAllowances,
  ) {
    super();
  }

  override parse(body: unknown): Parsed<CreateInvoiceDto> {
    return this.validate(body) as Parsed<CreateInvoiceDto>;
  }

  override referenceOf({ requestSerialNo }: CreateInvoiceDto): string | undefined {
    return requestSerialNo;
  }

  override judge(request: CreateInvoiceDto, issuer: Issuer, now: Date): Judgement<PreparedInvoice> {
    const draft = readInvoiceDraft(request);
    const issuedOn = toChinaDate(now);
    const tables = new ConsultedTables(this.tables);
    const errors = checkInvoice(draft, { sellerTaxId: issuer.taxId, issuedOn, tables });
    const older =
      draft.scheme === 'shudian' ? {} : { older: this.olderPreparation(draft.scheme, issuer, issuedOn, tables) };
    const prepared =
      errors.length === 0 ? prepareInvoice(draft, { issuer, judgedBy: tables.judgedBy(), ...older }) : null;
    const undrawable = prepared === null ? [] : undrawableFields(prepared);
    return prepared !== null && undrawable.length === 0
      ? { ok: true, prepared }
      : { ok: false, errors: [...errors, ...undrawable] };
  }

  private olderPreparation(
    scheme: LegacyScheme,
    { regionCode }: Issuer,
    issuedOn: string,
    tables: ConsultedTables,
  ): NonNullable<Preparation['older']> {
    const regions = tables.table('regions');
    return {
      place: placeOf(scheme, regionCode, (code) => regions.find(code, issuedOn)?.data['name']),
      checkCode: this.checkCodeFor(scheme),
    };
  }

  checkCodeFor(scheme: LegacyScheme): string {
    return makeCheckCode(scheme, this.ids.bytes(16));
  }

  /** Takes what is issued, blue or red, from the month's credit line (授信额度): the amounts without tax and sign. */
  override async admit(
    tx: Tx,
    issuer: Issuer,
    at: Date,
    prepared: readonly PreparedInvoice[],
  ): Promise<readonly (DomainError | null)[]> {
    const amounts = prepared.map(({ totals }) => magnitude(parseAmount(totals.amount)));
    const fitting = await this.allowances.take(tx, issuer.id, toChinaDate(at).slice(0, 7), amounts);
    return fitting.map((fits) => (fits ? null : new QuotaExhausted()));
  }

  override seriesFor(prepared: PreparedInvoice, issuer: Issuer, issuedAt: Date): NumberedSeries {
    const year = Number(toChinaDate(issuedAt).slice(0, 4));
    if (prepared.scheme === 'shudian') {
      const series = shudianSeries(issuer, year);
      return { series, format: (serial) => shudianNumber(series, Number(serial)) };
    }
    const series = legacySeries(prepared.scheme, issuer, year);
    return { series, format: (serial) => legacyNumber(series, Number(serial)) };
  }

  override complete(prepared: PreparedInvoice, number: string, issuedAt: Date): CoreData {
    return completeInvoice(prepared, number, issuedAt);
  }

  override drawing(core: CoreData): Drawing {
    return drawing(INVOICE_RENDERER, core as unknown as Invoice);
  }

  override publicFacts(core: CoreData): readonly PublicFact[] {
    return invoicePublicFacts(core as unknown as Invoice);
  }

  override expectedFacts(core: CoreData): readonly ExpectedFact[] {
    return expectedOfInvoice(core as unknown as Invoice);
  }
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
