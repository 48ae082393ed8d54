import { Injectable } from '@nestjs/common';
import {
  ConsultedTables,
  DocumentKind,
  ReferenceTables,
  undrawableFields,
  type ExpectedFact,
  type Judgement,
  type LifeCycle,
  type LookUp,
  type NumberedSeries,
  type Parsed,
  type PublicFact,
  drawing,
  type Drawing,
} from '../documents/index.js';
import type { Issuer } from '../identity/index.js';
import { IdSource, toChinaDate, type DomainError, type FieldError } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { CoreData } from '../proof/index.js';
import { drawCheckCode, fiscalBillCode, fiscalBillNumber, type FiscalBillNumber } from './fiscal-codes.js';
import type { ReceiptBaseRequest } from './create-receipt.dto.js';
import { ReceiptClaimsRepository } from './receipt-claims.repository.js';
import type { ReceiptDefinition } from './receipt-definition.js';
import { reportInto, type Report } from './receipt-report.js';
import { checkBillClass, checkReceipt, type ReceiptRulesContext } from './receipt-rules.js';
import { completeReceipt, prepareReceipt, provinceCode, type PreparedReceipt } from './receipt.canonical.js';
import type { Receipt } from './receipt.js';
import { RECEIPT_RENDERER } from './receipt.pdf.js';
import { expectedOfReceipt, receiptLookUp } from './receipt.look-up.js';
import { receiptPublicFacts } from './receipt.public-facts.js';

const CODE_LENGTH = 8;

/** What kinds of receipts reach the outside through. */
@Injectable()
export class ReceiptTools {
  constructor(
    readonly ids: IdSource,
    readonly claims: ReceiptClaimsRepository,
    readonly tables: ReferenceTables,
  ) {}
}

/** Receipts of one kind, built in or configured: everything that tells kinds apart is in the definition. */
export class ReceiptKind extends DocumentKind<ReceiptBaseRequest, PreparedReceipt> {
  override readonly name: string;
  override readonly title: { readonly zh: string; readonly en: string };
  override readonly lifeCycle: LifeCycle;
  override readonly lookUp: LookUp;
  /** By version: documents are printed and told by the one they were judged by. */
  readonly definitions: ReadonlyMap<string, ReceiptDefinition>;

  constructor(
    readonly definition: ReceiptDefinition,
    private readonly tools: ReceiptTools,
    earlier: ReadonlyMap<string, ReceiptDefinition> = new Map(),
  ) {
    super();
    this.name = definition.name;
    this.title = definition.title;
    this.lifeCycle = definition.lifeCycle;
    this.lookUp = receiptLookUp(definition.asks ?? []);
    this.definitions = new Map([...earlier, [definition.version ?? '', definition]]);
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
    const tables = new ConsultedTables(this.tools.tables);
    const context = { issuer, now, issuedOn: toChinaDate(now), tables };
    const province = this.provinceFor(context, report);
    checkBillClass(this.definition.formOf(draft), context, report.bind(null, 'kind'));
    checkReceipt(draft, context, report);
    this.definition.check(draft, context, report);
    if (errors.length > 0) {
      return { ok: false, errors };
    }
    const prepared = prepareReceipt(draft, this.definition, { issuer, province, judgedBy: tables.judgedBy() });
    const undrawable = undrawableFields(prepared.content);
    return undrawable.length > 0 ? { ok: false, errors: undrawable } : { ok: true, prepared };
  }

  /** In whose name supervised bills are issued. Others name no province. */
  private provinceFor({ issuer, issuedOn, tables }: ReceiptRulesContext, report: Report): string {
    if (!this.definition.isSupervised) {
      return '';
    }
    const code = provinceCode(issuer.regionCode);
    const name = tables.table('regions').find(code, issuedOn)?.data['name'];
    if (name === undefined) {
      const message = `The issuer’s province ${code} is not in the table regions on ${issuedOn}; ask the operator.`;
      report('kind', 'issuer-region-not-in-force', message);
    }
    return name ?? '';
  }

  /** Takes what each receipt stands for; of several that stand for the same, the first is admitted. */
  override async admit(
    tx: Tx,
    issuer: Issuer,
    _at: Date,
    prepared: readonly PreparedReceipt[],
  ): Promise<readonly (DomainError | null)[]> {
    const wanted = prepared.map(({ content }) => this.claimsOf(content));
    const { claims } = this.definition;
    if (claims === undefined || wanted.every((keys) => keys.length === 0)) {
      return prepared.map(() => null);
    }
    const free = await this.tools.claims.take(tx, issuer.id, wanted.flat());
    const answers = wanted.map((keys) => {
      if (keys.some((key) => !free.has(key))) {
        return claims.refusal();
      }
      keys.forEach((key) => free.delete(key));
      return null;
    });
    await this.tools.claims.release(tx, issuer.id, [...free]);
    return answers;
  }

  /** A code belongs to all issuers of a province: code and number together are one bill's, whoever issued it. */
  override seriesFor({ form }: PreparedReceipt, issuer: Issuer, issuedAt: Date): NumberedSeries {
    const code = fiscalBillCode(issuer.regionCode, form, Number(toChinaDate(issuedAt).slice(0, 4)));
    return { series: code, format: (serial) => `${code}${fiscalBillNumber(serial)}`, isShared: true };
  }

  /** The check code is drawn here, where nobody can know it before the bill is issued. */
  override complete(prepared: PreparedReceipt, number: string, issuedAt: Date): CoreData {
    return completeReceipt(prepared, {
      code: number.slice(0, CODE_LENGTH),
      number: number.slice(CODE_LENGTH) as FiscalBillNumber,
      checkCode: drawCheckCode(this.tools.ids),
      issuedAt,
    });
  }

  override drawing(core: CoreData): Drawing {
    const receipt = core as unknown as Receipt;
    const { gridOf, listsOf } = this.definitionOf(receipt);
    return drawing(RECEIPT_RENDERER, { receipt, print: { grid: gridOf(receipt), lists: listsOf(receipt) } });
  }

  override publicFacts(core: CoreData): readonly PublicFact[] {
    const receipt = core as unknown as Receipt;
    return [...receiptPublicFacts(receipt), ...this.definitionOf(receipt).publicFacts(receipt)];
  }

  override expectedFacts(core: CoreData): readonly ExpectedFact[] {
    const receipt = core as unknown as Receipt;
    return expectedOfReceipt(receipt, this.definitionOf(receipt).asks ?? []);
  }

  /** What the receipt stands for and no other may, as long as it is not taken back. */
  claimsOf(receipt: Pick<Receipt, 'direction' | 'particulars'>): readonly string[] {
    return receipt.direction === 'write-off' ? [] : (this.definition.claims?.of(receipt) ?? []);
  }

  /** Throws when the receipt was judged by a version that this process does not know. */
  definitionOf({ kindVersion = '' }: Pick<Receipt, 'kindVersion'>): ReceiptDefinition {
    const definition = this.definitions.get(kindVersion);
    if (definition === undefined) {
      throw new Error(`No version ${kindVersion} of ${this.name} is known`);
    }
    return definition;
  }
}
