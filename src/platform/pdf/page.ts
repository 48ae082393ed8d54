import type { Box } from './canvas.js';
import { Canvas } from './canvas.js';
import type { ElementTraits, Structure, StructureElement } from './structure.js';
import type { PlacedText, TextTag } from './text-box.js';
import type { UsedGlyphs } from './used-glyphs.js';

export type PageSize = Pick<Box, 'width' | 'height'>;

/** A QR code of one page, before it is drawn. */
export type QrFigure = {
  readonly text: string;
  /** The square at its top left is filled, a quiet border included. */
  readonly box: Box;
  /** Number of the marked content that it is. */
  readonly mark: number;
};

type Figure = { readonly alt: string; readonly box: Box };

const PARAGRAPH: TextTag = {};

/**
 * One page of a document that is being made: what is drawn, and what it is to who cannot see it. Content is told in the
 * order in which a person reads it; what is drawn on `canvas` outside `texts`, `notice` and `figure` is decoration.
 */
export class Page {
  readonly canvas: Canvas;
  readonly qrCodes: QrFigure[] = [];
  /** Where the status of anchoring is told. */
  statusBox: Box | undefined;
  private table: { readonly name: string; readonly element: StructureElement } | undefined;
  private row: { readonly index: number; readonly element: StructureElement } | undefined;

  constructor(
    readonly size: PageSize,
    private readonly index: number,
    private readonly structure: Structure,
    glyphs: UsedGlyphs,
  ) {
    this.canvas = new Canvas(size.height, glyphs);
  }

  texts(texts: readonly PlacedText[]): void {
    let start = 0;
    while (start < texts.length) {
      let end = start + 1;
      while (texts[end]?.tag?.joins === true) {
        end += 1;
      }
      this.element(texts, start, end);
      start = end;
    }
    this.endTable();
  }

  /** Words that are read as `text` in one piece, however they are set. */
  notice(text: string, draw: () => void): void {
    const { id } = this.structure.addContent(this.structure.root, { role: 'P' }, this.index);
    this.canvas.tagged({ role: 'P', id }, () => {
      this.canvas.readAs(text, draw);
    });
  }

  /** A picture, and `alt`, which says the same in words. */
  figure(figure: Figure, draw: () => void): void {
    this.canvas.tagged({ role: 'Figure', id: this.addFigure(figure) }, draw);
  }

  /** A figure that is drawn on top of everything else, wherever it is read. */
  qrCode(text: string, figure: Figure): void {
    this.qrCodes.push({ text, box: figure.box, mark: this.addFigure(figure) });
  }

  /** Texts that are part of the figure being drawn. */
  lettering(texts: readonly PlacedText[]): void {
    for (const text of texts) {
      this.lines(text);
    }
  }

  /** Leaves `box` to the field that tells whether the document is anchored. On the first page only. */
  statusField(box: Box): void {
    this.statusBox = box;
    this.structure.add(this.structure.root, { role: 'Form', field: 'status' });
  }

  private addFigure({ alt, box }: Figure): number {
    const traits: ElementTraits = { role: 'Figure', box };
    const { element, id } = this.structure.addContent(this.structure.root, traits, this.index);
    element.alt = alt;
    return id;
  }

  private element(texts: readonly PlacedText[], start: number, end: number): void {
    const { tag = PARAGRAPH } = texts[start] ?? {};
    const role = tag.role ?? 'P';
    if (tag.row === undefined && !hasLetters(texts, start, end)) {
      return;
    }
    const parent = tag.row === undefined ? this.endTable() : this.rowOf(tag.row);
    const { id } = this.structure.addContent(parent, traitsOf(role, tag), this.index);
    const mark = { role, id, ...(tag.lang !== undefined && { lang: tag.lang }) };
    this.canvas.tagged(mark, () => {
      for (let index = start; index < end; index += 1) {
        this.placed(texts[index]);
      }
    });
  }

  private placed(placed: PlacedText | undefined): void {
    if (placed?.readAs !== undefined) {
      this.canvas.readAs(placed.readAs, () => {
        this.lines(placed);
      });
    } else {
      this.lines(placed);
    }
  }

  private lines(placed: PlacedText | undefined): void {
    for (const line of placed?.lines ?? []) {
      if (line.text !== '' && placed !== undefined) {
        this.canvas.text(line.text, { x: line.x, y: line.baseline }, placed);
      }
    }
  }

  private rowOf({ table, index }: NonNullable<TextTag['row']>): StructureElement {
    if (this.table?.name !== table) {
      this.table = { name: table, element: this.structure.add(this.structure.root, { role: 'Table' }) };
      this.row = undefined;
    }
    if (this.row?.index !== index) {
      this.row = { index, element: this.structure.add(this.table.element, { role: 'TR' }) };
    }
    return this.row.element;
  }

  private endTable(): StructureElement {
    this.table = undefined;
    this.row = undefined;
    return this.structure.root;
  }
}

type TextRole = NonNullable<TextTag['role']>;

/** Most elements have no more than a role. */
const TRAITS: Readonly<Record<TextRole, ElementTraits>> = {
  ...{ H1: { role: 'H1' }, H2: { role: 'H2' }, P: { role: 'P' }, TH: { role: 'TH' }, TD: { role: 'TD' } },
};

function traitsOf(role: TextRole, { lang, scope, columns }: TextTag): ElementTraits {
  if (lang === undefined && scope === undefined && columns === undefined) {
    return TRAITS[role];
  }
  return {
    role,
    ...(lang !== undefined && { lang }),
    ...(scope !== undefined && { scope }),
    ...(columns !== undefined && { columns }),
  };
}

function hasLetters(texts: readonly PlacedText[], start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    if (texts[index]?.lines.some(({ text }) => text !== '') === true) {
      return true;
    }
  }
  return false;
}
