import { Injectable } from '@nestjs/common';
import { to0x } from '../kernel/index.js';
import { type Tx, UnitOfWork } from '../platform/database/index.js';
import { documentEntry } from '../proof/index.js';
import { EntriesUnderAudit, type EntrySource } from './entries-under-audit.repository.js';
import type { Finding } from './finding.js';

/**
 * Digests by eight bytes that every bit of them changes, which tell any two apart that nobody made for that purpose; so
 * much is held of each.
 */
class DigestSet {
  private readonly folded: BigUint64Array;
  private size = 0;

  constructor(capacity: number) {
    this.folded = new BigUint64Array(capacity);
  }

  add(digest: Uint8Array): void {
    this.folded[this.size] = fold(digest);
    this.size += 1;
  }

  /** MUST be called after the last `add` and before the first `has`. */
  sort(): void {
    this.folded.subarray(0, this.size).sort();
  }

  has(digest: Uint8Array): boolean {
    const sought = fold(digest);
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.folded[middle] ?? 0n) < sought) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < this.size && this.folded[low] === sought;
  }
}

function fold({ buffer, byteOffset }: Uint8Array): bigint {
  const words = new DataView(buffer, byteOffset, 32);
  return words.getBigUint64(0) ^ words.getBigUint64(8) ^ words.getBigUint64(16) ^ words.getBigUint64(24);
}

/** Looks for entries that nothing explains: each is to be of one event, or of one version of a status list. */
@Injectable()
export class AuditEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: EntriesUnderAudit,
  ) {}

  /**
   * That every event has its entry is shown with the documents, so an entry too many shows in the numbers already; only
   * then is it looked which one it is. All is read as of one moment: who stores a leaf hands it over in the same commit.
   *
   * @param isInDoubt that an entry is missing, or may be: then the numbers prove nothing, for one may stand in its place.
   */
  async execute(issuerId: string, isInDoubt: boolean): Promise<Finding[]> {
    return this.unitOfWork.run(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      const { entries, events, lists } = await this.rows.count(tx, issuerId);
      return isInDoubt || entries > events + lists
        ? this.unexplained(tx, issuerId, await this.explained(tx, issuerId, events))
        : [];
    });
  }

  private async explained(tx: Tx, issuerId: string, events: number): Promise<DigestSet> {
    const lists = await this.rows.lists(tx, issuerId);
    const known = new DigestSet(events + lists.length);
    for await (const page of this.rows.events(tx, issuerId)) {
      for (const event of page) {
        known.add(entryOf(event));
      }
    }
    for (const leaf of lists) {
      known.add(leaf);
    }
    known.sort();
    return known;
  }

  private async unexplained(tx: Tx, issuerId: string, known: DigestSet): Promise<Finding[]> {
    const findings: Finding[] = [];
    for await (const entries of this.rows.entries(tx, issuerId)) {
      for (const { entry, batchId } of entries.filter((each) => !known.has(each.entry))) {
        const place = { issuerId, ...(batchId !== null && { batchId }) };
        findings.push({ code: 'entry.unknown', ...place, detail: `entry ${to0x(entry)}` });
      }
    }
    return findings;
  }
}

function entryOf({ seq, leaf, docId }: EntrySource): Uint8Array {
  return seq === 0 ? documentEntry(leaf, docId) : leaf;
}
