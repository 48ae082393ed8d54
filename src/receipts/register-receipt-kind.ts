import { Injectable } from '@nestjs/common';
import { ConsultedTables, ReferenceTables } from '../documents/index.js';
import { Clock, toChinaDate, type FieldError } from '../kernel/index.js';
import { UnitOfWork, type Tx } from '../platform/database/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { canonicalJson } from '../proof/index.js';
import { readConfiguration } from './read-configuration.js';
import type { ReceiptKindConfiguration } from './receipt-kind-configuration.js';
import { reportInto } from './receipt-report.js';
import { checkBillClass } from './receipt-rules.js';
import { BuiltInReceiptKinds } from './receipt-kinds.js';
import { ReceiptKindsRepository } from './receipt-kinds.repository.js';
import { KindIsBuiltIn, KindLifeCycleFixed } from './receipts.errors.js';

export type RegisteredKind = { readonly name: string; readonly version: number };

/** Adds a kind of receipt, or a new version of one: every process issues by it from the next request on. */
@Injectable()
export class RegisterReceiptKind {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReceiptKindsRepository,
    private readonly builtIn: BuiltInReceiptKinds,
    private readonly tables: ReferenceTables,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidRequest`, `KindIsBuiltIn` or `KindLifeCycleFixed`. What is registered already is not registered again. */
  execute(body: unknown): Promise<RegisteredKind> {
    const read = readConfiguration(body);
    if (!read.ok) {
      throw new InvalidRequest(read.errors);
    }
    const configuration = read.value;
    if (this.builtIn.has(configuration.name)) {
      throw new KindIsBuiltIn();
    }
    this.requireBillClass(configuration);
    return this.unitOfWork.run((tx) => this.store(tx, configuration));
  }

  /** Nobody could issue a receipt of a class that the finance department does not have. */
  private requireBillClass({ bill }: ReceiptKindConfiguration): void {
    const errors: FieldError[] = [];
    const context = { tables: new ConsultedTables(this.tables), issuedOn: toChinaDate(this.clock.now()) };
    checkBillClass(bill, context, reportInto(errors).bind(null, 'bill.type'));
    if (errors.length > 0) {
      throw new InvalidRequest(errors);
    }
  }

  private async store(tx: Tx, configuration: ReceiptKindConfiguration): Promise<RegisteredKind> {
    const { name, lifeCycle } = configuration;
    await this.repository.lockName(tx, name);
    const latest = (await this.repository.findVersions(tx, name, 0)).at(-1);
    if (latest !== undefined && isSame(latest.configuration, configuration)) {
      return { name, version: latest.version };
    }
    if (latest !== undefined && latest.configuration.lifeCycle !== lifeCycle) {
      throw new KindLifeCycleFixed();
    }
    const version = (latest?.version ?? 0) + 1;
    await this.repository.insertVersion(tx, { version, configuration }, this.clock.now());
    return { name, version };
  }
}

function isSame(left: ReceiptKindConfiguration, right: ReceiptKindConfiguration): boolean {
  return Buffer.from(canonicalJson(left)).equals(Buffer.from(canonicalJson(right)));
}
