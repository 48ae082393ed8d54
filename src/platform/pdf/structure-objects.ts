import type { FormFields } from './form-fields.js';
import type { KitDocument, Ref } from './kit-document.js';
import type { PdfContent } from './pdf-content.js';
import { number, textString } from './pdf-text.js';
import type { ElementTraits, StructureElement } from './structure.js';

type Numbered = { readonly element: StructureElement; readonly ref: Ref };

/**
 * The structure tree as PDF objects (ISO 32000-1, 14.7.2), with the way back from each page's pieces and each field to the
 * element that they belong to.
 */
export class StructureObjects {
  /** `elements[page][mark]` */
  private readonly elements: Ref[][];
  private readonly fields: Ref[] = [];

  constructor(
    private readonly document: KitDocument,
    private readonly pages: readonly Ref[],
    private readonly form: FormFields | undefined,
  ) {
    this.elements = pages.map(() => []);
  }

  write(): void {
    const { document } = this;
    const root = document.reserve();
    const top = this.writeElement(document.content.structure.root, root, [document.content.structure.root]);
    const entries = [...this.elements.map((refs) => `[${refs.join(' ')}]`), ...this.fields];
    const tree = document.packedObject(`<</Nums[${entries.map((entry, key) => `${key} ${entry}`).join(' ')}]>>`);
    // The parent tree first: validators compare revisions in the order of the entries, and what a stamp changes in a field
    // they count as permitted when they come to the field through the parent tree.
    document.fillPacked(
      root,
      `<</Type/StructTreeRoot/ParentTree ${tree}/ParentTreeNextKey ${entries.length}/K ${top}>>`,
    );
    document.inCatalog('StructTreeRoot', root);
    document.inCatalog('MarkInfo', '<</Marked true>>');
  }

  /** `path`: the element's ancestors and itself, from the root on. */
  private writeElement(element: StructureElement, parent: Ref, path: readonly StructureElement[]): Ref {
    const ref = this.document.reserve();
    const kids = element.kids.map((kid) => this.writeElement(kid, ref, [...path, kid]));
    const start = `<</S/${element.traits.role}/P ${parent}`;
    const end = `${attributesOf(element.traits, this.heightOf(element))}${this.contentOf({ element, ref }, kids)}>>`;
    if (element.alt === undefined) {
      this.document.fillPacked(ref, start + end);
    } else {
      const find = finderOf(path);
      this.document.fillSlot(ref, (content) => ({ text: `${start}/Alt${textString(find(content).alt ?? '')}${end}` }));
    }
    return ref;
  }

  private contentOf({ element: { mark, traits }, ref }: Numbered, kids: readonly Ref[]): string {
    if (mark !== undefined) {
      const elements = this.elements[mark.page] ?? [];
      elements[mark.id] = ref;
      return `/Pg ${this.pages[mark.page] ?? ''}/K ${mark.id}`;
    }
    const widget = this.form?.widgets.find(({ field }) => field === traits.field);
    if (widget !== undefined) {
      this.fields[widget.key - this.pages.length] = ref;
      return `/Pg ${this.pages[0] ?? ''}/K<</Type/OBJR/Obj ${widget.ref}>>`;
    }
    return `/K[${kids.join(' ')}]`;
  }

  private heightOf({ mark }: StructureElement): number {
    return this.document.content.pages[mark?.page ?? 0]?.size.height ?? 0;
  }
}

function attributesOf({ lang, scope, columns, box }: ElementTraits, pageHeight: number): string {
  const language = lang === undefined ? '' : `/Lang(${lang})`;
  if (box !== undefined) {
    const bottom = pageHeight - box.y - box.height;
    const corners = [box.x, bottom, box.x + box.width, bottom + box.height].map((value) => number(value)).join(' ');
    return `${language}/A<</O/Layout/Placement/Block/BBox[${corners}]>>`;
  }
  if (scope === undefined && columns === undefined) {
    return language;
  }
  const [of, span] = [scope === undefined ? '' : `/Scope/${scope}`, columns === undefined ? '' : `/ColSpan ${columns}`];
  return `${language}/A<</O/Table${of}${span}>>`;
}

/** Finds in another document of the same shape the element that stands where the last of `path` does. */
function finderOf(path: readonly StructureElement[]): (content: PdfContent) => StructureElement {
  const steps = path.slice(1).map((element, depth) => path[depth]?.kids.indexOf(element) ?? -1);
  return ({ structure }) =>
    steps.reduce((element, step) => {
      const kid = element.kids[step];
      if (kid === undefined) {
        throw new Error('The structure is of another shape than its template');
      }
      return kid;
    }, structure.root);
}
