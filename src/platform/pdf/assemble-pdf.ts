import type { UnsignedPdf } from '../signing/index.js';
import type { DrawnPdf } from './draw-pdf.js';
import { packObjects, type PackedObject } from './object-streams.js';
import type { PdfContent } from './pdf-content.js';
import type { Body, Slot } from './slots.js';

/** Consecutive objects that are the same in every document of a shape, and where each begins. */
type Fixed = { readonly bytes: Buffer; readonly objects: readonly { readonly id: number; readonly at: number }[] };
type Open = { readonly id: number; readonly slot: Slot };

/** What pdfkit drew once, with the slots left open. */
export type Template = {
  readonly parts: readonly (Fixed | Open)[];
  readonly packed: readonly PackedObject[];
  /** Numbers of all objects but the cross-reference stream, which has the next one. */
  readonly objectCount: number;
  readonly fixedLength: number;
  readonly root: number;
  readonly info: number;
  readonly signature: number | undefined;
};

/** An object of the file as drawn: its bytes are those from `at` to `end`. */
type Piece = { readonly id: number; readonly at: number; readonly end: number };

/** Takes the file apart that was drawn for the first document of a shape. */
export function templateOf({ file, offsets, slots, packed, root, info, signature }: DrawnPdf): Template {
  const pieces = piecesOf(file, offsets);
  const apart = packObjects(
    pieces.filter(({ id }) => packed.has(id)).map(({ id, at, end }) => ({ id, value: valueOf(file, at, end) })),
    offsets.length + 1,
  );
  const parts: (Fixed | Open)[] = [fixedPart(file, [{ id: 0, at: 0, end: pieces[0]?.at ?? 0 }])];
  let run: Piece[] = [];
  const close = (): void => {
    if (run.length > 0) {
      parts.push(fixedPart(file, run));
    }
    run = [];
  };
  for (const piece of pieces.filter(({ id }) => !packed.has(id))) {
    const slot = slots.get(piece.id);
    if (slot === undefined) {
      run.push(piece);
    } else {
      close();
      parts.push({ id: piece.id, slot });
    }
  }
  close();
  parts.push(...apart.streams.map(({ id, bytes }) => ({ bytes, objects: [{ id, at: 0 }] })));
  const fixedLength = parts.reduce((sum, part) => sum + ('bytes' in part ? part.bytes.length : 0), 0);
  const objectCount = offsets.length + apart.streams.length;
  return { parts, packed: apart.objects, objectCount, fixedLength, root, info, signature };
}

function piecesOf(file: Buffer, offsets: readonly number[]): Piece[] {
  const sorted = offsets.map((at, index) => ({ id: index + 1, at })).sort((one, other) => one.at - other.at);
  const last = file.lastIndexOf('xref\n0 ');
  return sorted.map(({ id, at }, index) => ({ id, at, end: sorted[index + 1]?.at ?? last }));
}

function fixedPart(file: Buffer, pieces: readonly Piece[]): Fixed {
  let length = 0;
  const objects = pieces.map(({ id, at, end }) => {
    length += end - at;
    return { id, at: length - (end - at) };
  });
  return { bytes: Buffer.concat(pieces.map(({ at, end }) => file.subarray(at, end))), objects };
}

/** What stands between `obj` and `endobj`. */
function valueOf(file: Buffer, at: number, end: number): string {
  return file.toString('latin1', file.indexOf('\n', at) + 1, end - 'endobj\n'.length).trimEnd();
}

/**
 * The file of `content`, with a cross-reference stream (ISO 32000-1, 7.5.8), which is not compressed: the reader of stamps
 * does not decompress. MUST be given the template of the content's own shape.
 */
export function assemblePdf(template: Template, content: PdfContent): UnsignedPdf {
  const bodies = template.parts.map((part) => ('slot' in part ? part.slot(content) : undefined));
  const room = bodies.reduce((sum, body) => sum + (body === undefined ? 0 : lengthOf(body)), template.fixedLength);
  const file = Buffer.allocUnsafe(room + LARGEST_ENTRY * (template.objectCount + 2) + TRAILER_ROOM);
  const offsets = new Uint32Array(template.objectCount + 2);
  let at = 0;
  for (const [index, part] of template.parts.entries()) {
    if ('bytes' in part) {
      for (const object of part.objects) {
        offsets[object.id] = at + object.at;
      }
      file.set(part.bytes, at);
      at += part.bytes.length;
    } else {
      offsets[part.id] = at;
      at = writeObject(file, at, part.id, bodies[index] ?? { text: 'null' });
    }
  }
  const end = writeCrossReferences(file, at, { template, offsets, content });
  return withPlaces(file.subarray(0, end), template.signature && offsets[template.signature]);
}

/** Without the offset of a signature dictionary the file has no places. */
function withPlaces(bytes: Buffer, signatureAt: number | undefined): UnsignedPdf {
  if (signatureAt === undefined) {
    return { bytes };
  }
  const byteRangeAt = bytes.indexOf('/ByteRange [', signatureAt) + '/ByteRange '.length;
  const contentsAt = bytes.indexOf('/Contents <', byteRangeAt) + '/Contents '.length;
  return { bytes, places: { byteRangeAt, contentsAt } };
}

const OBJECT_FRAME = 64;
const LARGEST_ENTRY = 6;
const TRAILER_ROOM = 512;

const lengthOf = ({ text, data }: Body): number => text.length + (data?.length ?? 0) + OBJECT_FRAME;

function writeObject(file: Buffer, start: number, id: number, { text, data }: Body): number {
  let at = start + file.write(`${id} 0 obj\n${text}\n${data === undefined ? 'endobj\n' : 'stream\n'}`, start, 'latin1');
  if (data !== undefined) {
    file.set(data, at);
    at += data.length;
    at += file.write('\nendstream\nendobj\n', at, 'latin1');
  }
  return at;
}

type Ending = { readonly template: Template; readonly offsets: Uint32Array; readonly content: PdfContent };

const [FREE, PLAIN, PACKED] = [0, 1, 2];

function writeCrossReferences(file: Buffer, start: number, { template, offsets, content }: Ending): number {
  const { objectCount, packed, root, info } = template;
  const number = objectCount + 1;
  const width = Math.ceil((32 - Math.clz32(start)) / 8);
  const entry = 1 + width + 1;
  const id = content.id.toString('hex');
  const dictionary = `<</Type/XRef/Size ${number + 1}/Root ${root} 0 R/Info ${info} 0 R/ID[<${id}> <${id}>]/W[1 ${width} 1]/Length ${entry * (number + 1)}>>`;
  const first = start + file.write(`${number} 0 obj\n${dictionary}\nstream\n`, start, 'latin1');
  offsets[number] = start;
  for (let object = 0; object <= number; object += 1) {
    const at = first + entry * object;
    file[at] = object === 0 ? FREE : PLAIN;
    file.writeUIntBE(offsets[object] ?? 0, at + 1, width);
    file[at + 1 + width] = 0;
  }
  for (const { id: object, stream, index } of packed) {
    const at = first + entry * object;
    file[at] = PACKED;
    file.writeUIntBE(stream, at + 1, width);
    file[at + 1 + width] = index;
  }
  const end = first + entry * (number + 1);
  return end + file.write(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`, end, 'latin1');
}
