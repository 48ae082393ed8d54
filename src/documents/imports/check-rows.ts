import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import type { IssuerProfile } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { DocumentsRepository } from '../documents.repository.js';
import { movedTo, type OpenImport, type WrongRow } from './import.js';
import { ImportsRepository } from './imports.repository.js';
import { JudgeRows, type RightRow } from './judge-rows.js';
import { SERIAL_REUSED } from './row-errors.js';

const CHUNK = 500;

/**
 * Judges every row of an `all-or-nothing` import before any is issued. One transaction: a crash begins anew and has changed
 * nothing. Afterwards the import is refused with each wrong row named, or free to be issued.
 */
@Injectable()
export class CheckRows {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly documents: DocumentsRepository,
    private readonly judge: JudgeRows,
    private readonly clock: Clock,
  ) {}

  /** The import MUST be locked by `claimNext`. */
  async execute(tx: Tx, open: OpenImport, profile: IssuerProfile): Promise<OpenImport> {
    const hashes = new Map<string, Uint8Array>();
    let failed = 0;
    let line = 1;
    for (;;) {
      const rows = await this.imports.readRows(tx, open, line, CHUNK);
      const { right, wrong } = await this.judge.execute(tx, open, profile, rows);
      const reused = await this.findReused(tx, open, right, hashes);
      failed += wrong.length + reused.length;
      await this.imports.settleRows(tx, open, [...wrong, ...reused]);
      if (rows.length < CHUNK) {
        break;
      }
      line = (rows.at(-1)?.line ?? line) + 1;
    }
    if (failed === 0) {
      return { ...movedTo(open, 'issuing'), checkedAt: this.clock.now() };
    }
    await this.imports.forgetRequests(tx, open);
    return { ...movedTo(open, 'refused'), failed, finishedAt: this.clock.now() };
  }

  /** Rows whose reference stands for other content already, in the database or in the rows before (`hashes`). */
  private async findReused(
    tx: Tx,
    { issuerId }: OpenImport,
    rows: readonly RightRow[],
    hashes: Map<string, Uint8Array>,
  ): Promise<WrongRow[]> {
    const referenced = rows.flatMap(({ line, request: { serial } }) =>
      serial === undefined ? [] : [{ line, ...serial }],
    );
    const known = await this.documents.findKeys(
      tx,
      issuerId,
      referenced.map(({ key }) => key),
    );
    const wrong: WrongRow[] = [];
    for (const { line, key, requestHash } of referenced) {
      const earlier = known.get(key)?.requestHash ?? hashes.get(key);
      hashes.set(key, earlier ?? requestHash);
      if (earlier !== undefined && !timingSafeEqual(earlier, requestHash)) {
        wrong.push({ line, errors: SERIAL_REUSED });
      }
    }
    return wrong;
  }
}
