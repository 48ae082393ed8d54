import type { PublicAnchor, PublicDocument } from '../verification-report.js';
import { html, type Markup } from './html.js';
import type { Language } from './language.js';
import { mono, row, timeText } from './report-view.js';
import { TEXTS } from './texts.js';

/** How people are told of chains. */
export type ChainWords = {
  /** Names a chain; the CAIP-2 id stands beside it. */
  readonly networkName: (chainId: string) => string;
  /** Where a transaction can be looked up; null when nobody said where. */
  readonly transactionUrl?: (chainId: string, hash: string) => string | null;
};

/** Where on which chain the document's fingerprint is recorded. */
export function anchorsView(document: PublicDocument, chains: ChainWords, language: Language): Markup {
  const { anchor: words } = TEXTS[language];
  return html`<section class="card">
    <h2>${words.title}</h2>
    <p class="note">${words.explained}</p>
    ${
      document.anchors.length === 0
        ? html`<p>${words.none}</p>`
        : document.anchors.map((anchor) => anchorView(anchor, chains, language))
    }
  </section>`;
}

function anchorView(anchor: PublicAnchor, chains: ChainWords, language: Language): Markup {
  const { anchor: words } = TEXTS[language];
  const isOnChain = anchor.state !== 'submitted';
  const { transactionHash } = anchor;
  const transaction =
    transactionHash === null
      ? html`${words.otherTransaction}`
      : transactionView(anchor.chainId, transactionHash, chains);
  return html`<dl class="rows">
    ${row(words.network, chains.networkName(anchor.chainId))} ${row(words.state, words.states[anchor.state])}
    ${row(words.store, mono(anchor.store))} ${row(words.root, mono(anchor.root))} ${row(words.leaf, mono(anchor.leaf))}
    ${row(words.batchSize, words.documents(anchor.batchSize))} ${row(words.proof, words.hashes(anchor.proofLength))}
    ${row(words.transaction, isOnChain || transactionHash !== null ? transaction : null)}
    ${row(words.block, anchor.blockNumber === null ? null : String(anchor.blockNumber))}
    ${row(words.blockTime, anchor.blockTime === null ? null : timeText(new Date(anchor.blockTime), language))}
  </dl>`;
}

function transactionView(chainId: string, hash: string, { transactionUrl }: ChainWords): Markup {
  const url = transactionUrl?.(chainId, hash) ?? null;
  return url === null ? mono(hash) : html`<a href="${url}" rel="noreferrer noopener" target="_blank">${mono(hash)}</a>`;
}

/** How to come to the same conclusion without this service. */
export function trustView(language: Language): Markup {
  const { trust } = TEXTS[language];
  return html`<section class="card">
    <h2>${trust.title}</h2>
    <p>${trust.intro}</p>
    <ol class="steps">
      ${trust.steps.map(
        ({ title, text }) =>
          html`<li>
            <h3>${title}</h3>
            <p>${text}</p>
          </li>`,
      )}
    </ol>
  </section>`;
}

/** What the page does not claim. */
export function honestyView({ issuer }: PublicDocument, language: Language): Markup {
  const { honesty } = TEXTS[language];
  return html`<section class="card honest">
    <h2>${honesty.title}</h2>
    <p>${honesty.noPlatform}</p>
    ${issuer.mandate === 'sample' ? html`<p>${honesty.sample}</p>` : null}
  </section>`;
}
