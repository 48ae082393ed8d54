/** Markup that may stand in a page as it is. Only `html` makes it. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

export type Piece = Markup | string | number | null | readonly Piece[];

/** Markup with values in it. Every value is escaped unless it is markup itself; attributes MUST be in double quotes. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + written(pieces[index - 1] ?? null) + part));
}

function written(piece: Piece): string {
  if (piece === null) {
    return '';
  }
  if (piece instanceof Markup) {
    return piece.text;
  }
  return typeof piece === 'object' ? piece.map(written).join('') : escaped(String(piece));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
