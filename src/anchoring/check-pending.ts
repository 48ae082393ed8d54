import type { Clock } from '../kernel/index.js';
import { StoreNotFound } from '../platform/chain/index.js';
import type { Tx, UnitOfWork } from '../platform/database/index.js';
import type { Logger } from '../platform/observability/index.js';
import { SETBACKS } from './anchoring.errors.js';
import type { AnchorDesk } from './anchor-desk.js';
import type { OpenAnchor, Place } from './anchors.repository.js';
import { mapLimited } from './map-limited.js';
import type { Relayer } from './relayer.js';
import type { Mined, StoreRegister } from './store-register.js';

export type Publishable = OpenAnchor & { readonly store: string };

type Verdict =
  | { readonly kind: 'ready'; readonly anchor: Publishable }
  | { readonly kind: 'anchored'; readonly anchor: OpenAnchor; readonly place: Place }
  | { readonly kind: 'held-back'; readonly anchor: OpenAnchor; readonly reason: string }
  | { readonly kind: 'unclear' };

const QUESTIONS_AT_A_TIME = 16;

/** Asks the stores before anything is signed: what needs no transaction, and what none would help. */
export class CheckPending {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: AnchorDesk,
    private readonly register: StoreRegister,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Returns the anchors that a transaction is to carry. The others are dealt with:
   *
   * - The store holds the root already (the database is a backup, or an abandoned transaction was mined after all): the
   *   anchor moves to `anchored`, with the block that the store names. The transaction is named when the last one that was
   *   to carry the root lies in that block, and else left empty, for a proof binds to (chain, store, root) and to nothing else.
   * - There is no store, or it does not admit the relayer: a transaction would be paid for in vain. It stays pending,
   *   with the reason, and is looked at again later.
   */
  async execute(
    relayer: Relayer,
    anchors: readonly OpenAnchor[],
    stores: ReadonlyMap<string, string>,
  ): Promise<readonly Publishable[]> {
    const verdicts = await mapLimited(anchors, QUESTIONS_AT_A_TIME, (anchor) =>
      this.judge(relayer, anchor, stores.get(anchor.issuerId)),
    );
    await this.unitOfWork.run(async (tx) => {
      for (const verdict of verdicts) {
        await this.note(tx, relayer.chainId, verdict);
      }
    });
    return verdicts.filter((verdict) => verdict.kind === 'ready').map(({ anchor }) => anchor);
  }

  private async judge(relayer: Relayer, anchor: OpenAnchor, store: string | undefined): Promise<Verdict> {
    if (store === undefined) {
      return { kind: 'held-back', anchor, reason: SETBACKS.unknownStore };
    }
    try {
      return await this.askStore(relayer, { ...anchor, store });
    } catch (error) {
      if (error instanceof StoreNotFound) {
        return { kind: 'held-back', anchor, reason: error.code };
      }
      throw error;
    }
  }

  private async askStore(relayer: Relayer, anchor: Publishable): Promise<Verdict> {
    let finding = await this.register.find(anchor.store, anchor.root, null);
    if (finding.kind === 'absent') {
      return this.admits(relayer, anchor);
    }
    const mined = await this.lastMined(relayer.chainId, anchor);
    if (mined !== null) {
      finding = await this.register.find(anchor.store, anchor.root, mined);
    }
    return finding.kind === 'found' ? { kind: 'anchored', anchor, place: finding.place } : { kind: 'unclear' };
  }

  /** Stores were created with the first relayer; of the others each is asked, and what one of them may not carry waits. */
  private async admits(relayer: Relayer, anchor: Publishable): Promise<Verdict> {
    const isFirst = relayer === this.desk.relayers[0];
    if ((isFirst && !wasRefused(anchor)) || (await this.register.isRelayer(anchor.store, relayer.address))) {
      return { kind: 'ready', anchor };
    }
    return isFirst ? { kind: 'held-back', anchor, reason: SETBACKS.unauthorised } : { kind: 'unclear' };
  }

  private async lastMined(chainId: number, { sender, nonce }: OpenAnchor): Promise<Mined | null> {
    if (sender === null || nonce === null) {
      return null;
    }
    const attempts = await this.unitOfWork.run((tx) =>
      this.desk.transactions.findAttempts(tx, { chainId, sender }, [nonce]),
    );
    return this.register.findMined(attempts.map(({ hash }) => hash));
  }

  private async note(tx: Tx, chainId: number, verdict: Verdict): Promise<void> {
    const at = this.clock.now();
    if (verdict.kind === 'anchored') {
      await this.desk.anchors.moveToAnchored(tx, chainId, [verdict.anchor], verdict.place, at);
      this.logger.info('anchor.found', { batchId: verdict.anchor.batchId, block: verdict.place.blockNumber });
    }
    if (verdict.kind === 'held-back') {
      const { anchor, reason } = verdict;
      await this.desk.anchors.recordError(tx, chainId, [anchor], { reason, at });
      this.logger.warn('anchor.held-back', { batchId: anchor.batchId, issuerId: anchor.issuerId, reason });
    }
  }
}

function wasRefused({ lastError }: OpenAnchor): boolean {
  return lastError !== null && (lastError.startsWith(SETBACKS.skipped) || lastError === SETBACKS.unauthorised);
}
