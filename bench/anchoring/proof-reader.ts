import type { DataSource } from 'typeorm';
import { ReadProof, type ProofOfLeaf } from '../../src/anchoring/index.js';
import { ProofsRepository } from '../../src/anchoring/proofs.repository.js';
import { Settings } from '../../src/platform/config/index.js';
import { makeDataSource, UnitOfWork } from '../../src/platform/database/index.js';

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

/** The product's own reader of proofs, as the API reads: in a transaction that sees one issuer's rows. */
export class ProofReader {
  private readonly proofs = new CountedProofs();
  private readonly readProof = new ReadProof(this.proofs);
  private readonly unitOfWork: UnitOfWork;

  private constructor(private readonly connections: DataSource) {
    this.unitOfWork = new UnitOfWork(connections, new Settings());
  }

  static async open(url: string): Promise<ProofReader> {
    return new ProofReader(await makeDataSource({ url, role: 'chopmark_api', poolSize: 2 }).initialize());
  }

  /** So far. */
  get tilesRead(): number {
    return this.proofs.tilesRead;
  }

  proofOf(issuerId: string, leaf: Uint8Array): Promise<ProofOfLeaf | null> {
    return this.unitOfWork.run((tx) => this.readProof.execute(tx, issuerId, leaf), { issuerId });
  }

  close(): Promise<void> {
    return this.connections.destroy();
  }
}
