import { addressOf } from '../../src/platform/chain/index.js';

type Rpc = (method: string, ...parameters: readonly unknown[]) => Promise<unknown>;

const TEN_THOUSAND_ETHER = '0x21e19e0c9bab2400000';

export function rpcTo(url: string): Rpc {
  return async (method, ...params) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error !== undefined) {
      throw new Error(`${method}: ${error.message}`);
    }
    return result;
  };
}

/**
 * Gives the keys gas money where the chain is a development chain. On any other chain somebody has to pay: throws a
 * sentence that says whom.
 */
export async function fundKeys(url: string, keys: readonly string[]): Promise<void> {
  const rpc = rpcTo(url);
  const poor: string[] = [];
  for (const address of keys.map((key) => addressOf(key))) {
    if (BigInt((await rpc('eth_getBalance', address, 'latest')) as string) === 0n) {
      poor.push(address);
    }
  }
  for (const address of poor) {
    await rpc('anvil_setBalance', address, TEN_THOUSAND_ETHER).catch(() => {
      throw new Error(`This chain gives nothing away. Send gas money to ${poor.join(' and ')}, then start again.`);
    });
  }
}
