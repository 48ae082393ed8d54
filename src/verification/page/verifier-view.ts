import type { ListedIssuer } from '../../proof/index.js';
import { html, type Markup } from './html.js';
import type { Language } from './language.js';

/** What a browser is told that verifies for itself. `web/verify/settings.ts` reads it. */
export type VerifierSettings = {
  /** Where the service is, for pages that were saved. */
  readonly service: string;
  /** Nodes that may be asked when the visitor names none. */
  readonly rpcUrls: readonly string[];
  /** Certificates of those who vouch for issuers: DER, base64. */
  readonly authorities: readonly string[];
  /** Who is behind a store, where no certificate says it. */
  readonly issuers: readonly ListedIssuer[];
  readonly chains: readonly {
    /** CAIP-2. */
    readonly id: string;
    readonly name: string;
    /** Where people look up a transaction: a URL with `{tx}` in it; null when there is no such place. */
    readonly explorer: string | null;
  }[];
};

/** A page that has the script on it. */
export type Scripted = {
  readonly script: string;
  readonly settings: VerifierSettings;
};

/** Where the script puts what it has to say; nothing is to be seen of it without. */
export function verifierView(
  scripted: Scripted | null,
  { language, address }: { readonly language: Language; readonly address?: string },
): Markup | null {
  return scripted === null
    ? null
    : html`<section
          id="verifier"
          class="stack"
          hidden
          data-language="${language}"
          data-address="${address ?? ''}"
          data-settings="${JSON.stringify(scripted.settings)}"
        ></section>
        <script type="module" src="${scripted.script}"></script>`;
}
