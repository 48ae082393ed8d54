import { Injectable } from '@nestjs/common';
import { Clock, fromHex } from '../kernel/index.js';
import type { Fees, SignedTransaction } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { type Tx, UnitOfWork } from '../platform/database/index.js';
import { AnchorsRepository, type OpenAnchor } from './anchors.repository.js';
import { type Relayer, relayerOf } from './relayer.js';
import { StoreDirectory } from './store-directory.js';
import { type Attempt, TransactionsRepository } from './transactions.repository.js';

/** What publishing and confirming have in common: the relayer, its rows, and whose store is where. */
@Injectable()
export class AnchorDesk {
  readonly relayer: Relayer;

  constructor(
    settings: Settings,
    readonly anchors: AnchorsRepository,
    readonly transactions: TransactionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: StoreDirectory,
    private readonly clock: Clock,
  ) {
    this.relayer = relayerOf(settings);
  }

  /** Anchors with the stores of their issuers, as of one moment. */
  withStores(
    find: (tx: Tx) => Promise<OpenAnchor[]>,
  ): Promise<{ pending: OpenAnchor[]; stores: ReadonlyMap<string, string> }> {
    return this.unitOfWork.run(async (tx) => {
      const pending = await find(tx);
      const issuerIds = [...new Set(pending.map(({ issuerId }) => issuerId))];
      return { pending, stores: issuerIds.length === 0 ? new Map() : await this.directory.storesOf(tx, issuerIds) };
    });
  }

  attemptOf(
    signed: SignedTransaction,
    { nonce, attempt, fees }: { nonce: number; attempt: number; fees: Fees },
  ): Attempt {
    const { chainId, sender } = this.relayer;
    const { hash, raw } = signed;
    const createdAt = this.clock.now();
    return { chainId, sender, nonce, attempt, hash, raw: fromHex(raw), fees, createdAt, broadcastAt: null };
  }

  /** Notes on all pending anchors, but not over what is known better of one, why they do not move. */
  async notePending(reason: string): Promise<void> {
    const at = this.clock.now();
    await this.unitOfWork.run((tx) => this.anchors.recordErrorOfPending(tx, this.relayer.chainId, { reason, at }));
  }
}
