import { OUTCOME_TITLES, type FactLanguage } from '../../src/proof/fact-texts/index.js';
import { download, el, icon, type Piece } from './dom.js';
import type { Found } from './examination.js';
import { headlineOf, TONES, type Headline } from './headline.js';
import { factList } from './report.js';
import type { Said } from './service.js';
import type { Page } from './settings.js';
import { wordsIn, type Words } from './words.js';

/** One of many files. */
export type PileRow = {
  readonly found: Found;
  /** `undefined` while the service has not answered, and where there is none to ask. */
  said?: Said;
  /** The first file of the pile that is the same, or of the same document. */
  readonly sameAs: string | null;
};

type Pile = {
  readonly rows: readonly PileRow[];
  readonly page: Page;
  readonly show: (row: PileRow) => void;
};

const TONE_ICONS = { valid: 'check', pending: 'clock', 'not-valid': 'cross', 'cannot-tell': 'question' } as const;

/** Many files: how many of which result, each with a way to its details. */
export function pileView(pile: Pile): HTMLElement {
  const words = wordsIn(pile.page.language);
  const counts = countsOf(pile.rows);
  const duplicates = pile.rows.filter(({ sameAs }) => sameAs !== null).length;
  const body = el(
    'tbody',
    {},
    pile.rows.map((row) => rowView(row, pile, words)),
  );
  const choose = (headline: string): void => {
    for (const line of body.children) {
      (line as HTMLElement).hidden = headline !== '' && (line as HTMLElement).dataset['headline'] !== headline;
    }
  };
  return el(
    'section',
    { class: 'card pile', 'aria-labelledby': 'pile-title' },
    el('h2', { id: 'pile-title', tabindex: '-1' }, words.pile.title(pile.rows.length)),
    duplicates === 0 ? null : el('p', { class: 'note' }, words.pile.duplicates(duplicates)),
    filterView(counts, words, choose),
    el(
      'div',
      { class: 'table', tabindex: '0', role: 'region', 'aria-labelledby': 'pile-title' },
      tableOf(body, words, pile.page),
    ),
    el(
      'p',
      { class: 'actions' },
      el(
        'button',
        {
          type: 'button',
          click: () => {
            saveCsv(pile);
          },
        },
        words.pile.csv,
      ),
    ),
  );
}

function countsOf(rows: readonly PileRow[]): ReadonlyMap<Headline, number> {
  const counts = new Map<Headline, number>();
  for (const { found } of rows) {
    const headline = headlineOf(found);
    counts.set(headline, (counts.get(headline) ?? 0) + 1);
  }
  return counts;
}

function filterView(
  counts: ReadonlyMap<Headline, number>,
  words: Words,
  choose: (headline: string) => void,
): HTMLElement {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const option = (value: string, label: string, tone: string): Piece =>
    el(
      'label',
      { class: `chip ${tone}` },
      el('input', {
        type: 'radio',
        name: 'pile-filter',
        value,
        checked: value === '',
        change: () => {
          choose(value);
        },
      }),
      label,
    );
  return el(
    'fieldset',
    { class: 'chips' },
    el('legend', {}, words.pile.filter),
    option('', `${words.pile.all} ${all}`, 'not-applicable'),
    [...counts].map(([headline, count]) =>
      option(headline, `${words.headlines[headline].title} ${count}`, TONES[headline]),
    ),
  );
}

function tableOf(body: HTMLElement, { pile: words }: Words, { isAlone }: Page): HTMLElement {
  const heads = [words.file, words.result, words.document, ...(isAlone ? [] : [words.service]), words.details];
  return el(
    'table',
    {},
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        heads.map((head) => el('th', { scope: 'col' }, head)),
      ),
    ),
    body,
  );
}

function rowView(row: PileRow, { page, show }: Pile, words: Words): HTMLElement {
  const { found, sameAs, said } = row;
  const headline = headlineOf(found);
  const { name } = found.examination;
  const cell = (label: string, ...pieces: readonly Piece[]): HTMLElement =>
    el('td', { 'data-label': label }, ...pieces);
  return el(
    'tr',
    { 'data-headline': headline, 'data-verdict': found.examination.verdict, 'data-file': name },
    el(
      'th',
      { scope: 'row', class: 'file' },
      name,
      sameAs === null ? null : el('span', { class: 'badge pending' }, words.pile.duplicate(sameAs)),
    ),
    cell(
      words.pile.result,
      el(
        'span',
        { class: `result ${TONES[headline]}` },
        icon(TONE_ICONS[TONES[headline]]),
        words.headlines[headline].title,
      ),
      factsOf(row, page, words),
    ),
    cell(words.pile.document, documentText(found)),
    page.isAlone ? null : cell(words.pile.service, serviceText(said, page.language)),
    el(
      'td',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'quiet small',
          'aria-label': words.pile.detailsOf(name),
          click: () => {
            show(row);
          },
        },
        words.pile.details,
      ),
    ),
  );
}

/** To be opened in the table; for each file's own page there is the button. */
function factsOf({ found }: PileRow, { language }: Page, words: Words): HTMLElement {
  const { facts } = found.examination;
  return el(
    'details',
    {},
    el('summary', {}, `${words.report.facts} ${facts.length}`),
    factList(facts, words, language),
  );
}

function documentText({ examination }: Found): string {
  const { number } = (examination.coreData ?? {}) as { number?: unknown };
  return [examination.issuer?.name, typeof number === 'string' ? number : undefined].filter(Boolean).join(' · ') || '—';
}

function serviceText(said: Said | undefined, language: FactLanguage): string {
  const { report } = wordsIn(language);
  if (said === undefined) {
    return '…';
  }
  if (said === null) {
    return OUTCOME_TITLES[language].unknown;
  }
  return said.document === null ? report.serviceUnknown : report.serviceVerdicts[said.verdict];
}

/** As spreadsheets read it: UTF-8 with its mark, and no cell that begins like a formula. */
function saveCsv({ rows, page }: Pile): void {
  const words = wordsIn(page.language);
  const head = [
    words.pile.file,
    'SHA-256',
    words.pile.result,
    'verdict',
    'facts',
    words.report.issuer,
    words.report.address,
    words.pile.service,
    'duplicate',
  ];
  const lines = rows.map(({ found, said, sameAs }) => [
    found.examination.name,
    found.sha256,
    words.headlines[headlineOf(found)].title,
    found.examination.verdict,
    found.examination.facts.map(({ code, outcome }) => `${code}=${outcome}`).join(' '),
    found.examination.issuer?.name ?? '',
    found.examination.documentAddress ?? '',
    said == null ? '' : said.verdict,
    sameAs ?? '',
  ]);
  const text = [head, ...lines].map((cells) => cells.map(cellText).join(',')).join('\r\n');
  download('chopmark-verification.csv', 'text/csv;charset=utf-8', `\uFEFF${text}\r\n`);
}

function cellText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
