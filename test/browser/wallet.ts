import type { Page } from 'playwright-core';
import { rpcTo } from '../../scripts/launch/chain-keys.js';

type Question = { readonly method: string; readonly params: readonly unknown[] };
type Answer = { readonly result?: unknown; readonly error?: { readonly code: number; readonly message: string } };

const DECLINED = { code: 4001, message: 'User rejected the request.' };
const UNKNOWN_CHAIN = { code: 4902, message: 'Unrecognized chain ID.' };

/** A wallet whose account is one that the test chain signs for. It is put into pages as the wallets of browsers are. */
export class TestWallet {
  readonly asked: Question[] = [];
  /** The chain that it is on, hex. */
  chain = '0x1';
  /** Chains that it can switch to. */
  knows: readonly string[] = [];
  declines = false;

  constructor(private readonly rpcUrl: string) {}

  /** Data of the transactions that it was asked to send. */
  get sent(): Readonly<Record<string, string>>[] {
    return this.asked
      .filter(({ method }) => method === 'eth_sendTransaction')
      .map(({ params }) => params[0] as Record<string, string>);
  }

  /** `name`: announced as EIP-6963 wants it; without, it is `window.ethereum`. */
  async putInto(page: Page, name?: string): Promise<void> {
    await page.exposeFunction('askTestWallet', (question: Question) => this.answer(question));
    await page.addInitScript(`{
      const provider = {
        async request({ method, params = [] }) {
          const { result, error } = await window.askTestWallet({ method, params });
          if (error) { throw Object.assign(new Error(error.message), { code: error.code }); }
          return result;
        },
      };
      const name = ${JSON.stringify(name ?? null)};
      if (name === null) { window.ethereum = provider; }
      else {
        const detail = Object.freeze({ info: Object.freeze({ uuid: '1', name, icon: '', rdns: 'test' }), provider });
        addEventListener('eip6963:requestProvider', () => dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail })));
      }
    }`);
  }

  private async answer(question: Question): Promise<Answer> {
    this.asked.push(question);
    const { method, params } = question;
    const ask = rpcTo(this.rpcUrl);
    switch (method) {
      case 'eth_requestAccounts':
        return this.declines ? { error: DECLINED } : { result: await ask('eth_accounts') };
      case 'eth_chainId':
        return { result: this.chain };
      case 'wallet_switchEthereumChain':
        return this.switchTo((params[0] as { chainId: string }).chainId);
      case 'eth_sendTransaction':
      case 'eth_getTransactionReceipt':
        return { result: await ask(method, ...params) };
      default:
        return { error: { code: 4200, message: `Not supported: ${method}` } };
    }
  }

  private switchTo(chain: string): Answer {
    if (!this.knows.includes(chain)) {
      return { error: UNKNOWN_CHAIN };
    }
    this.chain = chain;
    return { result: null };
  }
}
