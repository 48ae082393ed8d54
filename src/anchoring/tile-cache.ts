import type { TileNodes, TilePosition } from '../proof/index.js';

/** A tile of one batch of one issuer. */
export type TileReference = TilePosition & { readonly issuerId: string; readonly batchId: string };

/** Full tiles take 16 kB with all levels between: 4 MB at most. The upper tiles of a million leaves are seventeen. */
const TILES_KEPT = 256;

/**
 * Tiles that proofs were cut from lately, hashed. A batch never changes, so they are right for ever; what was not used for
 * longest makes room.
 *
 * Who may see a leaf's place is decided by the database each time: MUST be asked only for batches that the same transaction
 * was shown. MUST hold only tiles that lead to their batch's root.
 */
export class TileCache {
  private readonly tiles = new Map<string, TileNodes>();

  get(tile: TileReference): TileNodes | undefined {
    return this.tiles.get(tileName(tile));
  }

  /** Also says that a tile it has is in use. */
  keep(tile: TileReference, nodes: TileNodes): void {
    const name = tileName(tile);
    this.tiles.delete(name);
    this.tiles.set(name, nodes);
    for (const oldest of this.tiles.keys()) {
      if (this.tiles.size <= TILES_KEPT) {
        return;
      }
      this.tiles.delete(oldest);
    }
  }
}

/** One name for a tile, to look it up by. */
export function tileName({ issuerId, batchId, level, index }: TileReference): string {
  return `${issuerId}/${batchId}/${level}/${index}`;
}
