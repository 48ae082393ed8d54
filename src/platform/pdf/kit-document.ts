import PDFDocument from 'pdfkit';
import type { PdfContent } from './pdf-content.js';
import type { Body, Slot } from './slots.js';

/** A reference to an object, as it is spelt: `12 0 R`. */
export type Ref = string;

export const idOf = (ref: Ref): number => parseInt(ref, 10);

type KitRef = {
  readonly id: number;
  data: Record<string, unknown>;
  write(chunk: Uint8Array): void;
  end(): void;
};

/** The parts of pdfkit 0.20 behind its drawing functions: it keeps the objects, we say what is in them. */
type KitParts = {
  readonly _root: KitRef;
  readonly _offsets: readonly number[];
  readonly _info: KitRef;
  _id: Uint8Array;
  info: Record<string, unknown>;
  ref(data: unknown): KitRef;
  end(): void;
  read(): Buffer;
};

/** pdfkit writes an object of this kind as what it says, and ordinary objects in a form of its own. */
class Verbatim {
  constructor(private readonly text: string) {}

  get [Symbol.toStringTag](): string {
    return 'Verbatim';
  }

  toString(): string {
    return this.text;
  }
}

/** pdfkit without the metadata, the form and the structure that it would write by itself: neither of the first two meets PDF/A. */
class BareDocument extends PDFDocument {
  override endMetadata(): void {
    // Our own metadata is an object like any other.
  }

  override endMarkings(): void {
    // And the structure tree.
  }

  override endAcroForm(): this {
    return this; // so is our form
  }
}

/** What pdfkit wrote, and where each object of it begins. */
export type Drawn = {
  readonly file: Buffer;
  /** Offset of object `id` at `id - 1`. */
  readonly offsets: readonly number[];
  readonly slots: ReadonlyMap<number, Slot>;
  /** Objects for which a reader may have to decompress an object stream first. */
  readonly packed: ReadonlySet<number>;
  readonly root: number;
  readonly info: number;
};

/** A file that pdfkit writes: header, catalog, numbering of objects and how they are spelt are its own. */
export class KitDocument {
  private readonly kit: KitParts;
  private readonly objects = new Map<Ref, KitRef>();
  private readonly slots = new Map<number, Slot>();
  private readonly packed = new Set<number>();

  constructor(readonly content: PdfContent) {
    this.kit = new BareDocument({
      pdfVersion: '1.7',
      lang: 'zh-CN',
      displayTitle: true,
      autoFirstPage: false,
      compress: false,
      font: null as unknown as string, // undeclared: no default font
    }) as unknown as KitParts;
    this.kit._id = content.id;
  }

  /** An entry of the catalog, told as its text. */
  inCatalog(key: string, value: string): void {
    this.kit._root.data[key] = new Verbatim(value);
  }

  /** An entry of the catalog's name dictionary. */
  inNames(key: string, value: string): void {
    (this.kit._root.data['Names'] as KitRef).data[key] = new Verbatim(value);
  }

  /** The root of the page tree, to which every page says it belongs. */
  get pageTree(): Ref {
    return `${(this.kit._root.data['Pages'] as KitRef).id} 0 R`;
  }

  addPage(page: Ref): void {
    const tree = (this.kit._root.data['Pages'] as KitRef).data as { Count: number; readonly Kids: unknown[] };
    tree.Kids.push(this.objects.get(page));
    tree.Count += 1;
  }

  /** A number whose object is told later, by `fill`: references may run in circles. */
  reserve(): Ref {
    const object = this.kit.ref({});
    const ref = `${object.id} 0 R`;
    this.objects.set(ref, object);
    return ref;
  }

  fill(ref: Ref, { text, data }: Body): void {
    const object = this.objects.get(ref);
    if (object === undefined) {
      throw new Error(`There is no object ${ref} to fill`);
    }
    object.data = new Verbatim(text) as unknown as KitRef['data'];
    if (data !== undefined) {
      object.write(data);
    }
    object.end();
  }

  /**
   * The same in every document of this shape, and kept compressed together with others of its kind. MUST NOT be anything
   * that the reader of stamps looks at (`src/proof/anchored-copy`): it does not decompress.
   */
  fillPacked(ref: Ref, text: string): void {
    this.packed.add(idOf(ref));
    this.fill(ref, { text });
  }

  packedObject(text: string): Ref {
    const ref = this.reserve();
    this.fillPacked(ref, text);
    return ref;
  }

  /** An object that is the same in every document of this shape. */
  fixed(text: string, data?: Uint8Array): Ref {
    const ref = this.reserve();
    this.fill(ref, data === undefined ? { text } : { text, data });
    return ref;
  }

  fillSlot(ref: Ref, slot: Slot): void {
    this.slots.set(idOf(ref), slot);
    this.fill(ref, slot(this.content));
  }

  slot(slot: Slot): Ref {
    const ref = this.reserve();
    this.fillSlot(ref, slot);
    return ref;
  }

  /** Ends the file. `information` is the document information dictionary. */
  end(information: Slot): Drawn {
    const info = idOf(this.slot(information));
    this.kit.info = {};
    this.kit.end();
    const { _root: root, _info: unused, _offsets: offsets } = this.kit;
    this.packed.add(unused.id);
    return { file: this.kit.read(), offsets, slots: this.slots, packed: this.packed, root: root.id, info };
  }
}
