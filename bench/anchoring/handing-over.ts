import type { DataSource } from 'typeorm';
import { BatchesRepository } from '../../src/anchoring/batches.repository.js';
import { SubmitLeaf } from '../../src/anchoring/index.js';
import { SystemClock } from '../../src/kernel/index.js';
import { Settings } from '../../src/platform/config/index.js';
import { makeDataSource, UnitOfWork } from '../../src/platform/database/index.js';
import { HASH_LENGTH } from '../../src/proof/index.js';

/** The product's own beginning of anchoring. */
export class HandingOver {
  private readonly submitLeaf = new SubmitLeaf(new BatchesRepository(), new SystemClock());
  private readonly unitOfWork: UnitOfWork;

  private constructor(private readonly connections: DataSource) {
    this.unitOfWork = new UnitOfWork(connections, new Settings());
  }

  static async open(url: string): Promise<HandingOver> {
    return new HandingOver(await makeDataSource({ url, role: 'chopmark_worker', poolSize: 2 }).initialize());
  }

  /** Hands entries (32 bytes each, one after another) over as a worker does that has fixed the leaves of one chunk after another. */
  async handOver(issuerId: string, entries: Uint8Array, chunk: number): Promise<void> {
    const bytes = chunk * HASH_LENGTH;
    for (let start = 0; start < entries.length; start += bytes) {
      const leaves = leavesIn(entries.subarray(start, start + bytes));
      await this.unitOfWork.run((tx) => this.submitLeaf.execute(tx, issuerId, leaves));
    }
  }

  close(): Promise<void> {
    return this.connections.destroy();
  }
}

function leavesIn(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / HASH_LENGTH }, (_, index) =>
    bytes.subarray(index * HASH_LENGTH, (index + 1) * HASH_LENGTH),
  );
}
