import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { formatEther } from 'ethers';
import { anchorGasLimit, Chains, ChainUnreachable, type ConfiguredChain, WrongChain } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { cappedFees } from './fees.js';
import { ROOTS_PER_TRANSACTION } from './publish-roots.js';
import { relayersOf, senderOf } from './relayer.js';

/** Who looks at metrics waits no longer, however long a node is silent. */
const PATIENCE_MS = 2_000;

/** An account of ours that pays for transactions on one chain: relayers anchor, the admin revokes and deploys stores. */
export type GasAccount = {
  readonly chainId: number;
  readonly role: 'relayer' | 'admin';
  readonly address: string;
  /** In wei; null when the chain cannot be asked. */
  readonly balance: bigint | null;
  /** What a transaction as large as ours get may cost at today's price, in wei; null when the chain cannot be asked. */
  readonly needed: bigint | null;
};

/** What a chain answers about itself and those who pay there. */
export type ChainLook = {
  /** Whether a node serves another chain than the one that is configured; null when it cannot be asked. */
  readonly isWrong: boolean | null;
  readonly accounts: readonly GasAccount[];
};

/** Null when the chain cannot be asked. */
export function isShort({ balance, needed }: GasAccount): boolean | null {
  return balance === null || needed === null ? null : balance < needed;
}

/** What is there and what is to be done about it, for a person; null when nothing is. */
export function gasTodo(account: GasAccount): string | null {
  if (isShort(account) !== true) {
    return null;
  }
  const { chainId, address, role, balance, needed } = account;
  return (
    `Send gas money to the ${role}’s account ${address} on chain ${chainId}: it has ${formatEther(balance ?? 0n)}, and its ` +
    `next transaction may cost ${formatEther(needed ?? 0n)}. What waits goes out by itself then.`
  );
}

/** Whether those who pay can pay. Nodes take no transaction whose sender could not pay the highest price that it names. */
@Injectable()
export class GasAccounts {
  constructor(
    private readonly chains: Chains,
    private readonly settings: Settings,
  ) {}

  async all(): Promise<GasAccount[]> {
    return (await Promise.all(this.chains.all.map((chain) => this.look(chain)))).flatMap(({ accounts }) => accounts);
  }

  /** Asks the chain, and waits no longer than two seconds for it. */
  async look(chain: ConfiguredChain): Promise<ChainLook> {
    const senders = [
      ...relayersOf(this.settings, chain).map((relayer) => ({ ...relayer, role: 'relayer' as const })),
      { ...senderOf(chain, this.settings.chainAdminKey), role: 'admin' as const },
    ];
    const { chainId, client } = chain;
    const [isWrong, fees, ...balances] = await Promise.all([
      isWrongChain(chain),
      answered(client.suggestedFees()),
      ...senders.map(({ address }) => answered(client.balanceOf(address))),
    ]);
    const market = isWrong === false ? fees : null;
    const accounts = senders.map(({ role, address, feeCap }, index) => ({
      ...{ chainId, role, address },
      balance: market && (balances[index] ?? null),
      needed: market && anchorGasLimit(ROOTS_PER_TRANSACTION) * cappedFees(market, feeCap).maxFeePerGas,
    }));
    return { isWrong, accounts };
  }
}

async function isWrongChain({ client }: ConfiguredChain): Promise<boolean | null> {
  const isRight = client.assertChainId().then(
    () => true,
    (error: unknown) => {
      if (error instanceof WrongChain) {
        return false;
      }
      throw error;
    },
  );
  const answer = await answered(isRight);
  return answer === null ? null : !answer;
}

/** Null when the chain cannot be asked, or not soon. */
async function answered<Answer>(question: Promise<Answer>): Promise<Answer | null> {
  const enough = new AbortController();
  const late = pause(PATIENCE_MS, null, { signal: enough.signal, ref: false }).catch(() => null);
  try {
    return await Promise.race([question, late]);
  } catch (error) {
    if (error instanceof ChainUnreachable) {
      return null;
    }
    throw error;
  } finally {
    enough.abort();
  }
}
