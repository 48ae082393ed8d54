import { el, type Piece } from './dom.js';
import type { HeldFile } from './held-file.js';
import type { Page } from './settings.js';
import { wordsIn } from './words.js';

const MOST_FILES = 500;
const LARGEST_MB = 20;

/** Where files are put. `take` is given what can be examined; what cannot is told here. */
export function dropCard(page: Page, take: (files: readonly HeldFile[]) => void): HTMLElement {
  const { drop: words, alone } = wordsIn(page.language);
  const problems = el('div', { role: 'alert' });
  const accept = async (list: FileList | null | undefined): Promise<void> => {
    const { files, refused } = await readFiles([...(list ?? [])], words);
    problems.replaceChildren(...refused.map((text) => el('p', { class: 'error' }, text)));
    if (files.length > 0) {
      take(files);
    }
  };
  const input = el('input', {
    id: 'own-files',
    type: 'file',
    multiple: true,
    accept: 'application/pdf,.pdf,application/json,.json,.jwt',
    'aria-describedby': 'own-files-hint own-files-privacy',
    change: (event) => void accept((event.target as HTMLInputElement).files),
  });
  const zone = el(
    'div',
    { class: 'drop' },
    el('p', { 'aria-hidden': 'true' }, words.zone),
    el('div', { class: 'pick' }, input, el('label', { class: 'button', for: 'own-files' }, words.choose)),
  );
  letDrop(zone, (files) => void accept(files));
  return el(
    'section',
    { class: 'card', 'aria-labelledby': 'own-title' },
    el('h2', { id: 'own-title' }, words.title),
    zone,
    el('p', { class: 'hint', id: 'own-files-hint' }, words.types),
    problems,
    el('p', { class: 'note', id: 'own-files-privacy' }, words.privacy),
    saveLink(page, alone),
  );
}

function saveLink({ isAlone, language }: Page, alone: { save: string; explained: string }): Piece {
  return isAlone
    ? null
    : el(
        'p',
        { class: 'note' },
        el('a', { href: `/verify/saved?lang=${language}`, download: true }, alone.save),
        ' · ',
        alone.explained,
      );
}

/** The whole window takes files: a file dropped beside the mark would otherwise open in place of the page. */
function letDrop(zone: HTMLElement, accept: (files: FileList | undefined) => void): void {
  const mark = (isOver: boolean): void => {
    zone.classList.toggle('over', isOver);
  };
  addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  addEventListener('dragleave', () => {
    mark(false);
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    accept(event.dataTransfer?.files);
  });
}

type Words = ReturnType<typeof wordsIn>['drop'];

async function readFiles(
  list: readonly File[],
  words: Words,
): Promise<{ files: readonly HeldFile[]; refused: readonly string[] }> {
  const limit = LARGEST_MB * 1024 * 1024;
  const taken = list.slice(0, MOST_FILES);
  const refused = taken.filter(({ size }) => size > limit).map(({ name }) => words.tooLarge(name, LARGEST_MB));
  const files = taken
    .filter(({ size }) => size <= limit)
    .map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }));
  return {
    files: await Promise.all(files),
    refused: list.length > MOST_FILES ? [...refused, words.tooMany(MOST_FILES)] : refused,
  };
}
