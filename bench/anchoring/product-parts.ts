import type { DataSource } from 'typeorm';
import { BatchesRepository } from '../../src/anchoring/batches.repository.js';
import { ReadProof, SubmitLeaf, type ProofOfLeaf } from '../../src/anchoring/index.js';
import { ProofsRepository } from '../../src/anchoring/proofs.repository.js';
import { SystemClock } from '../../src/kernel/index.js';
import { Settings } from '../../src/platform/config/index.js';
import { makeDataSource, UnitOfWork, type DatabaseRole } from '../../src/platform/database/index.js';
import { HASH_LENGTH } from '../../src/proof/index.js';

/** Counts the tiles whose rows proofs take. */
class CountedProofs extends ProofsRepository {
  tilesRead = 0;

  override async findMembers(
    ...question: Parameters<ProofsRepository['findMembers']>
  ): ReturnType<ProofsRepository['findMembers']> {
    const members = await super.findMembers(...question);
    for (const { batch } of members.values()) {
      this.tilesRead += batch?.parts.size ?? 0;
    }
    return members;
  }
}

/** The product's own code at both ends of anchoring: what hands entries over, and what reads proofs. */
export class ProductParts {
  readonly proofs = new CountedProofs();
  private readonly submitLeaf = new SubmitLeaf(new BatchesRepository(), new SystemClock());
  private readonly readProof = new ReadProof(this.proofs);
  private readonly settings = new Settings();

  private constructor(
    private readonly worker: DataSource,
    private readonly api: DataSource,
  ) {}

  static async open(url: string): Promise<ProductParts> {
    const connect = (role: DatabaseRole): Promise<DataSource> =>
      makeDataSource({ url, role, poolSize: 2 }).initialize();
    return new ProductParts(await connect('chopmark_worker'), await connect('chopmark_api'));
  }

  /** Hands entries (32 bytes each, one after another) over as a worker does that has fixed the leaves of one chunk after another. */
  async handOver(issuerId: string, entries: Uint8Array, chunk: number): Promise<void> {
    const unitOfWork = new UnitOfWork(this.worker, this.settings);
    const bytes = chunk * HASH_LENGTH;
    for (let start = 0; start < entries.length; start += bytes) {
      const leaves = leavesIn(entries.subarray(start, start + bytes));
      await unitOfWork.run((tx) => this.submitLeaf.execute(tx, issuerId, leaves));
    }
  }

  /** As the API reads it: in a transaction that sees one issuer's rows. */
  proofOf(issuerId: string, leaf: Uint8Array): Promise<ProofOfLeaf | null> {
    const unitOfWork = new UnitOfWork(this.api, this.settings);
    return unitOfWork.run((tx) => this.readProof.execute(tx, issuerId, leaf), { issuerId });
  }

  async close(): Promise<void> {
    await Promise.all([this.worker.destroy(), this.api.destroy()]);
  }
}

function leavesIn(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / HASH_LENGTH }, (_, index) =>
    bytes.subarray(index * HASH_LENGTH, (index + 1) * HASH_LENGTH),
  );
}
