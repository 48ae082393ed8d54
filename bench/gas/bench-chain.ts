import { setTimeout as pause } from 'node:timers/promises';
import { getCreateAddress, HDNodeWallet, Interface, SigningKey, Transaction } from 'ethers';
import { startAnvil, type RunningAnvil } from '../../scripts/embedded/anvil.js';
import { addressOf, ChainClient, signCall, type TransactionReceipt } from '../../src/platform/chain/index.js';
import type { Compiled } from './baselines.js';

export type Account = { readonly key: string; readonly address: string };

const MNEMONIC = 'test test test test test test test test test test test junk';
const CHAIN_ID = 31_399;
const GAS_LIMIT = 12_000_000n;

function accountAt(index: number): Account {
  const key = HDNodeWallet.fromPhrase(MNEMONIC, undefined, `m/44'/60'/0'/0/${index}`).privateKey;
  return { key, address: addressOf(key) };
}

export const deployer = accountAt(0);
export const admin = accountAt(1);
export const relayer = accountAt(2);

/** An anvil of the bench's own, each of whose transactions is looked up in its block. */
export class BenchChain {
  readonly client: ChainClient;

  private constructor(private readonly anvil: RunningAnvil) {
    this.client = new ChainClient({ rpcUrls: [anvil.url], chainId: anvil.chainId });
  }

  static async start(): Promise<BenchChain> {
    return new BenchChain(await startAnvil({ chainId: CHAIN_ID, mnemonic: MNEMONIC }));
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.anvil.stop();
  }

  /** Creates a contract; answers its address. */
  async deploy({ abi, bytecode }: Compiled, parameters: readonly unknown[]): Promise<string> {
    const nonce = await this.client.nonceOf(deployer.address);
    const code = `${bytecode}${new Interface(abi).encodeDeploy(parameters).slice(2)}`;
    const fees = await this.client.suggestedFees();
    const creation = Transaction.from({ type: 2, chainId: CHAIN_ID, nonce, data: code, gasLimit: GAS_LIMIT, ...fees });
    creation.signature = new SigningKey(deployer.key).sign(creation.unsignedHash);
    await this.mined(creation.serialized, creation.hash ?? '');
    return getCreateAddress({ from: deployer.address, nonce });
  }

  /** Sends a call that MUST succeed; answers what it cost. */
  async gasOf(from: Account, to: string, data: string): Promise<number> {
    const [nonce, fees] = await Promise.all([this.client.nonceOf(from.address), this.client.suggestedFees()]);
    const call = signCall({ key: from.key, chainId: CHAIN_ID, nonce, fees, to, data, gasLimit: GAS_LIMIT });
    return Number((await this.mined(call.raw, call.hash)).gasUsed);
  }

  private async mined(raw: string, hash: string): Promise<TransactionReceipt> {
    await this.client.broadcast(raw);
    for (let look = 0; look < 100; look += 1) {
      const receipt = await this.client.receipt(hash);
      if (receipt?.status === 'succeeded') {
        return receipt;
      }
      if (receipt !== null) {
        throw new Error(`The chain reverted ${hash}`);
      }
      await pause(20);
    }
    throw new Error(`No block takes ${hash}`);
  }
}
