import { PdfParser } from './pdf-parser.js';
import { PdfUnreadable } from './pdf-unreadable.js';
import { PdfName, PdfRef, PdfStream, PdfString, isArray, isDictionary } from './pdf-values.js';
import type { PdfDictionary, PdfObject, PdfValue } from './pdf-values.js';

/** One revision of a file: what a save wrote. */
export type PdfRevision = {
  /** Where its cross-references start. */
  readonly xrefAt: number;
  /** They are a stream, whose dictionary is the trailer; else a table. */
  readonly isStream: boolean;
  /** Bytes from the start of the file up to its end, the line end after `%%EOF` included. */
  readonly end: number;
  readonly trailer: PdfDictionary;
};

/** Offset of an object; `packed` when an object stream holds it; null when its number is free. */
export type ObjectPlace = number | 'packed' | null;

/** Undoes deflate (zlib format). MUST reject as soon as the result would be longer than `limit`. */
export type Inflate = (bytes: Uint8Array, limit: number) => Promise<Uint8Array>;

export type PdfAttachment = {
  readonly name: string;
  /** `Data`, `Source`, …; empty when the file does not say. */
  readonly relationship: string;
  readonly stream: PdfStream;
};

/** What a signature field holds. Says nothing about whether the signature is good. */
export type PdfSignature = {
  /** `[0, a, b, c]`: the signature covers the bytes 0 to a and b to b + c. */
  readonly byteRange: readonly [number, number, number, number];
  /** The CMS object, with the zeros that fill its place up. */
  readonly contents: Uint8Array;
  readonly subFilter: string;
};

/** Nodes of the tree of fields, and of the tree of names. */
const MOST_NODES = 2_000;
const DEEPEST_TREE = 16;
const LARGEST_ATTACHMENT = 16 * 1024 * 1024;
/** How often a file may be read over, in all. Objects can lie inside each other: without this, naming is cheap. */
const READ_OVER = 4;
const SMALL_FILE = 65_536;

/** A PDF that was opened; see `readPdf`. Every method may throw `PdfUnreadable`, and nothing else. */
export class PdfFile {
  private readonly read = new Map<number, PdfValue>();
  private readonly fields = new Map<string, PdfObject<PdfDictionary> | undefined>();
  private budget: number;

  constructor(
    readonly bytes: Uint8Array,
    /** Oldest first. */
    readonly revisions: readonly PdfRevision[],
    private readonly places: ReadonlyMap<number, ObjectPlace>,
  ) {
    this.budget = READ_OVER * Math.max(bytes.length, SMALL_FILE);
  }

  /** Of the newest revision. */
  get trailer(): PdfDictionary {
    return this.newest.trailer;
  }

  get newest(): PdfRevision {
    const newest = this.revisions.at(-1);
    if (newest === undefined) {
      throw new PdfUnreadable('The file has no revision');
    }
    return newest;
  }

  get catalog(): PdfDictionary {
    return this.dictionary(this.trailer.get('Root'), 'The catalog');
  }

  /** The value behind a reference; any other value is itself. What is not in the file is null, as the standard says. */
  resolve(value: PdfValue | undefined): PdfValue {
    if (!(value instanceof PdfRef)) {
      return value ?? null;
    }
    const known = this.read.get(value.number);
    if (known !== undefined) {
      return known;
    }
    const found = this.readObject(value);
    if (found instanceof PdfRef) {
      throw new PdfUnreadable(`Object ${value.number} is only a reference`);
    }
    this.read.set(value.number, found);
    return found;
  }

  dictionary(value: PdfValue | undefined, what: string): PdfDictionary {
    const resolved = this.resolve(value);
    if (!isDictionary(resolved)) {
      throw new PdfUnreadable(`${what} is no dictionary`);
    }
    return resolved;
  }

  list(value: PdfValue | undefined): readonly PdfValue[] {
    const resolved = this.resolve(value);
    return isArray(resolved) ? resolved : [];
  }

  /** A text in a dictionary that the trailer names: `textIn('Info', 'Keywords')`. */
  textIn(name: string, key: string): string | undefined {
    const dictionary = this.resolve(this.trailer.get(name));
    const value = isDictionary(dictionary) ? this.resolve(dictionary.get(key)) : null;
    return value instanceof PdfString ? value.text : undefined;
  }

  get form(): PdfDictionary | undefined {
    const form = this.resolve(this.catalog.get('AcroForm'));
    return isDictionary(form) ? form : undefined;
  }

  /** A field by its full name, `anchor.status`; undefined when there is none, or two. */
  field(fullName: string): PdfObject<PdfDictionary> | undefined {
    if (!this.fields.has(fullName)) {
      const [field, ...others] = this.fieldsBelow(this.form?.get('Fields'), fullName.split('.'));
      this.fields.set(fullName, others.length === 0 ? field : undefined);
    }
    return this.fields.get(fullName);
  }

  private fieldsBelow(kids: PdfValue | undefined, path: readonly string[]): PdfObject<PdfDictionary>[] {
    const [name, ...rest] = path;
    const refs = this.list(kids);
    if (refs.length > MOST_NODES) {
      throw new PdfUnreadable('The form has too many fields');
    }
    return refs.flatMap((ref) => {
      const field = this.resolve(ref);
      if (!(ref instanceof PdfRef) || !isDictionary(field)) {
        throw new PdfUnreadable('A field of the form is no object of its own');
      }
      const own = this.resolve(field.get('T'));
      if (!(own instanceof PdfString) || own.text !== name) {
        return [];
      }
      return rest.length === 0 ? [{ ref, value: field }] : this.fieldsBelow(field.get('Kids'), rest);
    });
  }

  /** The signature in this field; undefined while its place is only kept free, and where there is none. */
  signature(fullName: string): PdfSignature | undefined {
    const dictionary = this.resolve(this.field(fullName)?.value.get('V'));
    if (!isDictionary(dictionary)) {
      return undefined;
    }
    const byteRange = this.list(dictionary.get('ByteRange'));
    const contents = this.resolve(dictionary.get('Contents'));
    if (byteRange.length !== 4 || !byteRange.every(isCount) || !(contents instanceof PdfString)) {
      throw new PdfUnreadable('The signature has no /ByteRange of four numbers, or no /Contents');
    }
    const subFilter = dictionary.get('SubFilter');
    return byteRange.every((offset) => offset === 0)
      ? undefined
      : {
          byteRange: byteRange as unknown as PdfSignature['byteRange'],
          contents: contents.bytes,
          subFilter: subFilter instanceof PdfName ? subFilter.name : '',
        };
  }

  /** Files in the tree of names. Their contents are read by `contentOf`. */
  attachments(): PdfAttachment[] {
    const names = this.resolve(this.catalog.get('Names'));
    const found: PdfAttachment[] = [];
    let nodes = 0;
    const walk = (value: PdfValue | undefined, depth: number): void => {
      const node = this.resolve(value);
      nodes += 1;
      if (nodes > MOST_NODES || depth > DEEPEST_TREE) {
        throw new PdfUnreadable('The tree of attachments is too large');
      }
      if (isDictionary(node)) {
        const pairs = this.list(node.get('Names'));
        found.push(...pairs.filter((_, index) => index % 2 === 1).map((file) => this.attachmentOf(file)));
        this.list(node.get('Kids')).forEach((kid) => {
          walk(kid, depth + 1);
        });
      }
    };
    walk(isDictionary(names) ? names.get('EmbeddedFiles') : undefined, 0);
    return found;
  }

  /** The bytes behind a stream that is stored plainly or deflated; at most 16 MB. */
  async contentOf({ dictionary, bytes }: PdfStream, inflate: Inflate): Promise<Uint8Array> {
    const filter = this.resolve(dictionary.get('Filter'));
    const names = isArray(filter) ? filter : filter === null ? [] : [filter];
    const [only, ...others] = names.map((name) => (name instanceof PdfName ? name.name : ''));
    if (only === undefined && bytes.length <= LARGEST_ATTACHMENT) {
      return bytes;
    }
    if (only !== 'FlateDecode' || others.length > 0 || this.resolve(dictionary.get('DecodeParms')) !== null) {
      throw new PdfUnreadable('A stream is too large, or compressed in a way that is not read here');
    }
    try {
      return await inflate(bytes, LARGEST_ATTACHMENT);
    } catch {
      throw new PdfUnreadable('A stream cannot be decompressed');
    }
  }

  private attachmentOf(value: PdfValue): PdfAttachment {
    const file = this.dictionary(value, 'An attachment');
    const name = this.resolve(file.get('UF') ?? file.get('F'));
    const relationship = this.resolve(file.get('AFRelationship'));
    const stream = this.resolve(this.dictionary(file.get('EF'), 'The content of an attachment').get('F'));
    if (!(name instanceof PdfString) || !(stream instanceof PdfStream)) {
      throw new PdfUnreadable('An attachment has no name or no content');
    }
    return { name: name.text, relationship: relationship instanceof PdfName ? relationship.name : '', stream };
  }

  private offsetOf(number: number): number | null {
    const place = this.places.get(number) ?? null;
    if (place === 'packed') {
      throw new PdfUnreadable(`Object ${number} is in an object stream, and those are not read here`);
    }
    return place;
  }

  private readObject({ number, generation }: PdfRef): PdfValue {
    const offset = this.offsetOf(number);
    if (offset === null) {
      return null;
    }
    const parser = new PdfParser(this.bytes, offset);
    parser.expect(`${number} ${generation} obj`);
    const value = parser.value();
    parser.skipSpace();
    const isStream = isDictionary(value) && parser.accept('stream');
    const object = isStream ? this.readStream(parser, value) : value;
    if (!isStream) {
      parser.expect('endobj');
    }
    this.budget -= parser.at - offset;
    if (this.budget < 0) {
      throw new PdfUnreadable('The file asks to be read over and over');
    }
    return object;
  }

  private readStream(parser: PdfParser, dictionary: PdfDictionary): PdfStream {
    if (!parser.accept('\r\n')) {
      parser.expect('\n');
    }
    const start = parser.at;
    const written = dictionary.get('Length');
    const length = written instanceof PdfRef ? this.lengthBehind(written) : written;
    if (!isCount(length) || start + length > this.bytes.length) {
      parser.fail('The length of a stream is wrong');
    }
    parser.at = start + length;
    parser.acceptLineEnd();
    parser.expect('endstream');
    const end = parser.at;
    // What was passed over was not read.
    this.budget += Math.max(0, end - start);
    return new PdfStream(dictionary, this.bytes.subarray(start, start + length));
  }

  /** A number in an object of its own; MUST NOT lead into another stream. */
  private lengthBehind({ number, generation }: PdfRef): PdfValue {
    const offset = this.offsetOf(number);
    if (offset === null) {
      return null;
    }
    const parser = new PdfParser(this.bytes, offset);
    parser.expect(`${number} ${generation} obj`);
    parser.skipSpace();
    return parser.integer();
  }
}

function isCount(value: PdfValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
