import type { UnsignedPdf } from '../signing/index.js';
import type { DrawnPdf } from './draw-pdf.js';
import type { PdfContent } from './pdf-content.js';
import type { Body, Slot } from './slots.js';

/** Consecutive objects that are the same in every document of a shape, and where each begins. */
type Fixed = { readonly bytes: Buffer; readonly objects: readonly { readonly id: number; readonly at: number }[] };
type Open = { readonly id: number; readonly slot: Slot };

/** What pdfkit drew once, with the slots left open. */
export type Template = {
  readonly parts: readonly (Fixed | Open)[];
  readonly objectCount: number;
  readonly fixedLength: number;
  readonly root: number;
  readonly info: number;
  readonly signature: number | undefined;
};

/** Takes the file apart that was drawn for the first document of a shape. */
export function templateOf({ file, offsets, slots, root, info, signature }: DrawnPdf): Template {
  const objects = offsets.map((at, index) => ({ id: index + 1, at })).sort((one, other) => one.at - other.at);
  const ends = [...objects.slice(1).map(({ at }) => at), file.lastIndexOf('xref\n0 ')];
  const parts: (Fixed | Open)[] = [];
  let start = 0;
  let run: { id: number; at: number }[] = [];
  const close = (end: number): void => {
    if (end > start) {
      parts.push({ bytes: Buffer.from(file.subarray(start, end)), objects: run });
    }
    run = [];
  };
  for (const [index, { id, at }] of objects.entries()) {
    const slot = slots.get(id);
    if (slot === undefined) {
      run.push({ id, at: at - start });
    } else {
      close(at);
      parts.push({ id, slot });
      start = ends[index] ?? file.length;
    }
  }
  close(ends.at(-1) ?? file.length);
  const fixedLength = parts.reduce((sum, part) => sum + ('bytes' in part ? part.bytes.length : 0), 0);
  return { parts, objectCount: objects.length, fixedLength, root, info, signature };
}

/** The file that pdfkit would draw for `content`, byte for byte. MUST be given the template of the content's own shape. */
export function assemblePdf(template: Template, content: PdfContent): UnsignedPdf {
  const bodies = template.parts.map((part) => ('slot' in part ? part.slot(content) : undefined));
  const room = bodies.reduce((sum, body) => sum + (body === undefined ? 0 : lengthOf(body)), template.fixedLength);
  const file = Buffer.allocUnsafe(room + ENTRY * (template.objectCount + 1) + TRAILER_ROOM);
  const offsets = new Uint32Array(template.objectCount + 1);
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
  const end = writeTrailer(file, at, { template, offsets, content });
  return withPlaces(file.subarray(0, end), template.signature && offsets[template.signature]);
}

/** The drawn file itself, as an assembled one is handed on. Without the offset of a signature dictionary it has no places. */
export function withPlaces(bytes: Buffer, signatureAt: number | undefined): UnsignedPdf {
  if (signatureAt === undefined) {
    return { bytes };
  }
  const byteRangeAt = bytes.indexOf('/ByteRange [', signatureAt) + '/ByteRange '.length;
  const contentsAt = bytes.indexOf('/Contents <', byteRangeAt) + '/Contents '.length;
  return { bytes, places: { byteRangeAt, contentsAt } };
}

const OBJECT_FRAME = 64;
const ENTRY = 20;
const TRAILER_ROOM = 256;

const lengthOf = ({ text, data }: Body): number => text.length + (data?.length ?? 0) + OBJECT_FRAME;

function writeObject(file: Buffer, start: number, id: number, { text, data }: Body): number {
  let at = start + file.write(`${id} 0 obj\n${text}\n`, start, 'latin1');
  if (data !== undefined) {
    at += file.write('stream\n', at, 'latin1');
    file.set(data, at);
    at += data.length;
    at += file.write('\nendstream\n', at, 'latin1');
  }
  return at + file.write('endobj\n', at, 'latin1');
}

type Ending = { readonly template: Template; readonly offsets: Uint32Array; readonly content: PdfContent };

function writeTrailer(file: Buffer, start: number, { template, offsets, content }: Ending): number {
  const { objectCount, root, info } = template;
  let at = start + file.write(`xref\n0 ${objectCount + 1}\n0000000000 65535 f \n`, start, 'latin1');
  for (let id = 1; id <= objectCount; id += 1) {
    at += file.write('0000000000 00000 n \n', at, 'latin1');
    for (let rest = offsets[id] ?? 0, digit = at - 11; rest > 0; digit -= 1) {
      const tenth = Math.trunc(rest / 10);
      file[digit] = 48 + rest - 10 * tenth;
      rest = tenth;
    }
  }
  const id = content.id.toString('hex');
  const trailer = `trailer\n<<\n/Size ${objectCount + 1}\n/Root ${root} 0 R\n/Info ${info} 0 R\n/ID [<${id}> <${id}>]\n>>\n`;
  return at + file.write(`${trailer}startxref\n${start}\n%%EOF\n`, at, 'latin1');
}
