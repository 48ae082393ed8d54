import { OUTCOME_TITLES, type FactLanguage } from '../../src/proof/fact-texts/index.js';
import { el, icon, type Piece } from './dom.js';
import type { Found } from './found.js';
import { headlineOf, TONE_ICONS, TONES, type Headline } from './headline.js';
import { saveCsv } from './pile-csv.js';
import { countsOf, twinText, type PileRow } from './pile-row.js';
import { printedReport } from './printed-report.js';
import { factList } from './report.js';
import type { Said } from './service.js';
import type { Page } from './settings.js';
import { statedIn } from './stated.js';
import { wordsIn, type Words } from './words.js';

type Pile = {
  readonly rows: readonly PileRow[];
  readonly page: Page;
  readonly show: (row: PileRow) => void;
};

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
    { class: 'card pile' },
    el('h2', { id: 'pile-title', tabindex: '-1' }, words.pile.title(pile.rows.length)),
    duplicates === 0 ? null : el('p', { class: 'note' }, words.pile.duplicates(duplicates)),
    filterView(counts, words, choose),
    el(
      'div',
      { class: 'table', tabindex: '0', role: 'region', 'aria-labelledby': 'pile-title' },
      tableOf(body, words, pile.page),
    ),
    actionsView(pile, words),
    printedReport(pile.rows, pile.page),
  );
}

function actionsView({ rows, page }: Pile, words: Words): HTMLElement {
  return el(
    'p',
    { class: 'actions' },
    el(
      'button',
      {
        type: 'button',
        click: () => {
          saveCsv(rows, page);
        },
      },
      words.pile.csv,
    ),
    el(
      'button',
      {
        type: 'button',
        class: 'quiet',
        click: () => {
          print();
        },
      },
      words.printed.button,
    ),
  );
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
      sameAs === null ? null : el('span', { class: 'badge pending' }, twinText(sameAs, words)),
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

function documentText(found: Found): string {
  const { issuer, number, amount } = statedIn(found);
  return [issuer, number, amount].filter((part) => part !== '').join(' · ') || '—';
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
