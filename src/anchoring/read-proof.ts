import { Injectable } from '@nestjs/common';
import { nodesOfTile, NotInTree, proofFromTiles, type TileNodes, tilesNeededFor } from '../proof/index.js';
import type { Tx } from '../platform/database/index.js';
import type { AnchorState } from './batch-state.js';
import { type MemberBatch, ProofsRepository, type StoredTiles } from './proofs.repository.js';
import { TileCache, tileName, type TileReference } from './tile-cache.js';

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
  private readonly cache = new TileCache();

  constructor(private readonly proofs: ProofsRepository) {}

  /**
   * Null when the issuer never submitted this leaf. Reads three tiles for a batch of a million: the leaf's own with its
   * place, by one statement, and those above it by another one, unless a proof of this batch was cut here lately.
   *
   * Throws when the stored tiles do not lead from the leaf's place to the root, rather than return what proves nothing.
   */
  async execute(tx: Tx, issuerId: string, leaf: Uint8Array): Promise<ProofOfLeaf | null> {
    const [proof = null] = await this.executeMany(tx, issuerId, [leaf]);
    return proof;
  }

  /** The same for many leaves, in their order, with two queries in all; tiles that proofs share are read and hashed once. */
  async executeMany(tx: Tx, issuerId: string, leaves: readonly Uint8Array[]): Promise<(ProofOfLeaf | null)[]> {
    const { members, tiles } = await this.proofs.findMembers(tx, issuerId, leaves);
    const batches = [...members.values()].flatMap(({ batch }) => batch ?? []);
    const nodes = await this.nodesFor(tx, { issuerId, batches, stored: tiles });
    return leaves.map((leaf) => {
      const member = members.get(Buffer.from(leaf).toString('hex'));
      if (member === undefined) {
        return null;
      }
      return member.batch === null ? { state: 'open' } : this.proofIn(member.batch, issuerId, nodes);
    });
  }

  /** The tiles that these members need: kept from before, come with the members, or read now. */
  private async nodesFor(tx: Tx, { issuerId, batches, stored }: Needed): Promise<KnownNodes> {
    const nodes = new Map<string, TileNodes>();
    const missing = new Map<string, TileReference>();
    for (const tile of batches.flatMap((batch) => tilesOf(batch, issuerId))) {
      const [name, kept] = [tileName(tile), this.cache.get(tile)];
      if (kept !== undefined) {
        nodes.set(name, kept);
      } else if (!stored.has(name)) {
        missing.set(name, tile);
      }
    }
    const read = missing.size === 0 ? [] : await this.proofs.findTiles(tx, issuerId, [...missing.values()]);
    for (const [name, hashes] of [...stored, ...read]) {
      nodes.set(name, nodes.get(name) ?? nodesOfTile(hashes));
    }
    return nodes;
  }

  private proofIn(batch: MemberBatch, issuerId: string, nodes: KnownNodes): ProofOfLeaf {
    const { id: batchId, root, size: batchSize, leafIndex, anchors } = batch;
    const proof = soundProof(batch, (position) => nodes.get(tileName({ ...position, issuerId, batchId })));
    // All of its tiles lead to the root, or there were no proof.
    for (const tile of tilesOf(batch, issuerId)) {
      this.cache.keep(tile, nodes.get(tileName(tile)) ?? []);
    }
    return { state: 'sealed', batchId, root, batchSize, leafIndex, proof, anchors };
  }
}

type KnownNodes = ReadonlyMap<string, TileNodes>;
type Needed = {
  readonly issuerId: string;
  readonly batches: readonly MemberBatch[];
  readonly stored: StoredTiles;
};

/** Nobody who asks for a proof can put it right: it is no error of theirs. */
function soundProof(
  { id, leafIndex: index, size, root }: MemberBatch,
  getTile: Parameters<typeof proofFromTiles>[1],
): Uint8Array[] {
  try {
    return proofFromTiles({ index, size, root }, getTile);
  } catch (error) {
    if (error instanceof NotInTree) {
      throw new Error(`Batch ${id}: ${error.message}. Run \`cli fsck\`, and \`cli reconcile\` to write the tiles anew`);
    }
    throw error;
  }
}

function tilesOf({ id: batchId, leafIndex, size }: MemberBatch, issuerId: string): TileReference[] {
  return tilesNeededFor(leafIndex, size).map((tile) => ({ ...tile, issuerId, batchId }));
}
