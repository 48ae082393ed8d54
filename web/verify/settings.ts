import type { FactLanguage } from '../../src/proof/fact-texts/index.js';
import type { ListedIssuer } from '../../src/proof/index.js';

/** What the page was given by the service that made it; `src/verification/page/verifier-view.ts` writes it. */
export type Settings = {
  /** Where the service is. */
  readonly service: string;
  readonly rpcUrls: readonly string[];
  /** DER, base64. */
  readonly authorities: readonly string[];
  readonly issuers: readonly ListedIssuer[];
  readonly chains: readonly { readonly id: string; readonly name: string; readonly explorer: string | null }[];
};

export type Page = {
  readonly settings: Settings;
  readonly language: FactLanguage;
  /** CAIP-10, on the page of a document; else empty. */
  readonly address: string;
  /** Whether the page was saved and stands alone: then no service is asked. */
  readonly isAlone: boolean;
  /** Where everything goes. */
  readonly root: HTMLElement;
};

export function readPage(root: HTMLElement): Page {
  const { settings = '{}', language = 'zh', address = '', alone } = root.dataset;
  return {
    settings: JSON.parse(settings) as Settings,
    language: language as FactLanguage,
    address,
    isAlone: alone !== undefined,
    root,
  };
}

const RPC_KEY = 'chopmark.rpc-urls';
const LISTS_KEY = 'chopmark.ask-status-lists';

/** The nodes of the visitor's own choice; empty when none was chosen, and where the browser keeps nothing. */
export function chosenNodes(): readonly string[] {
  return nodesIn(kept(RPC_KEY));
}

export function chooseNodes(text: string): void {
  keep(RPC_KEY, text.trim());
}

/** Whether the visitor lets the page take the issuer's signed status lists from the service. */
export function mayAskForLists({ isAlone }: Page): boolean {
  return !isAlone && kept(LISTS_KEY) === 'yes';
}

export function allowLists(isAllowed: boolean): void {
  keep(LISTS_KEY, isAllowed ? 'yes' : '');
}

function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** One URL a line. What is none is left out. */
export function nodesIn(text: string): readonly string[] {
  const lines = text.split(/\s+/).filter((line) => URL.canParse(line));
  return lines.filter((line) => /^https?:$/.test(new URL(line).protocol));
}
