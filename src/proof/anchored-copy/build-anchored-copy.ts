import { toHex } from '../../kernel/index.js';
import { keccak256 } from '../keccak.js';
import { issuedSha256Of, proofText } from './anchor-stamp.js';
import type { AnchorStamp } from './anchor-stamp.js';
import type { PdfFile } from './pdf-file.js';
import { literalText, nameText, pdfNumber, pdfText, wideText } from './pdf-text.js';
import { PdfUnreadable } from './pdf-unreadable.js';
import { PdfRef, PdfString } from './pdf-values.js';
import type { PdfDictionary } from './pdf-values.js';
import { standsAsHex } from './pdf-bytes.js';
import { readPdf } from './read-pdf.js';
import { PROOF_FIELD, SIGNATURE_FIELD, awaitsStamp, readStampField } from './stamp-field.js';
import type { StampField } from './stamp-field.js';
import { fitLines, placeOfLine, statusParts, statusText } from './status-line.js';
import { stampCodes } from './stamp-alphabet.js';

/** PDF/A allows no longer string. Source: ISO 19005-3, 6.1.13. */
const LONGEST_PROOF = 32_767;

const encoder = new TextEncoder();

/**
 * Step 7 of 8 — docs/WALKTHROUGH.md. The issued file with a stamp: one incremental update, after the issued bytes, that sets
 * value and appearance of `anchor.status` and the value of `anchor.proof`, and nothing else.
 *
 * MUST be a function of its arguments, byte for byte (docs/FORMAT.md, anchored copy): a verifier builds it again and takes
 * any other byte for an alteration. MUST be given issued bytes, never a stamped copy.
 *
 * Throws `PdfUnreadable` when the bytes are no file that awaits a stamp.
 */
export function buildAnchoredCopy(issued: Uint8Array, stamp: AnchorStamp): Uint8Array {
  const file = readPdf(issued);
  if (!isWhollySigned(file)) {
    throw new PdfUnreadable('The signature of the file covers another part of it');
  }
  const text = proofText({ issued: { length: issued.length, sha256: issuedSha256Of(stamp) }, stamp });
  return joined(issued, appendOf(file, stamp, text));
}

/**
 * What the stamp appends to a file, each character one byte. `text` MUST be the `proofText` of the stamp and this file, and
 * the file one that `isWhollySigned`. Throws `PdfUnreadable` like `buildAnchoredCopy`.
 */
export function appendOf(file: PdfFile, stamp: AnchorStamp, text: string): string {
  const proof = file.field(PROOF_FIELD);
  if (proof === undefined || !awaitsStamp(file)) {
    throw new PdfUnreadable('The file does not await a stamp');
  }
  const value = literalText(text);
  if (value.length > LONGEST_PROOF) {
    throw new PdfUnreadable('The proof is longer than a PDF string may be');
  }
  const visible = readStampField(file);
  const drawing = new PdfRef(sizeOf(file), 0);
  const objects = [
    { ref: visible.field.ref, body: statusField(visible, stamp, drawing) },
    { ref: proof.ref, body: withEntries(proof.value, { V: value }) },
    { ref: drawing, body: drawingOf(visible, stamp) },
  ];
  return appendText(file, objects, keccak256(encoder.encode(text)));
}

/** A signature, when there is one, covers the file to its last byte, but for the place of the signature itself. */
export function isWhollySigned(file: PdfFile): boolean {
  const signature = file.signature(SIGNATURE_FIELD);
  if (signature === undefined) {
    return true;
  }
  const [start, before, after, rest] = signature.byteRange;
  const isAll = start === 0 && after + rest === file.bytes.length;
  return isAll && isHexOf(file.bytes.subarray(before, after), signature.contents);
}

/** `<…>`, each of these bytes as two digits, and nothing else. */
function isHexOf(written: Uint8Array, bytes: Uint8Array): boolean {
  const isFramed = written[0] === 0x3c && written[written.length - 1] === 0x3e;
  return isFramed && written.length === 2 * bytes.length + 2 && standsAsHex(written, 1, bytes);
}

type Written = { readonly ref: PdfRef; readonly body: string };

/** The update after a file: objects by number, table, trailer. Each offset is a byte of the whole file. */
function appendText(file: PdfFile, objects: readonly Written[], seed: Uint8Array): string {
  const sorted = [...objects].sort((left, right) => left.ref.number - right.ref.number);
  const start = file.bytes.length;
  let text = isLineEnd(file.bytes.at(-1)) ? '' : '\n';
  const entries: Entry[] = [];
  for (const { ref, body } of sorted) {
    entries.push({ number: ref.number, generation: ref.generation, offset: start + text.length });
    text += `${ref.number} ${ref.generation} obj\n${body}\nendobj\n`;
  }
  const xrefAt = start + text.length;
  const references = file.newest.isStream
    ? crossReferenceStream(file, entries, { xrefAt, seed })
    : tableOf(file, entries, seed);
  return `${text}${references}\nstartxref\n${xrefAt}\n%%EOF\n`;
}

type Entry = { readonly number: number; readonly generation: number; readonly offset: number };

function tableOf(file: PdfFile, entries: readonly Entry[], seed: Uint8Array): string {
  const sections = sectionsOf(entries).map(
    (section) => `${section[0]?.number ?? 0} ${section.length}\n${section.map(tableEntry).join('')}`,
  );
  return `xref\n${sections.join('')}trailer\n${trailerText(file, seed, { Size: String(sizeOf(file) + 1) })}`;
}

function tableEntry({ generation, offset }: Entry): string {
  return `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`;
}

const OFFSET_BYTES = 4;
const GENERATION_BYTES = 2;

/** Not compressed; the last of its entries is its own. Source: ISO 32000-1, 7.5.8. */
function crossReferenceStream(
  file: PdfFile,
  others: readonly Entry[],
  { xrefAt, seed }: { readonly xrefAt: number; readonly seed: Uint8Array },
): string {
  const number = sizeOf(file) + 1;
  const entries = [...others, { number, generation: 0, offset: xrefAt }];
  const data = entries.map(
    ({ generation, offset }) => `\x01${bigEndian(offset, OFFSET_BYTES)}${bigEndian(generation, GENERATION_BYTES)}`,
  );
  const index = sectionsOf(entries).map((section) => `${section[0]?.number ?? 0} ${section.length}`);
  const dictionary = trailerText(file, seed, {
    Size: String(number + 1),
    W: `[1 ${OFFSET_BYTES} ${GENERATION_BYTES}]`,
    Index: `[${index.join(' ')}]`,
    Length: String(data.join('').length),
  });
  return `${number} 0 obj\n${dictionary}\nstream\n${data.join('')}\nendstream\nendobj`;
}

/** Entries whose numbers follow each other, together. */
function sectionsOf(entries: readonly Entry[]): Entry[][] {
  const sections: Entry[][] = [];
  for (const entry of entries) {
    const last = sections.at(-1);
    if (last !== undefined && last.at(-1)?.number === entry.number - 1) {
      last.push(entry);
    } else {
      sections.push([entry]);
    }
  }
  return sections;
}

function bigEndian(value: number, bytes: number): string {
  let text = '';
  for (let place = bytes - 1; place >= 0; place -= 1) {
    text += String.fromCharCode(Math.floor(value / 256 ** place) & 0xff);
  }
  return text;
}

/** The trailer before with another place and second identifier, and with these entries. */
function trailerText(file: PdfFile, seed: Uint8Array, entries: Readonly<Record<string, string>>): string {
  const [first] = file.list(file.trailer.get('ID'));
  if (!(first instanceof PdfString)) {
    throw new PdfUnreadable('The file has no /ID');
  }
  return withEntries(file.trailer, {
    ...entries,
    ID: `[<${toHex(first.bytes)}> <${toHex(seed.subarray(0, 16))}>]`,
    Prev: String(file.newest.xrefAt),
  });
}

function sizeOf(file: PdfFile): number {
  const size = file.trailer.get('Size');
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1) {
    throw new PdfUnreadable('The trailer has no /Size');
  }
  return size;
}

function statusField({ field }: StampField, { anchors }: AnchorStamp, drawing: PdfRef): string {
  const [first] = anchors;
  return withEntries(field.value, {
    V: wideText(first === undefined ? '' : statusText(first)),
    AP: `<</N ${pdfText(drawing)}>>`,
  });
}

/** The visible line as a form XObject, not compressed. */
function drawingOf(visible: StampField, { anchors }: AnchorStamp): string {
  const { space, font, colour, widthOf, largestSize } = visible;
  const [first] = anchors;
  const placed = fitLines(first === undefined ? [] : statusParts(first), space, largestSize, widthOf);
  const shown = placed.lines.map((line, index) => {
    const { x, y } = placeOfLine(placed, space, index);
    return `1 0 0 1 ${pdfNumber(x)} ${pdfNumber(y)} Tm\n<${hexOf(stampCodes(line))}> Tj\n`;
  });
  const start = `/Tx BMC\nq\n${colour === '' ? '' : `${colour}\n`}BT\n/${font.name} ${pdfNumber(placed.size)} Tf\n`;
  const content = `${start}${shown.join('')}ET\nQ\nEMC\n`;
  const box = `[0 0 ${pdfNumber(space.width)} ${pdfNumber(space.height)}]`;
  const resources = `<</Font <</${font.name} ${pdfText(font.ref)}>>>>`;
  const head = `<</Type /XObject/Subtype /Form/BBox ${box}/Resources ${resources}/Length ${content.length}>>`;
  return `${head}\nstream\n${content}\nendstream`;
}

/** A dictionary with these entries set, those that are new at its end. */
function withEntries(dictionary: PdfDictionary, entries: Readonly<Record<string, string>>): string {
  const kept = [...dictionary].map(([key, value]) => `${nameText(key)} ${entries[key] ?? pdfText(value)}`);
  const added = Object.keys(entries).filter((key) => !dictionary.has(key));
  return `<<${kept.join('')}${added.map((key) => `${nameText(key)} ${entries[key] ?? ''}`).join('')}>>`;
}

function hexOf(codes: readonly number[]): string {
  return codes.map((code) => code.toString(16).padStart(4, '0')).join('');
}

/** Each character of `append` is one byte: what is not ASCII was escaped, and numbers are written byte by byte. */
function joined(issued: Uint8Array, append: string): Uint8Array {
  const whole = new Uint8Array(issued.length + append.length);
  whole.set(issued);
  for (let index = 0; index < append.length; index += 1) {
    whole[issued.length + index] = append.charCodeAt(index);
  }
  return whole;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
