import { materialisedLeaf } from '../../../src/proof/index.js';
import { append, copyLine, el, icon, type Piece } from '../dom.js';
import { nodesToAsk } from '../examination.js';
import type { Found } from '../found.js';
import { pause } from '../pause.js';
import type { Page } from '../settings.js';
import { wordsIn, type Words } from '../words.js';
import { callData, castCommand, materialisationOf, type Materialisation } from './materialisation.js';
import { sendWith, walletsHere, WalletRefused, type NamedWallet } from './wallet.js';

/** What the card works with. */
type Desk = {
  readonly page: Page;
  readonly words: Words['materialise'];
  readonly what: Materialisation;
  /** What the contract at the document's address says that its leaf is, by the nodes of the visitor's choice; null without one. */
  readonly leafThere: () => Promise<string | null>;
  readonly card: HTMLElement;
};

/**
 * Offers to give a valid document a contract of its own, with a wallet of the browser or as a command; where it has one, says
 * so. Empty for what is not valid, and where the chain does not say.
 */
export function materialiseCard(found: Found, page: Page): HTMLElement {
  const card = el('section', { class: 'card materialise', hidden: true, 'aria-labelledby': 'materialise-title' });
  const what = materialisationOf(found.examination);
  const chain = found.chains(`eip155:${String(what?.chainId)}`);
  if (what !== null && chain !== undefined) {
    const desk = { page, words: wordsIn(page.language).materialise, what, card };
    void begin({ ...desk, leafThere: () => materialisedLeaf(chain, what.address) });
  }
  return card;
}

async function begin(desk: Desk): Promise<void> {
  try {
    const leaf = await desk.leafThere();
    show(desk, leaf === null ? offerView(desk) : thereView(leaf, desk));
  } catch {
    // The nodes do not say: there is nothing to offer.
  }
}

function show({ card, words }: Desk, ...pieces: readonly Piece[]): void {
  card.replaceChildren();
  append(card, [el('h3', { id: 'materialise-title', tabindex: '-1' }, words.title), pieces]);
  card.hidden = false;
}

/** Whoever can anchor in the store can be first at a printed address with a leaf of his own: see `IDocumentStore.materialise`. */
function thereView(leaf: string, { words, what, card }: Desk): Piece {
  const isOurs = leaf === what.leaf;
  card.dataset['state'] = isOurs ? 'materialised' : 'foreign';
  return el(
    'div',
    { class: `said ${isOurs ? 'valid' : 'not-valid'}` },
    icon(isOurs ? 'check' : 'cross'),
    el(
      'div',
      {},
      el('p', {}, isOurs ? words.done : words.foreign),
      el('p', { class: 'mono' }, what.address),
      el('p', { class: 'note' }, isOurs ? words.doneExplained : words.foreignExplained),
    ),
  );
}

function offerView(desk: Desk): Piece {
  const { words, card, what } = desk;
  card.dataset['state'] = 'offered';
  const said = el('div', { role: 'status', 'aria-live': 'polite' });
  const wallets = walletsHere();
  const chain = chainOf(desk);
  const chainName = [chain?.name ?? '', `eip155:${what.chainId}`].filter((part) => part !== '').join(', ');
  return [
    el('p', {}, words.explained),
    el('p', { class: 'note' }, words.cost(chainName)),
    wallets.length === 0 ? el('p', { class: 'note' }, words.noWallet) : null,
    el(
      'div',
      { class: 'actions' },
      wallets.map((wallet) => walletButton(wallet, desk, said)),
    ),
    said,
    commandView(desk),
  ];
}

function walletButton({ name, wallet }: NamedWallet, desk: Desk, said: HTMLElement): HTMLElement {
  const { words } = desk;
  const button = el('button', { type: 'button', class: 'quiet' }, words.withWallet(name)) as HTMLButtonElement;
  button.addEventListener('click', () => {
    const buttons = [...desk.card.querySelectorAll<HTMLButtonElement>('.actions > button')];
    const hold = (isHeld: boolean): void => {
      buttons.forEach((each) => {
        each.disabled = isHeld;
      });
    };
    hold(true);
    void carryOut({ name, wallet }, desk, said).finally(() => {
      hold(false);
    });
  });
  return button;
}

async function carryOut({ wallet }: NamedWallet, desk: Desk, said: HTMLElement): Promise<void> {
  const { words, what, card } = desk;
  const call = { chainId: what.chainId, to: what.store, data: callData(what) };
  try {
    await sendWith(wallet, call, {
      isWanted: () => card.isConnected,
      tell: (step, transaction) => {
        said.replaceChildren(el('p', {}, words.steps[step]), transactionView(transaction, desk));
      },
    });
    show(desk, thereView(await untilThere(desk), desk));
    card.querySelector<HTMLElement>('h3')?.focus();
  } catch (error) {
    const refused = error instanceof WalletRefused ? error : new WalletRefused('failed', String(error));
    const chain = `eip155:${what.chainId}`;
    said.replaceChildren(
      el('p', { class: 'error' }, words.refusals[refused.why](chain)),
      refused.why === 'failed' ? el('p', { class: 'note' }, refused.message) : '',
    );
  }
}

function chainOf({ page, what }: Desk): Page['settings']['chains'][number] | undefined {
  return page.settings.chains.find(({ id }) => id === `eip155:${what.chainId}`);
}

function transactionView(hash: string | undefined, desk: Desk): HTMLElement | string {
  if (hash === undefined) {
    return '';
  }
  const { explorer = null } = chainOf(desk) ?? {};
  const text = el('span', { class: 'mono' }, hash);
  return explorer === null
    ? el('p', {}, text)
    : el(
        'p',
        {},
        el('a', { href: explorer.replace('{tx}', hash), target: '_blank', rel: 'noreferrer noopener' }, text),
      );
}

const LOOKS = 20;
const BETWEEN_LOOKS_MS = 1_500;

/** The wallet's word is not taken for it: the nodes of the visitor's choice have to see the contract, which may lag behind. */
async function untilThere({ leafThere, card }: Desk): Promise<string> {
  for (let look = 0; look < LOOKS && card.isConnected; look += 1) {
    const leaf = await leafThere().catch(() => null);
    if (leaf !== null) {
      return leaf;
    }
    await pause(BETWEEN_LOOKS_MS);
  }
  throw new WalletRefused('not-seen');
}

function commandView({ words, what, page }: Desk): HTMLElement {
  const [rpcUrl = 'https://node.example'] = nodesToAsk(page.settings);
  return el(
    'details',
    {},
    el('summary', {}, words.command),
    el('p', { class: 'hint' }, words.commandExplained),
    copyLine(castCommand(what, rpcUrl), words.command, wordsIn(page.language).copying),
  );
}
