import { el, type Piece } from './dom.js';
import type { Found } from './found.js';
import { headlineOf } from './headline.js';
import { countsOf, twinText, type PileRow } from './pile-row.js';
import type { Page } from './settings.js';
import { statedIn, sumOf } from './stated.js';
import { timeText } from './times.js';
import { wordsIn, type Words } from './words.js';

/**
 * The pile as a report on paper, or as a PDF by way of the browser's own print dialogue: the files never were anywhere else, so
 * nobody else could make one. To be seen only in print. What a clerk files with a claim: how many are what, each document with
 * number, amount and result, what comes twice, and when and whom the browser asked.
 */
export function printedReport(rows: readonly PileRow[], { language }: Page): HTMLElement {
  const words = wordsIn(language);
  const { printed } = words;
  const [first] = rows;
  return el(
    'section',
    { class: 'printed', 'aria-hidden': 'true' },
    el('p', { class: 'printed-title' }, printed.title),
    el('dl', { class: 'printed-head' }, first === undefined ? null : headRows(rows, first.found, words)),
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          [
            printed.no,
            words.pile.file,
            printed.number,
            printed.issuedOn,
            words.report.issuer,
            printed.amount,
            words.pile.result,
          ].map((head) => el('th', {}, head)),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((row, index) => rowView(row, index + 1, words)),
      ),
    ),
    el('p', {}, printed.meaning),
    el('p', {}, printed.noPlatform),
  );
}

function headRows(rows: readonly PileRow[], { checkedAt, asked, authorities }: Found, words: Words): Piece {
  const { printed } = words;
  const counts = [...countsOf(rows)].map(([headline, count]) => `${words.headlines[headline].title} ${count}`);
  const twice = rows.filter(({ sameAs }) => sameAs !== null).length;
  const good = rows.filter(({ found, sameAs }) => sameAs === null && found.examination.verdict === 'valid');
  const line = (name: string, value: string): HTMLElement => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  return [
    line(printed.checkedAt, timeText(checkedAt)),
    line(printed.counts, [words.pile.title(rows.length), ...counts].join(' · ')),
    line(printed.twice, twice === 0 ? printed.none : String(twice)),
    line(printed.sum, sumOf(good.map(({ found }) => statedIn(found).amount))),
    line(printed.nodes, asked.length === 0 ? words.report.askedNone : asked.join(' ')),
    line(printed.authorities, authorities.length === 0 ? printed.none : authorities.join('、')),
  ];
}

function rowView({ found, sameAs }: PileRow, index: number, words: Words): HTMLElement {
  const { number, amount, issuedOn, issuer } = statedIn(found);
  const cells: readonly Piece[] = [String(index), found.examination.name, number, issuedOn, issuer, amount];
  return el(
    'tr',
    {},
    cells.map((cell) => el('td', {}, cell)),
    el(
      'td',
      {},
      el('strong', {}, words.headlines[headlineOf(found)].title),
      sameAs === null ? null : el('div', {}, twinText(sameAs, words)),
      el('div', { class: 'mono' }, found.sha256),
    ),
  );
}
