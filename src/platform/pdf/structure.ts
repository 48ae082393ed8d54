import type { Box } from './canvas.js';

/** Standard structure types that our documents use (ISO 32000-1, 14.8.4). */
export type Role = 'Document' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure' | 'Form';

/** Fields that every issued file has, to be filled when it is anchored, and the signature. */
export type FieldName = 'status' | 'proof' | 'signature';

/** What of an element is the same in every document of a shape. */
export type ElementTraits = {
  readonly role: Role;
  readonly lang?: string;
  /** What a header cell is the header of. */
  readonly scope?: 'Column' | 'Row';
  readonly columns?: number;
  /** Where a figure lies. */
  readonly box?: Box;
  /** The field of the form that the element stands for. */
  readonly field?: FieldName;
};

/** One element of the structure tree: with kids, or with one piece of a page's content, or standing for a form field. */
export class StructureElement {
  readonly kids: StructureElement[] = [];
  /** Set on an element that has content of its own. */
  mark?: { readonly page: number; readonly id: number };
  /** What a figure shows, for whoever does not see it. */
  alt?: string;

  constructor(readonly traits: ElementTraits) {}
}

/**
 * The structure of one document, in the order in which a person reads it (ISO 32000-1, 14.7). A page's pieces of content are
 * numbered from 0 on.
 */
export class Structure {
  readonly root = new StructureElement({ role: 'Document' });
  private readonly marks: number[] = [];

  add(parent: StructureElement, traits: ElementTraits): StructureElement {
    const element = new StructureElement(traits);
    parent.kids.push(element);
    return element;
  }

  /** An element with content on `page`. */
  addContent(parent: StructureElement, traits: ElementTraits, page: number): { element: StructureElement; id: number } {
    const id = this.marks[page] ?? 0;
    this.marks[page] = id + 1;
    const element = this.add(parent, traits);
    element.mark = { page, id };
    return { element, id };
  }

  /** Two structures with the same key differ in nothing but what their figures show. */
  key(): string {
    return keyOf(this.root);
  }
}

function keyOf({ traits, mark, kids }: StructureElement): string {
  const own = traits.role + (mark === undefined ? '' : mark.page.toString()) + keyOfTraits(traits);
  if (kids.length === 0) {
    return own;
  }
  let inside = '';
  for (const kid of kids) {
    inside += keyOf(kid);
  }
  return `${own}(${inside})`;
}

function keyOfTraits({ lang, scope, columns, field, box }: ElementTraits): string {
  const place = box === undefined ? '' : `@${box.x},${box.y},${box.width},${box.height}`;
  return lang === undefined && scope === undefined && columns === undefined && field === undefined
    ? place
    : `<${lang ?? ''},${scope ?? ''},${columns ?? ''},${field ?? ''}>${place}`;
}
