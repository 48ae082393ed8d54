import type { Fact } from '../../proof/index.js';
import type { FileRefused } from '../verification.errors.js';
import type { VerificationReport } from '../verification-report.js';
import { anchorsView, honestyView, trustView, type ChainWords } from './anchor-view.js';
import { html, type Markup } from './html.js';
import { inLanguage, type Language } from './language.js';
import { layOut } from './layout.js';
import type { PageTexts } from './page-texts.js';
import {
  documentView,
  factsView,
  historyView,
  outOfForceView,
  sampleView,
  standsStill,
  verdictView,
} from './report-view.js';
import { TEXTS } from './texts.js';
import { verifierView, type Scripted } from './verifier-view.js';

const REFRESH_SECONDS = 5;

type DocumentPage = ChainWords & {
  readonly path: string;
  readonly language: Language;
  readonly scripted?: Scripted | null;
};

/** `/v/{documentAddress}`. What the service says and what the browser finds out by itself stand apart. */
export function documentPage(report: VerificationReport, at: DocumentPage): string {
  const { language, path, scripted = null } = at;
  const { verdict, document } = report;
  const names = document === null ? [] : [inLanguage(document.title, language), document.number];
  const isStill = standsStill(document);
  const content = html`<div
      id="service"
      class="stack"
      data-verdict="${verdict}"
      ${isStill ? html`data-stands="still"` : null}
    >
      ${sampleView(document, language)} ${outOfForceView(document, language)}
      ${verdictView(report, language, (text) => html`<h1>${text}</h1>`)}
    </div>
    ${verifierView(scripted, { language, ...(document !== null && { address: document.documentAddress }) })}
    <div id="service-details" class="stack">${detailsView(report, at)}</div>
    <p class="actions"><a class="button" href="/verify?lang=${language}">${TEXTS[language].report.verifyFile}</a></p>`;
  return layOut({
    ...{ language, path, content, isScripted: scripted !== null },
    title: [TEXTS[language].verdicts[verdict].title, ...names].join(' · '),
    refreshAfter: verdict === 'pending' && !isStill ? REFRESH_SECONDS : undefined,
  });
}

function detailsView({ document, facts }: VerificationReport, at: DocumentPage): Markup {
  const { language } = at;
  if (document === null) {
    return factsView(facts, language);
  }
  return html`<div class="columns">${documentView(document, language)} ${factsView(facts, language)}</div>
    ${historyView(document, language)} ${anchorsView(document, at, language)} ${trustView(language)}
    ${honestyView(document, language)}`;
}

export type FileResult =
  | { readonly fileName: string; readonly report: VerificationReport }
  | { readonly fileName: string; readonly refusal: FileRefused };

/** The answer to the form of files. */
export function filesPage(results: readonly FileResult[], language: Language): string {
  const { form, honesty, report: words } = TEXTS[language];
  const title = form.filesTitle(results.length);
  const content = html`<div class="intro"><h1>${title}</h1></div>
    ${results.map((result) => html`<article class="report stack" aria-label="${result.fileName}">${resultView(result, language)}</article>`)}
    <p class="note">${honesty.noPlatform}</p>
    <p class="actions"><a class="button" href="/verify?lang=${language}">${words.verifyAnother}</a></p>`;
  return layOut({ language, title, content, path: '/verify' });
}

function resultView(result: FileResult, language: Language): Markup {
  const { problems, report: words } = TEXTS[language];
  const name = html`<p class="file"><strong>${result.fileName}</strong></p>`;
  if ('refusal' in result) {
    return html`${name}
      <p class="error">${result.refusal.status === 413 ? problems.tooLarge : problems.notAPdf}</p>`;
  }
  const { report } = result;
  const address = report.document?.documentAddress.replace(/^.*:/, '') ?? null;
  return html`${name} ${sampleView(report.document, language)} ${outOfForceView(report.document, language)}
    ${verdictView(report, language, (text) => html`<h2>${text}</h2>`)}
    <div class="columns">
      ${report.document === null ? null : documentView(report.document, language)} ${factsView(report.facts, language)}
    </div>
    ${address === null ? null : html`<p><a href="/v/${address}?lang=${language}">${words.wholePage}</a></p>`}`;
}

export type MessageName = keyof PageTexts['messages'];

/** A page that says why there is nothing to see. */
export function messagePage(
  name: MessageName,
  at: { language: Language; path: string; detail?: string | undefined },
): string {
  const { language, path, detail = null } = at;
  const { messages, report: words } = TEXTS[language];
  const { title, text } = messages[name];
  const content = html`<section class="card stack">
    <h1>${title}</h1>
    <p>${text}</p>
    ${detail === null ? null : html`<p>${detail}</p>`}
    <p class="actions"><a class="button" href="/verify?lang=${language}">${words.verifyAnother}</a></p>
  </section>`;
  return layOut({ language, title, content, path });
}

export function isNotIssuedHere(facts: readonly Fact[]): boolean {
  return facts.some(({ code }) => code === 'document.not-issued-here');
}
