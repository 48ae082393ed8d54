import { Interface } from 'ethers';
import {
  attemptOf,
  senderOf,
  type Attempt,
  type Relayer,
  type StoreDirectory,
  type TransactionsRepository,
} from '../../anchoring/index.js';
import { to0x, type Clock } from '../../kernel/index.js';
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

/** What sending and settling revocations on one chain have in common: the chain, the stores' admin, its rows, what it signs. */
export class RevocationDesk {
  readonly admin: Relayer;
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
    const { key, chainId } = this.admin;
    const signed = signCall({ key, chainId, nonce, fees, to: storeAddress, data, gasLimit });
    return attemptOf(this.admin, signed, { nonce, attempt: 1, fees, createdAt: this.clock.now() });
  }
}
