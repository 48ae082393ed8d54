import { download } from './dom.js';
import { headlineOf } from './headline.js';
import { twinText, type PileRow } from './pile-row.js';
import type { Page } from './settings.js';
import { statedIn } from './stated.js';
import { wordsIn } from './words.js';

/** As spreadsheets read it: UTF-8 with its mark, and no cell that begins like a formula. */
export function saveCsv(rows: readonly PileRow[], { language }: Page): void {
  const words = wordsIn(language);
  const { printed, pile, report } = words;
  const head = [pile.file, 'SHA-256', pile.result, 'verdict', 'facts', report.issuer, report.address, pile.service];
  const lines = rows.map(({ found, said, sameAs }) => {
    const { name, verdict, facts, documentAddress } = found.examination;
    const { issuer, number, amount, issuedOn } = statedIn(found);
    return [
      ...[name, found.sha256, words.headlines[headlineOf(found)].title, verdict],
      ...[facts.map(({ code, outcome }) => `${code}=${outcome}`).join(' '), issuer, documentAddress ?? ''],
      ...[said == null ? '' : said.verdict, sameAs?.name ?? '', number, amount, issuedOn],
      sameAs === null ? '' : twinText(sameAs, words),
    ];
  });
  const all = [[...head, 'duplicate', printed.number, printed.amount, printed.issuedOn, printed.twice], ...lines];
  const text = all.map((cells) => cells.map(cellText).join(',')).join('\r\n');
  download('chopmark-verification.csv', 'text/csv;charset=utf-8', `\uFEFF${text}\r\n`);
}

function cellText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+\.\d\d$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
