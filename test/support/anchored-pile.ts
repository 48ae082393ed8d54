import { randomBytes } from 'node:crypto';
import { Contract, JsonRpcProvider, Wallet } from 'ethers';
import { ChainClient, createStore, deployContracts, documentStoreAbi } from '../../src/platform/chain/index.js';
import { DocumentPile, type PileDocument, type PileIssuer } from './document-pile.js';
import { testAuthority, testKey, type TestAuthority } from './signing.js';

/** The chain that tests run against. */
export type TestChain = { readonly rpcUrl: string; readonly chainId: number };

export const PILE_ISSUER = { name: '深圳市听涛文化传播有限公司', domain: 'issuer.example.com' };

/** An issuer with a store on a real chain, and a signing certificate of an authority of its own. */
export class AnchoringIssuer {
  private next = 1;

  private constructor(
    readonly issuer: PileIssuer,
    readonly authority: TestAuthority,
    private readonly wallet: Wallet,
  ) {}

  static async on({ rpcUrl, chainId }: TestChain): Promise<AnchoringIssuer> {
    const provider = new JsonRpcProvider(rpcUrl, chainId, {
      staticNetwork: true,
      cacheTimeout: -1,
      pollingInterval: 50,
    });
    const wallet = new Wallet(`0x${randomBytes(32).toString('hex')}`, provider);
    await provider.send('anvil_setBalance', [wallet.address, '0xde0b6b3a7640000']);
    const client = new ChainClient({ rpcUrls: [rpcUrl], chainId });
    await deployContracts(client, wallet.privateKey);
    const roles = { admin: wallet.address, relayer: wallet.address, issuerKey: randomBytes(32) };
    const store = await createStore(client, wallet.privateKey, roles);
    const authority = await testAuthority();
    return new AnchoringIssuer({ ...PILE_ISSUER, store, chainId, key: await testKey(authority) }, authority, wallet);
  }

  /** Invoices in one batch, anchored now. */
  async pile(count: number): Promise<PileDocument[]> {
    const pile = await DocumentPile.of(count, this.issuer, this.next);
    this.next += count;
    const { hash, blockNumber, blockHash } = await this.call('anchor', pile.root, count);
    const block = await this.wallet.provider?.getBlock(blockNumber);
    const blockTime = new Date((block?.timestamp ?? 0) * 1_000).toISOString();
    return pile.anchoredAt({ transactionHash: hash, blockNumber, blockHash, blockTime });
  }

  async revoke(hash: string): Promise<void> {
    await this.call('revoke', hash);
  }

  close(): void {
    (this.wallet.provider as JsonRpcProvider).destroy();
  }

  private async call(method: 'anchor' | 'revoke', ...parameters: unknown[]): Promise<Receipt> {
    const contract = new Contract(this.issuer.store, documentStoreAbi, this.wallet);
    const sent = (await contract.getFunction(method)(...parameters)) as { wait(): Promise<Receipt> };
    return sent.wait();
  }
}

type Receipt = { readonly hash: string; readonly blockNumber: number; readonly blockHash: string };
