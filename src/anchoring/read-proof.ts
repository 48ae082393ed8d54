import { Injectable } from '@nestjs/common';
import { NotInTree, proofFromTiles } from '../proof/index.js';
import type { Tx } from '../platform/database/index.js';
import type { AnchorState } from './batch-state.js';
import { type MemberBatch, ProofsRepository } from './proofs.repository.js';

/** How far a root has come on one chain. A place in the chain is named from `anchored` on. */
export type AnchorOfRoot = {
  readonly chainId: number;
  readonly state: AnchorState;
  /** Null before `anchored`, and where another transaction than ours carried the root. Nothing is proved by it. */
  readonly transactionHash: string | null;
  readonly blockNumber: number | null;
  readonly blockHash: string | null;
  readonly blockTime: Date | null;
};

/** `open`: submitted, and in no batch yet. */
export type ProofOfLeaf =
  | { readonly state: 'open' }
  | {
      readonly state: 'sealed';
      readonly batchId: string;
      readonly root: Uint8Array;
      readonly batchSize: number;
      readonly leafIndex: number;
      /** Sibling hashes, lowest first. */
      readonly proof: readonly Uint8Array[];
      readonly anchors: readonly AnchorOfRoot[];
    };

/** Cuts inclusion proofs from the stored tiles. */
@Injectable()
export class ReadProof {
  constructor(private readonly proofs: ProofsRepository) {}

  /**
   * Null when the issuer never submitted this leaf. One statement reads its place and what the proof needs of its tiles,
   * which are three in a batch of a million.
   *
   * Throws when the stored tiles do not lead from the leaf's place to the root, rather than return what proves nothing.
   */
  async execute(tx: Tx, issuerId: string, leaf: Uint8Array): Promise<ProofOfLeaf | null> {
    const [proof = null] = await this.executeMany(tx, issuerId, [leaf]);
    return proof;
  }

  /** The same for many leaves, in their order, with one statement, too. */
  async executeMany(tx: Tx, issuerId: string, leaves: readonly Uint8Array[]): Promise<(ProofOfLeaf | null)[]> {
    const members = await this.proofs.findMembers(tx, issuerId, leaves);
    return leaves.map((leaf) => {
      const member = members.get(Buffer.from(leaf).toString('hex'));
      if (member === undefined) {
        return null;
      }
      return member.batch === null ? { state: 'open' } : proofIn(member.batch);
    });
  }
}

/** Nobody who asks for a proof can put it right when it cannot be cut: it is no error of theirs. */
function proofIn({ id, root, size, leafIndex, anchors, parts }: MemberBatch): ProofOfLeaf {
  try {
    const proof = proofFromTiles({ index: leafIndex, size, root }, ({ level }) => parts.get(level));
    return { state: 'sealed', batchId: id, root, batchSize: size, leafIndex, proof, anchors };
  } catch (error) {
    if (error instanceof NotInTree) {
      throw new Error(`Batch ${id}: ${error.message}. Run \`cli fsck\`, and \`cli reconcile\` to write the tiles anew`);
    }
    throw error;
  }
}
