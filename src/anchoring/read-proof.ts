import { Injectable } from '@nestjs/common';
import { proofFromTiles, type TilePosition, tilesNeededFor } from '../proof/index.js';
import type { Tx } from '../platform/database/index.js';
import type { AnchorState } from './batch-state.js';
import { type Member, ProofsRepository } from './proofs.repository.js';

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

  /** Null when the issuer never submitted this leaf. Reads three tiles for a batch of a million. */
  async execute(tx: Tx, issuerId: string, leaf: Uint8Array): Promise<ProofOfLeaf | null> {
    const [proof = null] = await this.executeMany(tx, issuerId, [leaf]);
    return proof;
  }

  /** The same for many leaves, in their order, with three queries in all; tiles that proofs share are read once. */
  async executeMany(tx: Tx, issuerId: string, leaves: readonly Uint8Array[]): Promise<(ProofOfLeaf | null)[]> {
    const members = await this.proofs.findMembers(tx, issuerId, leaves);
    const batches = [...members.values()].flatMap(({ batch }) => batch ?? []);
    const tiles = await this.proofs.findTiles(
      tx,
      issuerId,
      batches.flatMap(({ id, leafIndex, size }) =>
        tilesNeededFor(leafIndex, size).map((tile) => ({ ...tile, batchId: id })),
      ),
    );
    const anchors = await this.proofs.findAnchors(tx, issuerId, [...new Set(batches.map(({ id }) => id))]);
    return leaves.map((leaf) => {
      const member = members.get(Buffer.from(leaf).toString('hex'));
      return member === undefined ? null : proofOf(member, { tiles, anchors });
    });
  }
}

type Known = {
  readonly tiles: ReadonlyMap<string, Uint8Array>;
  readonly anchors: ReadonlyMap<string, readonly AnchorOfRoot[]>;
};

function proofOf({ batch }: Member, { tiles, anchors }: Known): ProofOfLeaf {
  if (batch === null) {
    return { state: 'open' };
  }
  const { id, root, size, leafIndex } = batch;
  const getTile = ({ level, index }: TilePosition): Uint8Array | undefined => tiles.get(`${id}/${level}/${index}`);
  const proof = proofFromTiles(leafIndex, size, getTile);
  return { state: 'sealed', batchId: id, root, batchSize: size, leafIndex, proof, anchors: anchors.get(id) ?? [] };
}
