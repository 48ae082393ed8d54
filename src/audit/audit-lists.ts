import { Injectable } from '@nestjs/common';
import { openSignedList, statusBitsOf } from '../documents/index.js';
import { to0x } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { isSameHash, statusListLeaf } from '../proof/index.js';
import type { Finding } from './finding.js';
import { type AuditedEnd, type AuditedList, ListsUnderAudit } from './lists-under-audit.repository.js';

/**
 * Compares an issuer's status lists with the ends that they are made of: whoever verifies offline believes them. That the
 * ends follow from the events is shown with the documents.
 */
@Injectable()
export class AuditLists {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: ListsUnderAudit,
  ) {}

  async *execute(issuerId: string): AsyncGenerator<Finding> {
    const stored = await this.read(issuerId);
    for (const { list, ends } of stored) {
      yield* handedOverProblems(list, ends).map((finding) => ({ ...finding, issuerId, detail: list.id }));
      // One that no list shows yet is about to be: a worker makes the list anew within seconds.
      if (ends.every(({ isListed }) => isListed)) {
        yield* (await contentProblems(list, ends)).map((code) => ({ code, issuerId, detail: list.id }));
      }
    }
  }

  /** As of one moment: a list, its version, the ends that it shows and its entry are stored in one commit. */
  private read(issuerId: string): Promise<{ list: AuditedList; ends: readonly AuditedEnd[] }[]> {
    return this.unitOfWork.run(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      const endsOf = new Map<number, readonly AuditedEnd[]>();
      const found = [];
      for (const list of await this.rows.lists(tx, issuerId)) {
        const ends = endsOf.get(list.number) ?? (await this.rows.ends(tx, issuerId, list.number));
        endsOf.set(list.number, ends);
        found.push({ list, ends });
      }
      return found;
    });
  }
}

async function contentProblems(list: AuditedList, ends: readonly AuditedEnd[]): Promise<Finding['code'][]> {
  const { id, purpose, token, versions } = list;
  const bits = statusBitsOf(
    purpose,
    ends.map(({ position, value }) => [position, value] as const),
  );
  const leaf = statusListLeaf(id, bits);
  const newest = versions.at(-1)?.leaf;
  return [
    ...(newest !== undefined && isSameHash(newest, leaf) ? [] : (['list.content-wrong'] as const)),
    ...((await isSaidBy(token, { id, leaf })) ? [] : (['list.token-wrong'] as const)),
  ];
}

/** Whether the token that is served says just this. Who signed it is the verifiers' question. */
async function isSaidBy(token: string, { id, leaf }: { id: string; leaf: Uint8Array }): Promise<boolean> {
  try {
    const { bits } = await openSignedList(token, () => true);
    return isSameHash(statusListLeaf(id, bits), leaf);
  } catch {
    return false;
  }
}

/** A first version that speaks of nobody is not handed over; ends do not cease, so every other one is. */
function handedOverProblems({ versions }: AuditedList, ends: readonly AuditedEnd[]): Pick<Finding, 'code' | 'entry'>[] {
  const isWorthIt = (index: number): boolean => index > 0 || (versions.length === 1 && ends.some(isShown));
  return versions
    .filter(({ isHandedOver }, index) => !isHandedOver && isWorthIt(index))
    .map(({ leaf }) => ({ code: 'list.entry-missing', entry: to0x(leaf) }));
}

const isShown = ({ isListed }: AuditedEnd): boolean => isListed;
