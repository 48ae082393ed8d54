import { el } from './dom.js';
import { allowLists, chooseNodes, chosenNodes, mayAskForLists, nodesIn, type Page } from './settings.js';
import { wordsIn, type Words } from './words.js';

/** Whom the browser asks about the chain; `changed` when the visitor has chosen others. */
export function nodesCard(page: Page, changed: () => void): HTMLElement {
  const { language, settings } = page;
  const words = wordsIn(language);
  const summary = el('summary', {}, summaryText(words, settings.rpcUrls));
  const area = el('textarea', {
    id: 'node-urls',
    rows: '3',
    class: 'mono',
    spellcheck: 'false',
    autocapitalize: 'off',
    'aria-describedby': 'nodes-explained',
    placeholder: 'https://…',
  }) as HTMLTextAreaElement;
  area.value = (chosenNodes().length > 0 ? chosenNodes() : settings.rpcUrls).join('\n');
  const said = el('p', { class: 'hint', role: 'status' });
  const save = (event: Event): void => {
    event.preventDefault();
    const isGiven = nodesIn(area.value).join() === settings.rpcUrls.join();
    chooseNodes(isGiven ? '' : area.value);
    summary.replaceChildren(summaryText(words, settings.rpcUrls));
    said.textContent = words.nodes.saved;
    changed();
  };
  return el(
    'details',
    { class: 'card nodes', open: chosenNodes().length === 0 && settings.rpcUrls.length === 0 },
    summary,
    el(
      'form',
      { submit: save },
      el('p', { class: 'hint', id: 'nodes-explained' }, words.nodes.explained),
      el('label', { for: 'node-urls' }, words.nodes.label),
      area,
      el('button', { type: 'submit', class: 'quiet' }, words.nodes.save),
      said,
    ),
    page.isAlone ? null : listsChoice(page, changed),
  );
}

/** Off until the visitor allows it: with the question the service learns which document is looked at. */
function listsChoice(page: Page, changed: () => void): HTMLElement {
  const { lists } = wordsIn(page.language);
  const box = el('input', {
    type: 'checkbox',
    id: 'ask-lists',
    checked: mayAskForLists(page),
    'aria-describedby': 'lists-explained',
    change: (event) => {
      allowLists((event.target as HTMLInputElement).checked);
      changed();
    },
  });
  return el(
    'div',
    {},
    el('label', { class: 'tick' }, box, el('span', {}, lists.allow)),
    el('p', { class: 'hint', id: 'lists-explained' }, lists.explained),
  );
}

function summaryText({ nodes }: Words, given: readonly string[]): string {
  const own = chosenNodes().length;
  const text = own > 0 ? nodes.own(own) : given.length > 0 ? nodes.given(given.length) : nodes.none;
  return `${nodes.title} · ${text}`;
}
