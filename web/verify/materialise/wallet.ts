import { pause } from '../pause.js';

/** What a wallet offers to pages. Source: EIP-1193. */
export type Wallet = {
  request(question: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
};

export type NamedWallet = { readonly name: string; readonly wallet: Wallet };

type Announcement = { readonly info?: { readonly name?: unknown }; readonly provider?: Wallet };

/**
 * The wallets of this browser: those that answer when they are called (EIP-6963), or else the one that put itself into the
 * window. Nothing is asked of them.
 */
export function walletsHere(): readonly NamedWallet[] {
  const found: NamedWallet[] = [];
  const take = (event: Event): void => {
    const { info, provider } = (event as CustomEvent<Announcement | null>).detail ?? {};
    if (provider !== undefined && found.every(({ wallet }) => wallet !== provider)) {
      found.push({ name: typeof info?.name === 'string' ? info.name.slice(0, 40) : '', wallet: provider });
    }
  };
  addEventListener('eip6963:announceProvider', take);
  dispatchEvent(new Event('eip6963:requestProvider'));
  removeEventListener('eip6963:announceProvider', take);
  const { ethereum } = globalThis as { ethereum?: Wallet };
  return found.length > 0 || ethereum === undefined ? found : [{ name: '', wallet: ethereum }];
}

/** How far it is. */
export type Step = 'connecting' | 'switching' | 'signing' | 'waiting';

/**
 * `declined`: the visitor said no. `busy`: a question of before is still open in the wallet. `unknown-chain`: the wallet has to
 * be told of the chain first. `other-chain`: it stayed on another one. `reverted`: the chain took the transaction, and nothing
 * came of it. `silent`: sent, and no block has taken it for long. `not-seen`: taken, by the wallet's word, and the nodes asked do
 * not see it. `failed`: in its own words.
 */
export type Refusal =
  'declined' | 'busy' | 'no-account' | 'unknown-chain' | 'other-chain' | 'reverted' | 'silent' | 'not-seen' | 'failed';

export class WalletRefused extends Error {
  constructor(
    readonly why: Refusal,
    message = '',
  ) {
    super(message);
  }
}

export type Call = { readonly chainId: number; readonly to: string; readonly data: string };
export type Progress = {
  readonly tell: (step: Step, transaction?: string) => void;
  /** Whether somebody still looks at it. */
  readonly isWanted: () => boolean;
};

/** A quarter of an hour. */
const MOST_LOOKS = 600;
const BETWEEN_LOOKS_MS = 1_500;

/** Has the wallet send the call on its chain, and waits for the block. Throws `WalletRefused`, which says what to do. */
export async function sendWith(wallet: Wallet, call: Call, { tell, isWanted }: Progress): Promise<void> {
  tell('connecting');
  const accounts = await ask(wallet, 'eth_requestAccounts');
  const from: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (typeof from !== 'string') {
    throw new WalletRefused('no-account');
  }
  await moveTo(call.chainId, wallet, tell);
  tell('signing');
  const transaction = String(await ask(wallet, 'eth_sendTransaction', { from, to: call.to, data: call.data }));
  tell('waiting', transaction);
  await untilTaken(wallet, transaction, isWanted);
}

async function moveTo(chainId: number, wallet: Wallet, tell: Progress['tell']): Promise<void> {
  if (await isOn(chainId, wallet)) {
    return;
  }
  tell('switching');
  await ask(wallet, 'wallet_switchEthereumChain', { chainId: `0x${chainId.toString(16)}` });
  if (!(await isOn(chainId, wallet))) {
    throw new WalletRefused('other-chain');
  }
}

async function isOn(chainId: number, wallet: Wallet): Promise<boolean> {
  return Number(await ask(wallet, 'eth_chainId')) === chainId;
}

async function untilTaken(wallet: Wallet, transaction: string, isWanted: () => boolean): Promise<void> {
  for (let look = 0; look < MOST_LOOKS && isWanted(); look += 1) {
    const receipt = await receiptOf(transaction, wallet);
    if (receipt !== null) {
      if (Number(receipt.status) !== 1) {
        throw new WalletRefused('reverted');
      }
      return;
    }
    await pause(BETWEEN_LOOKS_MS);
  }
  throw new WalletRefused('silent');
}

/** Null while no block has it, and when the wallet cannot be asked at the moment: it is sent either way. */
async function receiptOf(transaction: string, wallet: Wallet): Promise<{ readonly status?: unknown } | null> {
  try {
    return (await ask(wallet, 'eth_getTransactionReceipt', transaction)) as { status?: unknown } | null;
  } catch {
    return null;
  }
}

/** Source: EIP-1193 (4001), EIP-3085 and what wallets make of it (4902), EIP-1474 and MetaMask (-32002). */
const REFUSALS: Readonly<Record<string, Refusal>> = { '4001': 'declined', '4902': 'unknown-chain', '-32002': 'busy' };

async function ask(wallet: Wallet, method: string, ...params: readonly unknown[]): Promise<unknown> {
  try {
    return await wallet.request({ method, params });
  } catch (error) {
    const { code, message, data } = error as {
      code?: unknown;
      message?: unknown;
      data?: { originalError?: { code?: unknown } };
    };
    const why = REFUSALS[String(code)] ?? REFUSALS[String(data?.originalError?.code)] ?? 'failed';
    throw new WalletRefused(why, typeof message === 'string' ? message.slice(0, 300) : '');
  }
}
