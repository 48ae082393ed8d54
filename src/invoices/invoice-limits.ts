import { Injectable } from '@nestjs/common';
import { IdentityRepository, IssuerProfiles } from '../identity/index.js';
import { Clock, toChinaDate } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvoiceAllowances, type Allowance } from './invoice-allowances.repository.js';
import type { InvoiceScheme } from './invoice.js';
import { NumberBlocks, type NumberBlock } from './number-blocks.repository.js';
import { LARGEST_LEGACY_SERIAL, legacyNumber, legacySeries } from './legacy-number.js';
import { IssuerNotFound, NumberBlockTooLarge } from './invoices.errors.js';
import { LARGEST_SERIAL, shudianNumber, shudianSeries } from './shudian-number.js';

export type DrawnBlock = {
  readonly scheme: InvoiceScheme;
  readonly first: string;
  readonly last: string;
  readonly drawnAt: Date;
};

/** How much an issuer may issue: the month's credit line, and the numbers it has drawn (领票). */
@Injectable()
export class InvoiceLimits {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly identities: IdentityRepository,
    private readonly allowances: InvoiceAllowances,
    private readonly blocks: NumberBlocks,
    private readonly clock: Clock,
  ) {}

  /** Null: without limit. */
  allowance(issuerId: string): Promise<Allowance | null> {
    return this.unitOfWork.run((tx) => this.allowances.find(tx, issuerId, this.month()), { issuerId });
  }

  /** What was used of the month stays used. Throws `IssuerNotFound`. */
  async setAllowance(issuerId: string, monthlyTotal: bigint): Promise<void> {
    await this.unitOfWork.run(
      async (tx) => {
        if (!(await this.identities.hasOwner(tx, 'issuer', issuerId))) {
          throw new IssuerNotFound();
        }
        await this.allowances.put(tx, issuerId, this.month(), monthlyTotal);
      },
      { issuerId },
    );
  }

  /**
   * Reserves the next `count` numbers of this year's series. From the first block on the issuer issues under numbers it has
   * drawn only. Throws `NumberBlockTooLarge`.
   */
  async draw(issuerId: string, scheme: InvoiceScheme, count: number): Promise<DrawnBlock> {
    const { issuer } = await this.profiles.get(issuerId);
    const now = this.clock.now();
    const year = Number(toChinaDate(now).slice(0, 4));
    const series = scheme === 'shudian' ? shudianSeries(issuer, year) : legacySeries(scheme, issuer, year);
    const largest = BigInt(scheme === 'shudian' ? LARGEST_SERIAL : LARGEST_LEGACY_SERIAL);
    const block = await this.unitOfWork.run(
      async (tx) => {
        const drawn = await this.blocks.draw(tx, issuerId, { series, scheme, count, drawnAt: now });
        if (drawn.lastSerial > largest) {
          throw new NumberBlockTooLarge();
        }
        return drawn;
      },
      { issuerId },
    );
    return describe(block);
  }

  async drawn(issuerId: string): Promise<DrawnBlock[]> {
    const blocks = await this.unitOfWork.run((tx) => this.blocks.list(tx, issuerId), { issuerId });
    return blocks.map(describe);
  }

  private month(): string {
    return toChinaDate(this.clock.now()).slice(0, 7);
  }
}

function describe({ scheme, series, firstSerial, lastSerial, drawnAt }: NumberBlock): DrawnBlock {
  const numberOf = (serial: bigint): string =>
    scheme === 'shudian'
      ? shudianNumber(series as ReturnType<typeof shudianSeries>, Number(serial))
      : legacyNumber(series, Number(serial));
  return { scheme, first: numberOf(firstSerial), last: numberOf(lastSerial), drawnAt };
}
