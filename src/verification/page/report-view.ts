import { toChinaTime } from '../../kernel/index.js';
import type { Fact, Verdict } from '../../proof/index.js';
import { factSentence, nameOfEvent, OUTCOME_TITLES, SUBJECT_TITLES, subjectOf } from '../../proof/fact-texts/index.js';
import type { PublicDocument, PublicEvent, VerificationReport } from '../verification-report.js';
import { html, type Markup } from './html.js';
import { OUTCOME_ICONS, PENDING_ICON, VERDICT_ICONS } from './icons.js';
import { inLanguage, type Language } from './language.js';
import { TEXTS } from './texts.js';

/**
 * Whether the page answers to what was typed. Such a page has no address of its own: asked for again it would be none, and
 * the document's page would hide again what is being read.
 */
export function standsStill(document: PublicDocument | null): boolean {
  return document?.isUnmasked === true;
}

/** The verdict in one sentence; where it is bad, the reasons. `title` is the heading element around its name. */
export function verdictView(report: VerificationReport, language: Language, title: (text: string) => Markup): Markup {
  const { report: words, verdicts } = TEXTS[language];
  const { verdict, checkedAt, expectedAt } = report;
  return html`<section class="verdict ${verdict}">
    ${VERDICT_ICONS[verdict]}
    <div>
      <p class="eyebrow">${words.result}</p>
      ${title(verdicts[verdict].title)}
      <p class="lead">${verdicts[verdict].sentence}</p>
      ${reasonsView(report, language)}
      ${
        expectedAt === null
          ? null
          : html`<p class="lead"><strong>${words.expectedAt} ${timeText(expectedAt, language)}</strong></p>
              ${standsStill(report.document) ? null : html`<p>${words.refreshes}</p>`}`
      }
      <p class="when">${words.checkedAt} ${timeText(checkedAt, language)}</p>
    </div>
  </section>`;
}

const DECISIVE: Readonly<Record<Verdict, Fact['outcome'] | null>> = {
  valid: null,
  pending: null,
  'not-valid': 'fails',
  'cannot-tell': 'unknown',
};

function reasonsView({ verdict, facts }: VerificationReport, language: Language): Markup | null {
  const reasons = facts.filter((fact) => fact.outcome === DECISIVE[verdict]);
  return reasons.length === 0
    ? null
    : html`<ul class="why">
        ${reasons.map((fact) => html`<li>${factSentence(fact, language)}</li>`)}
      </ul>`;
}

export function factsView(facts: readonly Fact[], language: Language): Markup {
  return html`<section class="card">
    <h2>${TEXTS[language].report.facts}</h2>
    <ol class="facts">
      ${facts.map((fact) => factView(fact, language))}
    </ol>
  </section>`;
}

function factView(fact: Fact, language: Language): Markup {
  const { verdicts } = TEXTS[language];
  const isPending = fact.code.endsWith('.pending');
  return html`<li class="${isPending ? 'pending' : fact.outcome}">
    ${isPending ? PENDING_ICON : OUTCOME_ICONS[fact.outcome]}
    <div>
      <h3>
        ${SUBJECT_TITLES[language][subjectOf(fact)]}
        <span class="badge">${isPending ? verdicts.pending.title : OUTCOME_TITLES[language][fact.outcome]}</span>
      </h3>
      <p>${factSentence(fact, language)}</p>
      ${successorView(fact, language)} ${certificateView(fact, language)} ${listAgeView(fact, language)}
    </div>
  </li>`;
}

function successorView({ detail }: Fact, language: Language): Markup | null {
  const number = detail?.['successorNumber'];
  return number === undefined ? null : html`<p>${TEXTS[language].successor(number)}</p>`;
}

/** A list says nothing of what came after it, so whoever reads its answer has to see how old it is. */
function listAgeView({ detail }: Fact, language: Language): Markup | null {
  const { listedAt, validUntil } = detail ?? {};
  if (listedAt === undefined || validUntil === undefined) {
    return null;
  }
  const [since, until] = [listedAt, validUntil].map((time) => timeText(new Date(time), language));
  const words = TEXTS[language];
  return html`<p>${words.listedAt} ${since ?? null} · ${words.listedUntil} ${until ?? null}</p>`;
}

/** For whoever has the issuer's certificate from elsewhere, to be compared. */
function certificateView({ detail }: Fact, language: Language): Markup | null {
  const fingerprint = detail?.['fingerprint'];
  return fingerprint === undefined
    ? null
    : html`<p>${TEXTS[language].certificate} <span class="mono">${fingerprint}</span></p>`;
}

/** What happened to the document, oldest first: what, when, and how far it is on the chain. */
export function historyView({ history }: PublicDocument, language: Language): Markup {
  const { history: words } = TEXTS[language];
  return html`<section class="card">
    <h2>${words.title}</h2>
    <dl class="rows">${history.map((event) => row(nameOfEvent(event.type, language), eventView(event, language)))}</dl>
  </section>`;
}

function eventView({ at, verdict, anchors }: PublicEvent, language: Language): Markup {
  const { history: words } = TEXTS[language];
  const [anchor] = anchors;
  const block =
    anchor?.blockNumber == null || anchor.blockTime === null
      ? null
      : html`<p class="note">${words.block(anchor.blockNumber)} ${timeText(new Date(anchor.blockTime), language)}</p>`;
  return html`${timeText(at, language)}
    <span class="badge ${verdict ?? 'not-applicable'}">${words.verdicts[verdict ?? 'not-shown']}</span>
    ${block}`;
}

/** Says first of all that a document is no longer in force. */
export function outOfForceView(document: PublicDocument | null, language: Language): Markup | null {
  const mark = document?.outOfForce ?? null;
  return mark === null ? null : html`<p class="error out-of-force"><strong>${inLanguage(mark, language)}</strong></p>`;
}

/** What the kind lets anybody read, and who issued it. */
export function documentView(document: PublicDocument, language: Language): Markup {
  const { report: words } = TEXTS[language];
  return html`<section class="card">
    <h2>${words.document} · ${inLanguage(document.title, language)}</h2>
    <dl class="rows">
      ${document.publicFacts.map(({ label, value }) => row(inLanguage(label, language), value))}
      ${row(words.issuer, document.issuer.name)} ${row(words.issuerDomain, document.issuer.domain)}
      ${row(words.issuedAt, timeText(document.issuedAt, language))}
      ${row(words.documentAddress, mono(document.documentAddress))} ${row(words.docId, mono(document.docId))}
    </dl>
    <p class="note">${document.isUnmasked ? words.unmasked : words.masked}</p>
  </section>`;
}

export function sampleView(document: PublicDocument | null, language: Language): Markup | null {
  return document?.issuer.mandate === 'sample' ? html`<p class="sample">${TEXTS[language].sampleBanner}</p>` : null;
}

export function row(name: string, value: string | Markup | null): Markup | null {
  return value === null
    ? null
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;
}

export function mono(text: string): Markup {
  return html`<span class="mono">${text}</span>`;
}

/** All times on the page are told in the time of China, and say so. */
export function timeText(instant: Date, language: Language): Markup {
  const stamp = toChinaTime(instant);
  return html`<time datetime="${stamp}">${TEXTS[language].chinaTime(stamp.slice(0, 10), stamp.slice(11, 19))}</time>`;
}
