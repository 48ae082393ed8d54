import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { type BytesLike, concat, HDNodeWallet, id, Interface, keccak256 } from 'ethers';
import { freePort } from '../../../scripts/embedded/free-port.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import {
  addressOf,
  ChainClient,
  documentStoreAbi,
  materialisedDocumentAbi,
  signCall,
  storeFactoryAbi,
  type TransactionReceipt,
} from '../../../src/platform/chain/index.js';

const ANVIL = 'node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil';
const PHRASE = 'test test test test test test test test test test test junk';

const factoryInterface = new Interface(storeFactoryAbi);
export const storeInterface = new Interface(documentStoreAbi);
const documentInterface = new Interface(materialisedDocumentAbi);
const interfaces = [factoryInterface, storeInterface, documentInterface];

/** A person with a key and, on every local chain, plenty of funds. */
export type Account = { readonly key: string; readonly address: string };

function accountAt(index: number): Account {
  const key = HDNodeWallet.fromPhrase(PHRASE, undefined, `m/44'/60'/0'/0/${index}`).privateKey;
  return { key, address: addressOf(key) };
}

export const [deployer, admin, relayer, stranger, otherAdmin, otherRelayer] = [0, 1, 2, 3, 4, 5].map(accountAt) as [
  Account,
  Account,
  Account,
  Account,
  Account,
  Account,
];

/** A call as `[function, arguments]`; the function's name is unique among our three contracts except for views. */
export type Call = { readonly to: string; readonly data: string };

export function factoryCall(factory: string, name: string, parameters: readonly unknown[]): Call {
  return { to: factory, data: factoryInterface.encodeFunctionData(name, parameters) };
}

export function storeCall(store: string, name: string, parameters: readonly unknown[] = []): Call {
  return { to: store, data: storeInterface.encodeFunctionData(name, parameters) };
}

/** An anvil of its own, on a free port, stopped by its process id. */
export class LocalChain {
  private constructor(
    readonly client: ChainClient,
    readonly rpcUrl: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(options: { chainId: number; arguments?: readonly string[] }): Promise<LocalChain> {
    const port = await freePort();
    const flags = ['--port', String(port), '--chain-id', String(options.chainId), '--silent'];
    const process = spawn(ANVIL, [...flags, ...(options.arguments ?? [])], { stdio: 'ignore' });
    const rpcUrl = `http://127.0.0.1:${port}`;
    const client = new ChainClient({ rpcUrls: [rpcUrl], chainId: options.chainId });
    const chain = new LocalChain(client, rpcUrl, process);
    await waitUntil('anvil answers', () => client.assertChainId().then(() => true), {
      hopeless: () => (process.exitCode === null ? null : `it ended with ${process.exitCode}`),
    });
    return chain;
  }

  stop(): void {
    this.client.close();
    this.process.kill('SIGKILL');
  }

  async rpc<Answer>(method: string, ...params: unknown[]): Promise<Answer> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(this.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return ((await response.json()) as { result: Answer }).result;
  }

  /** Sends a call and returns its receipt, whatever its status. */
  async send(from: Account, call: Call, gasLimit = 3_000_000n): Promise<TransactionReceipt> {
    const [nonce, fees] = await Promise.all([this.client.nonceOf(from.address), this.client.suggestedFees()]);
    const chainId = this.client.chainId;
    return this.publish(signCall({ key: from.key, chainId, nonce, fees, gasLimit, ...call }));
  }

  async publish(transaction: { raw: string; hash: string }): Promise<TransactionReceipt> {
    await this.client.broadcast(transaction.raw);
    for (;;) {
      const receipt = await this.client.receipt(transaction.hash);
      if (receipt !== null) {
        return receipt;
      }
      await pause(20);
    }
  }

  /** The name of the custom error with which a contract refuses the call, or `accepted`. Changes nothing. */
  async outcome(from: Account, call: Call): Promise<string> {
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'eth_call',
      params: [{ from: from.address, ...call }, 'latest'],
    });
    const response = await fetch(this.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { error?: { data?: string } };
    return answer.error === undefined ? 'accepted' : errorName(answer.error.data ?? '0x');
  }

  async viewStore(store: string, name: string, parameters: readonly unknown[] = []): Promise<unknown> {
    const answer = await this.client.call(store, storeInterface.encodeFunctionData(name, parameters));
    return storeInterface.decodeFunctionResult(name, answer)[0];
  }

  async viewDocument(document: string, name: string): Promise<unknown> {
    const answer = await this.client.call(document, documentInterface.encodeFunctionData(name));
    return documentInterface.decodeFunctionResult(name, answer)[0];
  }
}

export function errorName(data: string): string {
  if (data === '0x') {
    return 'no reason';
  }
  return (
    interfaces.map((known) => known.parseError(data)?.name).find((name) => name !== undefined) ?? `unknown ${data}`
  );
}

/** The names of the events in a receipt, in order. */
export function eventNames(receipt: TransactionReceipt): string[] {
  return receipt.logs.map((log) => interfaces.map((known) => known.parseLog(log)?.name).find(Boolean) ?? 'unknown');
}

/** A digest that no other text has. */
export const digest = (text: string): string => id(text);

export function pairHash(left: BytesLike, right: BytesLike): string {
  return keccak256(concat([left, right].map((hash) => hash.toString()).sort()));
}

/** The root that a proof leads to. */
function climb(entry: string, proof: readonly string[]): string {
  return proof.reduce(pairHash, entry);
}

/** A document in a batch of its own depth: the siblings are arbitrary, as they are in a real batch. */
export function sampleDocument(name: string, depth: number) {
  const [docId, leaf] = [digest(`${name} core`), digest(`${name} envelope`)];
  const proof = Array.from({ length: depth }, (_, level) => digest(`${name} sibling ${level}`));
  return { docId, leaf, proof, root: climb(pairHash(leaf, docId), proof) };
}
