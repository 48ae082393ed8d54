import { el } from '../dom.js';
import type { Found } from '../found.js';
import type { Page } from '../settings.js';
import { wordsIn } from '../words.js';
import { fieldName } from './field-names.js';
import { fieldRows, knownHidden } from './field-rows.js';

/** How many fields of the document are hidden; those of later events aside. */
export function hiddenCount({ examination }: Found): number {
  return examination.document?.privacy?.obfuscatedData.length ?? 0;
}

/**
 * All that the data of a document say, field by field: of a PDF folded up, to be compared with what it shows; of what is not
 * a PDF open, since there is nothing else to see. Null where no data can be read.
 */
export function disclosedCard(found: Found, { language }: Page): HTMLElement | null {
  const { coreData, kind } = found.examination;
  if (coreData === null) {
    return null;
  }
  const { disclosure: words } = wordsIn(language);
  const hidden = hiddenCount(found);
  const known = hidden === 0 ? [] : knownHidden(coreData).map((path) => fieldName(path, language));
  const isOpen = kind === 'bundle' || kind === 'oa-document';
  return el(
    'details',
    { class: 'card fields', open: isOpen },
    el('summary', {}, hidden === 0 ? words.all : words.disclosed),
    hidden === 0
      ? null
      : el(
          'div',
          { class: 'hidden-fields', 'data-hidden': String(hidden) },
          el('p', {}, el('strong', {}, words.hidden(hidden))),
          known.length === 0 ? null : el('p', {}, words.among, known.join(words.comma)),
          el('p', { class: 'note' }, words.hiddenExplained),
        ),
    el(
      'dl',
      { class: 'rows' },
      fieldRows(coreData).map(({ path, text }) =>
        el('div', { 'data-path': path }, el('dt', {}, fieldName(path, language)), el('dd', {}, text)),
      ),
    ),
  );
}
