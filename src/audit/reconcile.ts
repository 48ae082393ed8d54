import { Injectable } from '@nestjs/common';
import { ChainUnreachable } from '../platform/chain/index.js';
import type { AuditScope, Progress } from './audit-scope.js';
import type { Finding } from './finding.js';
import { Fsck } from './fsck.js';
import { Repair, type Repaired } from './repair.js';

export type Reconciled = { readonly finding: Finding; readonly repair: Repaired | null };

/** Looks for differences as `Fsck` does, and puts right what may be put right. */
@Injectable()
export class Reconcile {
  constructor(
    private readonly fsck: Fsck,
    private readonly repair: Repair,
  ) {}

  /**
   * Each finding with what was done about it, or would be: nothing is changed without `apply`. `retry`: what was given up is
   * tried again, too. Each repair is a transaction of its own, so a crash leaves none half done, and the next run goes on.
   */
  async *execute(
    scope: AuditScope,
    how: { readonly apply: boolean; readonly retry: boolean },
    progress: Progress,
  ): AsyncGenerator<Reconciled> {
    const rewritten = new Set<string>();
    for await (const finding of this.fsck.execute(scope, progress)) {
      if (isTile(finding) && rewritten.has(finding.batchId ?? '')) {
        continue; // all tiles of a batch are written at once
      }
      yield { finding, repair: await this.attempt(finding, how) };
      if (isTile(finding)) {
        rewritten.add(finding.batchId ?? '');
      }
    }
  }

  private async attempt(finding: Finding, how: { apply: boolean; retry: boolean }): Promise<Repaired | null> {
    try {
      return await this.repair.execute(finding, how);
    } catch (error) {
      if (error instanceof ChainUnreachable) {
        return { action: 'ask the chain', isDone: false, why: error.message };
      }
      throw error;
    }
  }
}

function isTile({ code }: Finding): boolean {
  return code === 'tile.missing' || code === 'tile.wrong';
}
