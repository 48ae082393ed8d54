import { BundleMalformed, canonicalJson, readDisclosureFragment } from '../../src/proof/index.js';
import { inflate } from './decompress.js';
import { dropCard } from './drop.js';
import { makeDisclosureCard } from './disclosure/make-disclosure.js';
import { append, el, type Piece } from './dom.js';
import { bundlesIn, openExaminer } from './examination.js';
import type { Found } from './found.js';
import type { HeldFile } from './held-file.js';
import { materialiseCard } from './materialise/materialise-card.js';
import { nodesCard } from './nodes.js';
import { pause } from './pause.js';
import type { PileRow, Twin } from './pile-row.js';
import { pileView } from './pile.js';
import { browserBlock, serviceBlock } from './report.js';
import { addressIn, scanCard } from './scan.js';
import { askService, watch, type Said } from './service.js';
import type { Page } from './settings.js';
import { tokenIn } from './status-lists.js';
import { wordsIn } from './words.js';

/** Questions to the service that are under way at once, for a pile. */
const MOST_QUESTIONS = 4;

/** The verifier on a page: takes files, and shows what the browser finds in them beside what the service says. */
export class Verifier {
  private readonly results = el('div', { class: 'stack results' });
  private readonly progress = el('p', { class: 'progress', role: 'status', 'aria-live': 'polite' });
  private held: readonly HeldFile[] = [];
  /** Files that were taken meanwhile make the answers about earlier ones stale. */
  private turn = 0;

  constructor(private readonly page: Page) {}

  show(): void {
    const { page } = this;
    const isOfDocument = page.address !== '';
    page.root.replaceChildren(
      el(
        'div',
        { class: isOfDocument || page.isAlone ? 'stack' : 'columns' },
        dropCard(page, (files) => void this.take(files)),
        isOfDocument || page.isAlone
          ? ''
          : scanCard(page, (address) => {
              this.open(address);
            }),
      ),
      nodesCard(page, () => {
        if (this.held.length > 0) {
          void this.take(this.held);
        }
      }),
      this.progress,
      this.results,
    );
    page.root.hidden = false;
    this.followHash();
    addEventListener('hashchange', () => {
      this.followHash();
    });
  }

  /**
   * A link `/verify#d=…` carries evidence, which is examined here; a bookmark `/verify#0x…` leads to the document, but on a saved
   * page there is nobody to lead to.
   */
  private followHash(): void {
    if (location.hash.startsWith('#d=')) {
      void this.takeLink(location.hash);
      return;
    }
    const address = addressIn(location.hash);
    if (address === null) {
      return;
    }
    if (this.page.isAlone) {
      this.progress.textContent = `${wordsIn(this.page.language).alone.needsFile} ${address}`;
    } else {
      this.open(address);
    }
  }

  private async takeLink(hash: string): Promise<void> {
    const { disclosure } = wordsIn(this.page.language);
    try {
      const bundle = await readDisclosureFragment(hash, inflate);
      await this.take([{ name: disclosure.linkName, bytes: new TextEncoder().encode(canonicalJson(bundle)) }]);
    } catch (error) {
      if (!(error instanceof BundleMalformed)) {
        throw error;
      }
      this.results.replaceChildren(el('p', { class: 'error', role: 'alert' }, disclosure.broken));
    }
  }

  private open(address: string): void {
    location.assign(`/v/${address}?lang=${this.page.language}`);
  }

  private async take(files: readonly HeldFile[]): Promise<void> {
    this.held = files;
    this.turn += 1;
    const { turn } = this;
    const { drop } = wordsIn(this.page.language);
    const bundles = bundlesIn(files);
    const shown = files.filter((file) => tokenIn(file) === null);
    this.results.replaceChildren();
    this.progress.textContent = drop.working(0, shown.length);
    const examineFile = await openExaminer(
      this.page,
      files.flatMap((file) => tokenIn(file) ?? []),
    );
    const rows: PileRow[] = [];
    for (const file of shown) {
      const found = await examineFile(file, bundles);
      if (turn !== this.turn) {
        return;
      }
      rows.push({ found, sameAs: twinOf(found, rows) });
      this.progress.textContent = drop.working(rows.length, shown.length);
      await pause(0);
    }
    const [first] = rows;
    if (rows.length === 1 && first !== undefined) {
      this.showOne(first, []);
    } else {
      this.showPile(rows, turn);
    }
    this.progress.textContent = '';
  }

  private showOne(row: PileRow, above: readonly Piece[]): void {
    const { page, turn } = this;
    const isToBeAsked = this.isToBeAsked(row);
    const block = browserBlock(row.found, page, page.address);
    append(block, [makeDisclosureCard(row.found, page), materialiseCard(row.found, page)]);
    const service = el('div', {});
    const say = (said: Said | undefined): void => {
      service.replaceChildren(serviceBlock(said, row.found, page));
    };
    reportInPrint(false);
    this.results.replaceChildren(el('div', { class: 'stack' }, ...above, block, isToBeAsked ? service : null));
    block.querySelector<HTMLElement>('.verdict-title')?.focus();
    if (isToBeAsked) {
      say(row.said);
      void askService(row.found).then((said) => {
        row.said = said;
        say(said);
        this.followPending(row, turn, say);
      });
    }
  }

  /** A saved page has nobody to ask; the page of the document itself says already what the service says. */
  private isToBeAsked({ found }: PileRow): boolean {
    const { isAlone, address } = this.page;
    return !isAlone && (address === '' || address.toLowerCase() !== found.examination.documentAddress?.toLowerCase());
  }

  /** While the service is writing the document to the chain, the page follows. */
  private followPending(row: PileRow, turn: number, say: (said: Said) => void): void {
    if (row.said?.verdict !== 'pending') {
      return;
    }
    const { documentAddress } = row.found.examination;
    const subject = documentAddress === null ? { fileSha256: row.found.sha256 } : { documentAddress };
    watch(subject, (said) => {
      if (turn !== this.turn) {
        return true;
      }
      if (said !== null) {
        row.said = said;
        say(said);
      }
      return said !== null && said.verdict !== 'pending';
    });
  }

  private showPile(rows: readonly PileRow[], turn: number): void {
    const draw = (): HTMLElement => {
      const table = pileView({
        rows,
        page: this.page,
        show: (row) => {
          this.showOne(row, [this.backButton(rows, turn)]);
        },
      });
      this.results.replaceChildren(table);
      reportInPrint(true);
      return table;
    };
    draw().querySelector<HTMLElement>('h2')?.focus();
    if (!this.page.isAlone && rows.some(({ said }) => said === undefined)) {
      void this.askAbout(rows, turn).then((isCurrent) => {
        if (isCurrent && this.results.querySelector('.pile') !== null) {
          draw();
        }
      });
    }
  }

  private backButton(rows: readonly PileRow[], turn: number): HTMLElement {
    return el(
      'p',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'quiet',
          click: () => {
            this.showPile(rows, turn);
          },
        },
        wordsIn(this.page.language).report.back,
      ),
    );
  }

  private async askAbout(rows: readonly PileRow[], turn: number): Promise<boolean> {
    const waiting = rows.filter(({ said }) => said === undefined).values();
    const work = async (): Promise<void> => {
      for (const row of waiting) {
        if (turn !== this.turn) {
          return;
        }
        row.said = await askService(row.found);
      }
    };
    await Promise.all(Array.from({ length: MOST_QUESTIONS }, work));
    return turn === this.turn;
  }
}

/** The earlier file with the same bytes, or of the same document. */
function twinOf(found: Found, earlier: readonly PileRow[]): Twin | null {
  const { documentAddress } = found.examination;
  const same = earlier.find(
    (row) =>
      row.found.sha256 === found.sha256 ||
      (documentAddress !== null && row.found.examination.documentAddress === documentAddress),
  );
  return same === undefined
    ? null
    : { name: same.found.examination.name, isSameFile: same.found.sha256 === found.sha256 };
}

/** Whether printing gives the report of the pile in place of the page. */
function reportInPrint(isReport: boolean): void {
  document.documentElement.classList.toggle('reporting', isReport);
}
