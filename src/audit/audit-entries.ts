import { Injectable } from '@nestjs/common';
import { to0x } from '../kernel/index.js';
import { type Tx, UnitOfWork } from '../platform/database/index.js';
import { documentEntry } from '../proof/index.js';
import { EntriesUnderAudit, type EntrySource } from './entries-under-audit.repository.js';
import type { Finding } from './finding.js';

/** Digests by their first eight bytes, which tell any two apart that nobody made for that purpose; 8 bytes are held of each. */
class DigestSet {
  private readonly starts: BigUint64Array;
  private size = 0;

  constructor(capacity: number) {
    this.starts = new BigUint64Array(capacity);
  }

  add(digest: Uint8Array): void {
    this.starts[this.size] = Buffer.from(digest).readBigUInt64BE();
    this.size += 1;
  }

  /** MUST be called after the last `add` and before the first `has`. */
  sort(): void {
    this.starts.subarray(0, this.size).sort();
  }

  has(digest: Buffer): boolean {
    const sought = digest.readBigUInt64BE();
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0n) < sought) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < this.size && this.starts[low] === sought;
  }
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
   */
  async execute(issuerId: string): Promise<Finding[]> {
    return this.unitOfWork.run(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      const { entries, events, lists } = await this.rows.count(tx, issuerId);
      return entries > events + lists ? this.unexplained(tx, issuerId, await this.explained(tx, issuerId, events)) : [];
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
