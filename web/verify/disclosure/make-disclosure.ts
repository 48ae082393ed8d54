import {
  canonicalJson,
  disclose,
  disclosureFragment,
  type CoreData,
  type EvidenceBundle,
} from '../../../src/proof/index.js';
import { deflate } from '../decompress.js';
import { copyLine, download, el, type Piece } from '../dom.js';
import type { Found } from '../found.js';
import type { Page } from '../settings.js';
import { wordsIn } from '../words.js';
import { fieldName } from './field-names.js';
import { fewestPaths, fieldRows, repeatedIn, rowsBelow, type FieldRow } from './field-rows.js';

/** Without it nobody could tell which events end the document. */
const NEEDED = 'kind';

/**
 * For a holder who wants somebody to see a part: chooses the fields, and gives a link and a file that verify like the whole.
 * Made here; nothing is sent. Null for what is not to be believed, and for what carries no evidence.
 */
export function makeDisclosureCard(found: Found, page: Page): HTMLElement | null {
  const { coreData, verdict, kind } = found.examination;
  if (coreData === null || verdict === 'not-valid' || kind === 'oa-document') {
    return null;
  }
  const { disclosure: words } = wordsIn(page.language);
  const body = el('div', {});
  const card = el('details', { class: 'card disclose' }, el('summary', {}, words.make), body);
  card.addEventListener(
    'toggle',
    () => {
      body.replaceChildren(formView(coreData, found, page));
    },
    { once: true },
  );
  return card;
}

function formView(core: CoreData, found: Found, page: Page): HTMLElement {
  const { disclosure: words } = wordsIn(page.language);
  const rows = fieldRows(core);
  const made = el('div', { class: 'stack', role: 'status', 'aria-live': 'polite' });
  const form = el(
    'form',
    {},
    el('p', { class: 'hint' }, words.explained),
    Object.keys(core).map((key) => groupView(key, rows, page)),
    el('button', { type: 'submit' }, words.makeButton),
    made,
  );
  form.addEventListener('change', () => {
    made.replaceChildren();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const boxes = [...form.querySelectorAll<HTMLInputElement>('input[data-path]')];
    const hidden = new Set(boxes.filter(({ checked }) => !checked).map(({ dataset }) => dataset['path'] ?? ''));
    void make({ found, rows, hidden }, page).then((pieces) => {
      made.replaceChildren(...pieces);
    });
  });
  return form;
}

/** The fields of one part of the document, to be ticked together or one by one. */
function groupView(key: string, rows: readonly FieldRow[], { language }: Page): HTMLElement {
  const own = rowsBelow(rows, key);
  const [first] = own;
  if (first !== undefined && own.length === 1) {
    return tick(first, language);
  }
  const boxes = own.map((row) => tick(row, language));
  const all = el('input', { type: 'checkbox', checked: true }) as HTMLInputElement;
  const inputs = boxes.flatMap((box) => [...box.querySelectorAll('input')]);
  all.addEventListener('change', () => {
    inputs.forEach((input) => {
      input.checked = all.checked;
    });
  });
  const follow = (): void => {
    const shown = inputs.filter(({ checked }) => checked).length;
    all.checked = shown > 0;
    all.indeterminate = shown > 0 && shown < inputs.length;
  };
  inputs.forEach((input) => {
    input.addEventListener('change', follow);
  });
  const name = fieldName(key, language);
  return el(
    'fieldset',
    { class: 'ticks' },
    el('legend', {}, el('label', { class: 'tick' }, all, el('span', {}, name))),
    boxes,
  );
}

function tick({ path, text }: FieldRow, language: Page['language']): HTMLElement {
  const isNeeded = path === NEEDED;
  return el(
    'label',
    { class: 'tick' },
    el('input', { type: 'checkbox', checked: true, disabled: isNeeded, 'data-path': path }),
    el('span', {}, fieldName(path, language), ' ', el('span', { class: 'note' }, text.slice(0, 80))),
  );
}

type Choice = { readonly found: Found; readonly rows: readonly FieldRow[]; readonly hidden: ReadonlySet<string> };

async function make({ found, rows, hidden }: Choice, page: Page): Promise<(Node | string)[]> {
  const { disclosure: words } = wordsIn(page.language);
  const whole = await found.evidence();
  const hide = fewestPaths(rows, hidden);
  const repeated = repeatedIn(rows, hidden).map((path) => fieldName(path, page.language));
  if (whole === null || hide.length === 0) {
    return [el('p', { class: 'error', role: 'alert' }, whole === null ? words.noEvidence : words.nothingHidden)];
  }
  const evidence = disclose(whole, hide);
  const fragment = await disclosureFragment(evidence, deflate);
  return [
    el('p', {}, el('strong', {}, words.made(evidence.document.privacy?.obfuscatedData.length ?? 0))),
    repeated.length === 0 ? '' : el('p', { class: 'error' }, words.repeats, repeated.join(words.comma)),
    fragment === null
      ? el('p', { class: 'note' }, words.tooLong)
      : el('div', {}, linkView(`${page.settings.service}/verify#${fragment}`, page)),
    fileView(evidence, page),
    el('p', { class: 'note' }, words.notThePdf),
  ];
}

function linkView(link: string, { language }: Page): Piece {
  const { disclosure: words } = wordsIn(language);
  return [el('p', { class: 'hint' }, words.link), copyLine(link, words.link, wordsIn(language).copying)];
}

function fileView(evidence: EvidenceBundle, { language }: Page): HTMLElement {
  const { disclosure: words } = wordsIn(language);
  const save = (): void => {
    download('disclosure.json', 'application/json', canonicalJson(evidence));
  };
  return el('p', {}, el('button', { type: 'button', class: 'quiet', click: save }, words.file));
}
