import { Injectable } from '@nestjs/common';
import { to0x } from '../kernel/index.js';
import { type AnchorPlace, AnchorRepairs, didAnchor, StoreDirectory } from '../anchoring/index.js';
import { type ChainClient, type ConfiguredChain, findAnchoringBlock } from '../platform/chain/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { AnchorsUnderAudit } from './anchors-under-audit.repository.js';
import { StoreArchive } from './store-archive.js';

type Place = Parameters<AnchorRepairs['moveTo']>[2];

/** Where the chain holds the root of a batch. */
@Injectable()
export class LocateRoot {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly anchors: AnchorsUnderAudit,
    private readonly repairs: AnchorRepairs,
    private readonly directory: StoreDirectory,
  ) {}

  /**
   * Null when the store does not hold the root, or the chain is changing under our eyes. The transaction is named when it is one of
   * ours, and else left empty: a proof binds to the store's record and to nothing else.
   */
  async execute({ client }: ConfiguredChain, at: AnchorPlace): Promise<Place | null> {
    const { anchor, store, attempts } = await this.unitOfWork.run(async (tx) => ({
      anchor: await this.anchors.find(tx, at),
      store: (await this.directory.storesOf(tx, [at.issuerId])).get(at.issuerId),
      attempts: await this.repairs.attemptsOf(tx, at),
    }));
    if (anchor === null || store === undefined) {
      return null;
    }
    const record = await new StoreArchive(client, store).recordOf(anchor.root);
    const block = record && (await findAnchoringBlock(client, { store, root: to0x(anchor.root) }, record));
    if (block === null) {
      return null;
    }
    return {
      ...(await carrierOf({ store, root: to0x(anchor.root) }, client, attempts)),
      blockNumber: block.number,
      blockHash: block.hash,
      blockTime: new Date(block.timestamp * 1_000),
    };
  }
}

async function carrierOf(
  { store, root }: { readonly store: string; readonly root: string },
  client: ChainClient,
  attempts: readonly string[],
): Promise<Pick<Place, 'transactionHash' | 'gasUsed'>> {
  const receipts = await Promise.all(attempts.map((hash) => client.receipt(hash)));
  const carrier = receipts.find((receipt) => receipt !== null && didAnchor(receipt, store, root));
  return { transactionHash: carrier?.hash ?? null, gasUsed: carrier?.gasUsed ?? null };
}
