import { Injectable } from '@nestjs/common';
import { DocumentsRepository } from '../documents/index.js';
import type { Tx } from '../platform/database/index.js';
import type { InvoiceScheme } from './invoice.js';

export type NumberBlock = {
  readonly scheme: InvoiceScheme;
  readonly series: string;
  readonly firstSerial: bigint;
  readonly lastSerial: bigint;
  readonly drawnAt: Date;
};

type Row = { scheme: InvoiceScheme; series: string; first_serial: string; last_serial: string; drawn_at: Date };

/** Blocks of numbers that issuers have drawn; issuing itself reads only the end of the last one, with the series. */
@Injectable()
export class NumberBlocks {
  constructor(private readonly documents: DocumentsRepository) {}

  async draw(
    tx: Tx,
    issuerId: string,
    { series, scheme, count, drawnAt }: Pick<NumberBlock, 'series' | 'scheme' | 'drawnAt'> & { readonly count: number },
  ): Promise<NumberBlock> {
    const state = (await this.documents.lockSeries(tx, issuerId, [series])).get(series);
    const firstSerial = (state?.last ?? (state?.next ?? 1n) - 1n) + 1n;
    const lastSerial = firstSerial + BigInt(count) - 1n;
    await tx.query('update number_series set last_serial = $3 where issuer_id = $1 and series = $2', [
      issuerId,
      series,
      lastSerial.toString(),
    ]);
    await tx.query(
      `insert into invoice_number_blocks (issuer_id, series, first_serial, last_serial, scheme, drawn_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [issuerId, series, firstSerial.toString(), lastSerial.toString(), scheme, drawnAt],
    );
    return { scheme, series, firstSerial, lastSerial, drawnAt };
  }

  /** Newest first. */
  async list(tx: Tx, issuerId: string): Promise<NumberBlock[]> {
    const rows = await tx.query<Row>(
      `select scheme, series, first_serial, last_serial, drawn_at from invoice_number_blocks
       where issuer_id = $1 order by drawn_at desc, first_serial desc limit 100`,
      [issuerId],
    );
    return rows.map(({ first_serial, last_serial, drawn_at: drawnAt, ...row }) => ({
      ...row,
      firstSerial: BigInt(first_serial),
      lastSerial: BigInt(last_serial),
      drawnAt,
    }));
  }
}
