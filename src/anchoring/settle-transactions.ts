import { type Clock, to0x } from '../kernel/index.js';
import { factoryAddress, type SkippedAnchor, skippedAnchors, StoreNotFound } from '../platform/chain/index.js';
import type { Tx, UnitOfWork } from '../platform/database/index.js';
import type { Logger } from '../platform/observability/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import { SETBACKS } from './anchoring.errors.js';
import type { AnchoringMetrics } from './anchoring.metrics.js';
import type { Carrier, OpenAnchor } from './anchors.repository.js';
import { mapLimited } from './map-limited.js';
import type { Finding, Mined, StoreRegister } from './store-register.js';
import type { Attempt } from './transactions.repository.js';

const NONCES_AT_A_TIME = 20;
const QUESTIONS_AT_A_TIME = 16;

/** A node behind a load balancer may lag: only after this long is a nonce believed to be a stranger's, or a root left out. */
const BELIEVED_AFTER_MS = 30_000;

type Settled = { readonly anchor: OpenAnchor; readonly finding: Finding };

/** Step 6 of 8 — docs/WALKTHROUGH.md. Finds out what became of the transactions that the chain has decided about. */
export class SettleTransactions {
  /** Since when a nonce is taken by what does not explain what became of its roots. */
  private readonly unexplainedSince = new Map<string, number>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly register: StoreRegister,
    private readonly desk: AnchorDesk,
    private readonly metrics: AnchoringMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Settles the submitted anchors whose nonces are below `mined`, the number of the sender's transactions in blocks.
   *
   * An anchor MUST become `anchored` only when its store holds the root. A reverted transaction, or one that left the root
   * out, sends it back to `pending` with the reason, never forward. Every write names the state and the nonce it was
   * read in, so doing this in two processes, or again after a crash, changes nothing.
   */
  async execute({ chainId, sender }: Omit<Carrier, 'nonce'>, mined: number): Promise<void> {
    const { anchors, transactions } = this.desk;
    const upTo = { chainId, sender, nonce: mined };
    const { pending, stores } = await this.desk.withStores((tx) =>
      anchors.findSubmittedBelow(tx, upTo, NONCES_AT_A_TIME),
    );
    const nonces = [...new Set(pending.map(({ nonce }) => nonce ?? -1))];
    const attempts = await this.unitOfWork.run((tx) => transactions.findAttempts(tx, upTo, nonces));
    for (const nonce of nonces) {
      const own = attempts.filter((attempt) => attempt.nonce === nonce);
      const carried = pending.filter((anchor) => anchor.nonce === nonce);
      await this.settle({ chainId, sender, nonce }, own, { carried, stores });
    }
  }

  private async settle(
    carrier: Carrier,
    attempts: readonly Attempt[],
    { carried, stores }: { carried: readonly OpenAnchor[]; stores: ReadonlyMap<string, string> },
  ): Promise<void> {
    const mined = await this.register.findMined(attempts.map(({ hash }) => hash));
    const settled = await mapLimited(carried, QUESTIONS_AT_A_TIME, async (anchor) => ({
      anchor,
      finding: await this.find(stores.get(anchor.issuerId), anchor, mined),
    }));
    if (this.mayLag(carrier, settled, mined)) {
      return;
    }
    await this.unitOfWork.run((tx) => this.write(tx, carrier, { settled, mined }));
    this.report(carrier, mined, settled);
  }

  private async find(store: string | undefined, anchor: OpenAnchor, mined: Mined | null): Promise<Finding> {
    if (store === undefined) {
      return { kind: 'absent' };
    }
    try {
      return await this.register.find(store, anchor.root, mined);
    } catch (error) {
      if (error instanceof StoreNotFound) {
        return { kind: 'absent' };
      }
      throw error;
    }
  }

  private async write(
    tx: Tx,
    carrier: Carrier,
    { settled, mined }: { settled: readonly Settled[]; mined: Mined | null },
  ): Promise<void> {
    const { anchors, transactions } = this.desk;
    const at = this.clock.now();
    const state = mined?.receipt.status === 'reverted' ? 'reverted' : 'mined';
    await transactions.markTaken(tx, carrier, mined && { hash: mined.receipt.hash, state });
    for (const { anchor, finding } of settled) {
      if (finding.kind === 'found') {
        await anchors.moveToAnchored(tx, carrier.chainId, [anchor], finding.place, at);
      }
      if (finding.kind === 'absent') {
        await anchors.moveBackToPending(tx, [anchor], carrier, { reason: reasonFor(anchor, mined), at });
      }
    }
  }

  private report(carrier: Carrier, mined: Mined | null, settled: readonly Settled[]): void {
    const { chainId, nonce } = carrier;
    const roots = settled.length;
    const anchored = settled.filter(({ finding }) => finding.kind === 'found').length;
    const outcome = mined === null ? 'nonce-taken' : mined.receipt.status;
    const fields = { chainId, nonce, outcome, roots, anchored, block: mined?.block.number, hash: mined?.receipt.hash };
    if (anchored === roots) {
      this.logger.info('anchor.settled', fields);
    } else {
      this.logger.error('anchor.not-anchored', fields);
    }
    this.metrics.countTransaction(chainId, outcome, mined?.receipt.gasUsed ?? 0n);
  }

  /**
   * Whether what is missing may be there already: of several nodes behind one URL, one knows that the nonce is taken and
   * another neither by what nor what it did. Believed only when this process has seen the same for some time.
   */
  private mayLag({ sender, nonce }: Carrier, settled: readonly Settled[], mined: Mined | null): boolean {
    const key = `${Buffer.from(sender).toString('hex')}/${nonce}`;
    const isUnexplained = ({ anchor, finding }: Settled): boolean =>
      finding.kind === 'absent' && mined?.receipt.status !== 'reverted' && skipOf(anchor, mined) === undefined;
    if (mined !== null && !settled.some(isUnexplained)) {
      this.unexplainedSince.delete(key);
      return false;
    }
    const now = this.clock.now().getTime();
    const since = this.unexplainedSince.get(key) ?? now;
    const isOld = now - since >= BELIEVED_AFTER_MS;
    if (isOld) {
      this.unexplainedSince.delete(key);
    } else {
      this.unexplainedSince.set(key, since);
    }
    return !isOld;
  }
}

function reasonFor(anchor: OpenAnchor, mined: Mined | null): string {
  if (mined === null) {
    return SETBACKS.nonceTaken;
  }
  if (mined.receipt.status === 'reverted') {
    return SETBACKS.reverted;
  }
  return `${SETBACKS.skipped}: ${skipOf(anchor, mined)?.reason ?? 'no reason was given'}`;
}

function skipOf({ root }: OpenAnchor, mined: Mined | null): SkippedAnchor | undefined {
  const skipped = mined === null ? [] : skippedAnchors(factoryAddress(), mined.receipt.logs);
  return skipped.find((entry) => entry.root === to0x(root));
}
