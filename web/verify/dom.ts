/** What an element may be given: attributes, and what to do on events. `null` leaves an attribute out. */
type Attributes = Readonly<Record<string, string | boolean | null | ((event: Event) => void)>>;
export type Piece = Node | string | null | readonly Piece[];

/** Builds an element. Texts stay texts: nothing here, nor elsewhere in the script, ever parses markup. */
export function el(tag: string, attributes: Attributes = {}, ...pieces: readonly Piece[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  append(element, pieces);
  return element;
}

export function append(parent: Element, pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    if (Array.isArray(piece)) {
      append(parent, piece as readonly Piece[]);
    } else if (piece !== null) {
      parent.append(piece as Node | string);
    }
  }
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Node[]
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A picture beside a word, which says the same; hidden from those who listen. */
export function icon(shape: 'check' | 'cross' | 'clock' | 'question' | 'dash'): SVGElement {
  const path = (d: string): SVGElement => svg('path', { class: 'stroke', d });
  const shapes = {
    check: () => [path('M6.5 12.5l3.6 3.6 7.4-8')],
    cross: () => [path('M8 8l8 8M16 8l-8 8')],
    clock: () => [path('M12 6.5V12l3.8 2.4')],
    question: () => [
      path('M9.2 9.4a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.1-1.5 2.2'),
      svg('circle', { class: 'dot', cx: '12', cy: '17.4', r: '1.25' }),
    ],
    dash: () => [path('M7.5 12h9')],
  };
  const disc = svg('circle', { class: 'disc', cx: '12', cy: '12', r: '12' });
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    disc,
    ...shapes[shape](),
  );
}

/** Hands a file to the visitor. */
export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

/** How the words around a line are said that is there to be copied. */
export type CopyWords = { readonly copy: string; readonly copied: string; readonly copyYourself: string };

/** A line to be copied, with a button that does it. `label` names it for those who listen. */
export function copyLine(text: string, label: string, words: CopyWords): Piece {
  const line = el('code', { class: 'mono' }, text);
  const said = el('span', { role: 'status' });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = words.copied;
    } catch {
      // Not over a safe connection, or not allowed.
      getSelection()?.selectAllChildren(line);
      said.textContent = words.copyYourself;
    }
  };
  const button = el('button', { type: 'button', class: 'quiet small', click: () => void copy() }, words.copy);
  return [
    el('pre', { class: 'command', tabindex: '0', role: 'region', 'aria-label': label }, line),
    el('p', {}, button, ' ', said),
  ];
}
