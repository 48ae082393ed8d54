import type { DataSource } from 'typeorm';
import { BatchesRepository } from '../../src/anchoring/batches.repository.js';
import { ReadProof, SubmitLeaf, type ProofOfLeaf } from '../../src/anchoring/index.js';
import { ProofsRepository } from '../../src/anchoring/proofs.repository.js';
import { SystemClock } from '../../src/kernel/index.js';
import { Settings } from '../../src/platform/config/index.js';
import { makeDataSource, UnitOfWork, type DatabaseRole } from '../../src/platform/database/index.js';
import { HASH_LENGTH } from '../../src/proof/index.js';

/** Counts the rows that the tiles of proofs take. */
class CountedProofs extends ProofsRepository {
  tilesRead = 0;

  override async findMembers(
    ...question: Parameters<ProofsRepository['findMembers']>
  ): ReturnType<ProofsRepository['findMembers']> {
    const found = await super.findMembers(...question);
    this.tilesRead += found.tiles.size;
    return found;
  }

  override async findTiles(
    ...question: Parameters<ProofsRepository['findTiles']>
  ): ReturnType<ProofsRepository['findTiles']> {
    const tiles = await super.findTiles(...question);
    this.tilesRead += tiles.size;
    return tiles;
  }
}

/** The product's own code at both ends of anchoring: what hands entries over, and what reads proofs. */
export class ProductParts {
  readonly proofs = new CountedProofs();
  private readonly submitLeaf = new SubmitLeaf(new BatchesRepository(), new SystemClock());
  /** As a process has it that has cut proofs before. */
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

  /**
   * As the API reads it: in a transaction that sees one issuer's rows.
   *
   * @param isFirst nothing is kept from proofs before this one.
   */
  proofOf(issuerId: string, leaf: Uint8Array, isFirst: boolean): Promise<ProofOfLeaf | null> {
    const unitOfWork = new UnitOfWork(this.api, this.settings);
    const reader = isFirst ? new ReadProof(this.proofs) : this.readProof;
    return unitOfWork.run((tx) => reader.execute(tx, issuerId, leaf), { issuerId });
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
