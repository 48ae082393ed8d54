import {
  factSentence,
  OUTCOME_TITLES,
  SUBJECT_TITLES,
  subjectOf,
  type FactLanguage,
} from '../../src/proof/fact-texts/index.js';
import type { Fact } from '../../src/proof/index.js';
import { disclosedCard, hiddenCount } from './disclosure/disclosed-card.js';
import { el, icon, type Piece } from './dom.js';
import type { Found } from './found.js';
import { headlineOf, TONE_ICONS, TONES } from './headline.js';
import { historyCard } from './history.js';
import { parcelMap } from './map.js';
import type { Said } from './service.js';
import type { Page } from './settings.js';
import { timeText } from './times.js';
import { wordsIn, type Words } from './words.js';

const OUTCOME_ICONS = { holds: 'check', fails: 'cross', unknown: 'question', 'not-applicable': 'dash' } as const;

/** What the browser found in one file. `expected` is the address that it should be of, or empty. */
export function browserBlock(found: Found, page: Page, expected: string): HTMLElement {
  const words = wordsIn(page.language);
  const { examination } = found;
  const isOther =
    expected !== '' && examination.documentAddress !== null && !isSame(examination.documentAddress, expected);
  return el(
    'section',
    { class: 'block stack', 'aria-labelledby': 'browser-title' },
    el('h2', { id: 'browser-title', class: 'block-title' }, words.report.browser),
    isOther ? el('p', { class: 'error', role: 'alert' }, words.report.otherDocument) : null,
    verdictCard(found, words, page.language),
    el('p', { class: 'note' }, words.report.browserExplained, ' ', askedText(found, words), trustedText(found, words)),
    listsText(found, words),
    el('p', { class: 'note' }, `${words.printed.checkedAt} ${timeText(found.checkedAt)}`),
    el('div', { class: 'columns' }, factsCard(examination.facts, words, page.language), saysCard(found, words)),
    historyCard(found, page),
    parcelMap(examination.coreData, words),
    disclosedCard(found, page),
  );
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function askedText({ asked }: Found, { report }: Words): string {
  return asked.length === 0 ? report.askedNone : report.asked(asked.length);
}

function listsText({ lists: state }: Found, { lists }: Words): Piece {
  return state === 'not-needed' ? null : el('p', { class: 'note', 'data-lists': state }, lists.states[state]);
}

/** Whose certificates were believed: a page comes with them, and people should know. */
function trustedText({ authorities }: Found, { report }: Words): Piece {
  return authorities.length === 0 ? null : el('span', {}, ` ${report.trusted}${authorities.join('、')}`);
}

function verdictCard(found: Found, { headlines, disclosure }: Words, language: FactLanguage): HTMLElement {
  const headline = headlineOf(found);
  const tone = TONES[headline];
  const { title, sentence } = headlines[headline];
  const decisive = tone === 'not-valid' ? 'fails' : tone === 'cannot-tell' ? 'unknown' : null;
  const reasons = found.examination.facts.filter(({ outcome }) => outcome === decisive);
  const hidden = hiddenCount(found);
  return el(
    'div',
    {
      class: `verdict ${tone}`,
      'data-headline': headline,
      'data-verdict': found.examination.verdict,
      'data-file': found.examination.name,
    },
    icon(TONE_ICONS[tone]),
    el(
      'div',
      {},
      el('p', { class: 'eyebrow file' }, found.examination.name),
      el('h3', { class: 'verdict-title', tabindex: '-1' }, title),
      el('p', { class: 'lead' }, isFile(found) ? sentence : (disclosure.sentences[headline] ?? sentence)),
      hidden === 0 ? null : el('p', {}, disclosure.hidden(hidden)),
      reasons.length === 0
        ? null
        : el(
            'ul',
            { class: 'why' },
            reasons.map((fact) => el('li', {}, factSentence(fact, language))),
          ),
    ),
  );
}

/** Whether it is the file that was issued, and not what somebody made of its data. */
function isFile({ examination: { kind } }: Found): boolean {
  return kind !== 'bundle' && kind !== 'oa-document';
}

function factsCard(facts: readonly Fact[], words: Words, language: FactLanguage): HTMLElement {
  return el('section', { class: 'card' }, el('h3', {}, words.report.facts), factList(facts, words, language));
}

/** The facts one by one. `data-code` and `data-outcome` are the same in every language, for programs that read the page. */
export function factList(facts: readonly Fact[], words: Words, language: FactLanguage): HTMLElement {
  return el(
    'ol',
    { class: 'facts' },
    facts.map((fact) => factItem(fact, words, language)),
  );
}

function factItem(fact: Fact, words: Words, language: FactLanguage): HTMLElement {
  const isPending = fact.code.endsWith('.pending');
  const badge = isPending ? words.headlines.pending.title : OUTCOME_TITLES[language][fact.outcome];
  return el(
    'li',
    { class: isPending ? 'pending' : fact.outcome, 'data-code': fact.code, 'data-outcome': fact.outcome },
    icon(isPending ? 'clock' : OUTCOME_ICONS[fact.outcome]),
    el(
      'div',
      {},
      el('h4', {}, SUBJECT_TITLES[language][subjectOf(fact)], ' ', el('span', { class: 'badge' }, badge)),
      el('p', {}, factSentence(fact, language)),
      detailView(fact, words),
    ),
  );
}

/** What people compare with what they have from elsewhere: the signer's certificate, and how old a status list is. */
function detailView({ detail = {} }: Fact, { report }: Words): Piece {
  const { fingerprint, listedAt, validUntil } = detail;
  return [
    fingerprint === undefined ? null : el('p', {}, report.certificate, ' ', mono(fingerprint)),
    listedAt === undefined || validUntil === undefined
      ? null
      : el('p', { class: 'listed' }, report.listedAt(timeText(new Date(listedAt)), timeText(new Date(validUntil)))),
  ];
}

/** What stands in the file, to be compared with what is printed. The words are the document's own. */
function saysCard(found: Found, { report }: Words): HTMLElement {
  const { issuer, documentAddress, coreData } = found.examination;
  const core = (coreData ?? {}) as Readonly<Record<string, unknown>>;
  const text = (key: string): string | null => (typeof core[key] === 'string' ? core[key] : null);
  return el(
    'section',
    { class: 'card' },
    el('h3', {}, report.says),
    el(
      'dl',
      { class: 'rows' },
      row(report.document, [text('title'), text('number')].filter((part) => part !== null).join(' ')),
      row(report.issuer, issuer?.name ?? null),
      row(report.domain, issuer?.domain ?? null),
      row(report.store, mono(issuer?.store)),
      row(report.address, mono(documentAddress)),
      row(report.digest, isFile(found) ? mono(found.sha256) : null),
    ),
  );
}

function mono(text: string | null | undefined): Piece {
  return text === null || text === undefined ? null : el('span', { class: 'mono' }, text);
}

function row(name: string, value: Piece): Piece {
  return value === null || value === '' ? null : el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

/** What the service says, apart from what the browser found. `undefined`: it is being asked. */
export function serviceBlock(said: Said | undefined, found: Found, { language }: Page): HTMLElement {
  const { report } = wordsIn(language);
  return el(
    'section',
    { class: 'block stack service-says', 'aria-labelledby': 'service-title', 'aria-live': 'polite' },
    el('h2', { id: 'service-title', class: 'block-title' }, report.service),
    said === undefined ? el('p', {}, report.serviceAsking) : saidView(said, found, language),
    el('p', { class: 'note' }, report.serviceExplained),
  );
}

function saidView(said: Said, found: Found, language: FactLanguage): Piece {
  const { report } = wordsIn(language);
  if (said === null) {
    return el('p', {}, report.serviceSilent);
  }
  const { verdict, document: known, expectedAt, facts } = said;
  if (known === null) {
    return el('p', { 'data-service': 'none' }, report.serviceUnknown);
  }
  const path = `/v/${known.documentAddress.replace(/^.*:/, '')}?lang=${language}`;
  const mine = TONES[headlineOf(found)];
  const isDisputed =
    (mine === 'not-valid') !== (verdict === 'not-valid') && mine !== 'cannot-tell' && verdict !== 'cannot-tell';
  return el(
    'div',
    { class: `said ${verdict}`, 'data-service': verdict },
    icon(TONE_ICONS[verdict]),
    el(
      'div',
      {},
      el('p', {}, el('strong', {}, report.serviceVerdicts[verdict])),
      reasonsView(facts, language),
      expectedAt === null
        ? null
        : el('p', {}, `${report.expectedAt} ${timeText(new Date(expectedAt))}`, el('br'), report.watching),
      isDisputed && headlineOf(found) !== 'altered' ? el('p', { class: 'error' }, report.disagree) : null,
      el('p', {}, el('a', { href: path }, report.servicePage)),
    ),
  );
}

/** Why the service says no, and what took the document's place. */
function reasonsView(facts: readonly Fact[], language: FactLanguage): Piece {
  const reasons = facts.filter(({ outcome }) => outcome === 'fails');
  return reasons.length === 0
    ? null
    : el(
        'ul',
        { class: 'why' },
        reasons.map((fact) =>
          el('li', {}, factSentence(fact, language), ' ', fact.detail?.['successorNumber'] ?? null),
        ),
      );
}
