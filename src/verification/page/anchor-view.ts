import type { PublicAnchor, PublicDocument } from '../verification-report.js';
import { html, type Markup } from './html.js';
import type { Language } from './language.js';
import { mono, row, timeText } from './report-view.js';
import { TEXTS } from './texts.js';

/** Names a chain for people; the CAIP-2 id stands beside it. */
export type NetworkName = (chainId: string) => string;

/** Where on which chain the document's fingerprint is recorded. */
export function anchorsView(document: PublicDocument, networkName: NetworkName, language: Language): Markup {
  const { anchor: words } = TEXTS[language];
  return html`<section class="card">
    <h2>${words.title}</h2>
    <p class="note">${words.explained}</p>
    ${
      document.anchors.length === 0
        ? html`<p>${words.none}</p>`
        : document.anchors.map((anchor) => anchorView(anchor, networkName(anchor.chainId), language))
    }
  </section>`;
}

function anchorView(anchor: PublicAnchor, network: string, language: Language): Markup {
  const { anchor: words } = TEXTS[language];
  const isOnChain = anchor.state !== 'submitted';
  const transaction = anchor.transactionHash === null ? html`${words.otherTransaction}` : mono(anchor.transactionHash);
  return html`<dl class="rows">
    ${row(words.network, network)} ${row(words.state, words.states[anchor.state])}
    ${row(words.store, mono(anchor.store))} ${row(words.root, mono(anchor.root))} ${row(words.leaf, mono(anchor.leaf))}
    ${row(words.batchSize, words.documents(anchor.batchSize))} ${row(words.proof, words.hashes(anchor.proofLength))}
    ${row(words.transaction, isOnChain || anchor.transactionHash !== null ? transaction : null)}
    ${row(words.block, anchor.blockNumber === null ? null : String(anchor.blockNumber))}
    ${row(words.blockTime, anchor.blockTime === null ? null : timeText(new Date(anchor.blockTime), language))}
  </dl>`;
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
