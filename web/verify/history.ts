import { HISTORY_TEXTS, nameOfEvent } from '../../src/proof/fact-texts/index.js';
import { el } from './dom.js';
import type { Found } from './found.js';
import type { Page } from './settings.js';
import { timeText } from './times.js';

/** What happened to the document, as far as its evidence lists it, oldest first; null where it lists nothing but its issue. */
export function historyCard({ examination: { events } }: Found, { language }: Page): HTMLElement | null {
  const words = HISTORY_TEXTS[language];
  return events.length < 2
    ? null
    : el(
        'section',
        { class: 'card history' },
        el('h3', {}, words.title),
        el(
          'dl',
          { class: 'rows' },
          events.map(({ type, at, verdict }) =>
            el(
              'div',
              { 'data-event': type },
              el('dt', {}, nameOfEvent(type, language)),
              el('dd', {}, whenText(at), ' ', el('span', { class: `badge ${verdict}` }, words.verdicts[verdict])),
            ),
          ),
        ),
      );
}

function whenText(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : timeText(time);
}
