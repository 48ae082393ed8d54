import { Interface } from 'ethers';
import {
  senderOf,
  type Attempt,
  type Relayer,
  type StoreDirectory,
  type TransactionsRepository,
} from '../../anchoring/index.js';
import { fromHex, to0x, type Clock } from '../../kernel/index.js';
import { documentStoreAbi, signCall, type ConfiguredChain, type Fees } from '../../platform/chain/index.js';
import type { Settings } from '../../platform/config/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { Logger } from '../../platform/observability/index.js';
import type { RevocationRows } from './revocation-rows.js';
import type { RevocationKey, RevocationsRepository } from './revocations.repository.js';

const store = new Interface(documentStoreAbi);

/** 22,100 for the slot, 1,800 for the event, 512 for 32 bytes of calldata; the rest is room. */
const BASE_GAS = 60_000n;
const GAS_PER_REVOCATION = 35_000n;
const TRANSFER_GAS = 21_000n;

/** What sending and settling revocations on one chain have in common: the chain, the stores' admin, its rows, what it signs. */
export class RevocationDesk {
  readonly admin: Relayer;
  /** How often the chain is looked at. */
  readonly pollMs: number;

  readonly revocations: RevocationsRepository;
  readonly transactions: TransactionsRepository;

  constructor(
    readonly chain: ConfiguredChain,
    settings: Settings,
    rows: RevocationRows,
    private readonly directory: StoreDirectory,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.pollMs = settings.anchorPollMs;
    this.admin = senderOf(chain, settings.chainAdminKey);
    this.revocations = rows.revocations;
    this.transactions = rows.transactions;
  }

  storesOf(tx: Tx, issuerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.directory.storesOf(tx, [...new Set(issuerIds)]);
  }

  /** The stores hold these for good. Told once of each, after the commit. */
  async settle(tx: Tx, given: readonly RevocationKey[]): Promise<void> {
    const { chainId } = this.admin;
    const settled = await this.revocations.moveToRevoked(tx, given, chainId, this.clock.now());
    tx.afterCommit(() => {
      settled.forEach((revocation) => {
        this.logger.info('revocation.settled', { ...revocation, chainId });
      });
    });
  }

  async isAdminOf(storeAddress: string): Promise<boolean> {
    const answer = await this.chain.client.call(storeAddress, store.encodeFunctionData('admin', []));
    return store.decodeFunctionResult('admin', answer)[0] === this.admin.address;
  }

  /** Pure but for the time it is signed at. */
  signRevocations(storeAddress: string, leaves: readonly Uint8Array[], nonce: number, fees: Fees): Attempt {
    const data = store.encodeFunctionData('revokeMany', [leaves.map(to0x)]);
    const gasLimit = BASE_GAS + GAS_PER_REVOCATION * BigInt(leaves.length);
    return this.sign({ to: storeAddress, data, gasLimit }, { nonce, attempt: 1, fees });
  }

  /** A transfer of nothing, so that the nonces behind this one can be taken. */
  signFiller(nonce: number, fees: Fees): Attempt {
    return this.sign({ to: this.admin.address, data: '0x', gasLimit: TRANSFER_GAS }, { nonce, attempt: 1, fees });
  }

  sign(
    call: { readonly to: string; readonly data: string; readonly gasLimit: bigint },
    { nonce, attempt, fees }: { nonce: number; attempt: number; fees: Fees },
  ): Attempt {
    const { key, chainId, sender } = this.admin;
    const { raw, hash } = signCall({ key, chainId, nonce, fees, ...call });
    const createdAt = this.clock.now();
    return { chainId, sender, nonce, attempt, hash, raw: fromHex(raw), fees, createdAt, broadcastAt: null };
  }
}
