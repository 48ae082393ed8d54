import { cappedFees, outcomeOf, type Attempt, type BroadcastOutcome } from '../../anchoring/index.js';
import type { Clock } from '../../kernel/index.js';
import { StoreNotFound, TransactionRefused, type BroadcastResult, type Fees } from '../../platform/chain/index.js';
import type { Tx, UnitOfWork } from '../../platform/database/index.js';
import type { Logger } from '../../platform/observability/index.js';
import type { OpenRevocation } from './revocations.repository.js';
import type { RevocationDesk } from './revocation-desk.js';
import type { RevocationRegister, Standing } from './revocation-register.js';

const REVOCATIONS_PER_TRANSACTION = 100;
/** Nodes queue few transactions of one account; beyond this, revocations wait and travel together. */
const MOST_UNDER_WAY = 8;
/** What no transaction would help is left alone for so long. */
export const REST_MS = 60_000;

type Ready = { readonly store: string; readonly revocations: readonly OpenRevocation[] };

/** Signs what is pending, and sends it. */
export class SendRevocations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: RevocationDesk,
    private readonly register: RevocationRegister,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Sends the revocations of one issuer; false when none is due.
   *
   * A transaction MUST be stored, and its revocations `submitted`, in one commit before it is broadcast: what crashes
   * before it has done nothing, what crashes after it is sent again by `SettleRevocations`, byte for byte the same.
   * Nonces are given out under the sender's row lock, which is never held while the chain is asked.
   */
  async execute(): Promise<boolean> {
    const { admin, revocations } = this.desk;
    const triedBefore = new Date(this.clock.now().getTime() - REST_MS);
    const { due, stores } = await this.unitOfWork.run(async (tx) => {
      const due = await revocations.findDue(tx, admin.chainId, triedBefore, REVOCATIONS_PER_TRANSACTION);
      return {
        due,
        stores: await this.desk.storesOf(
          tx,
          due.map(({ issuerId }) => issuerId),
        ),
      };
    });
    const store = stores.get(due[0]?.issuerId ?? '');
    if (store === undefined) {
      return false;
    }
    const ready = await this.check(store, due);
    if (ready.length === 0) {
      return true;
    }
    const [mined, fees] = await Promise.all([
      this.desk.chain.client.nonceOf(admin.address),
      this.desk.chain.client.suggestedFees(),
    ]);
    const attempt = await this.unitOfWork.run((tx) => this.store(tx, { store, revocations: ready }, { mined, fees }));
    if (attempt === null) {
      return false;
    }
    await this.broadcast(attempt);
    return true;
  }

  /** Sends bytes that are stored. Throws `ChainUnreachable`; a refusal is told, and tried again later. */
  async broadcast(attempt: Attempt): Promise<BroadcastOutcome> {
    const said = await this.trySending(attempt);
    await this.unitOfWork.run((tx) => this.desk.transactions.markBroadcast(tx, attempt, this.clock.now()));
    return outcomeOf(said);
  }

  private async trySending(attempt: Attempt): Promise<BroadcastResult | TransactionRefused> {
    const { nonce, hash } = attempt;
    try {
      const result = await this.desk.chain.client.broadcast(attempt.raw);
      this.logger.info('revocation.broadcast', { nonce, attempt: attempt.attempt, hash });
      return result;
    } catch (error) {
      if (!(error instanceof TransactionRefused)) {
        throw error;
      }
      this.logger.warn('revocation.refused', { nonce, attempt: attempt.attempt, reason: error.reason });
      return error;
    }
  }

  /** Asks the store what needs no transaction, and whether one would help. */
  private async check(store: string, due: readonly OpenRevocation[]): Promise<OpenRevocation[]> {
    const setback = await this.setbackOf(store);
    if (setback !== null) {
      this.logger.error('revocation.held-back', { store, reason: setback });
      await this.unitOfWork.run((tx) => this.rest(tx, due, setback));
      return [];
    }
    const standings = await this.register.standingsOf(
      store,
      due.map(({ leaf }) => leaf),
    );
    const standing = (wanted: Standing): OpenRevocation[] => due.filter((_, index) => standings[index] === wanted);
    await this.unitOfWork.run(async (tx) => {
      await this.desk.settle(tx, standing('held-for-good'));
      await this.rest(tx, standing('held'), 'revocation.not-deep-yet');
    });
    return standing('absent');
  }

  private rest(tx: Tx, revocations: readonly OpenRevocation[], reason: string): Promise<void> {
    const failure = { reason, at: this.clock.now() };
    return this.desk.revocations.recordSetback(tx, revocations, this.desk.admin.chainId, failure);
  }

  private async setbackOf(store: string): Promise<string | null> {
    try {
      return (await this.desk.isAdminOf(store)) ? null : 'revocation.not-admin';
    } catch (error) {
      if (error instanceof StoreNotFound) {
        return error.code;
      }
      throw error;
    }
  }

  /** MUST touch nothing but the database. */
  private async store(
    tx: Tx,
    { store, revocations }: Ready,
    { mined, fees }: { mined: number; fees: Fees },
  ): Promise<Attempt | null> {
    const { admin, transactions } = this.desk;
    const nonce = Math.max(await transactions.lockSender(tx, admin), mined);
    const held = await this.desk.revocations.lockPending(tx, admin.chainId, revocations);
    if (held.length === 0 || nonce - mined >= MOST_UNDER_WAY) {
      return null;
    }
    const leaves = held.map(({ leaf }) => leaf);
    const attempt = this.desk.signRevocations(store, leaves, nonce, cappedFees(fees, admin.feeCap));
    if (!(await transactions.insertAttempt(tx, attempt))) {
      throw new Error(`Nonce ${nonce} has bytes already, though it was never given out`);
    }
    await transactions.setNextNonce(tx, { ...attempt, nonce: nonce + 1 });
    await this.desk.revocations.moveToSubmitted(tx, held, attempt);
    return attempt;
  }
}
