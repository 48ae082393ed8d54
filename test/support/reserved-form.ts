import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { STAMP_ALPHABET } from '../../src/proof/anchored-copy/index.js';

export type FormChoices = {
  readonly attachment: string;
  readonly isDeflated?: boolean;
  readonly isSigned?: boolean;
  /** Has its cross-references in a stream; else in a table. */
  readonly isStream?: boolean;
  /** `[left bottom right top]` of the visible field. */
  readonly rect?: string;
  readonly size?: number;
  /** What the file ends with after `%%EOF`. */
  readonly end?: string;
  /** Objects of one's own, by number from 40 on. */
  readonly extra?: Readonly<Record<number, string>>;
};

const WIDTHS = Array.from(STAMP_ALPHABET, (character) => (character.charCodeAt(0) < 0x80 ? 554.7 : 1000)).join(' ');
/** Characters of `/Contents`. */
const SIGNATURE_DIGITS = 64;

/** A file that awaits a stamp, with no more in it than the stamp needs. Written by hand, to be independent of our writer. */
export function reservedForm(choices: FormChoices): Uint8Array {
  const { isDeflated = true, rect = '[50 20 360 30]', size = 7 } = choices;
  const json = Buffer.from(choices.attachment);
  const stored = isDeflated ? deflateSync(json) : json;
  const contents = 'BT /Stamp 9 Tf 50 700 Td <0020> Tj ET';
  const objects: Record<number, string> = {
    1: '<</Type /Catalog/Pages 2 0 R/AcroForm 5 0 R/Names <</EmbeddedFiles <</Names [(0001.json) 20 0 R]>>>>/AF [20 0 R]>>',
    2: '<</Type /Pages/Kids [3 0 R]/Count 1>>',
    3: '<</Type /Page/Parent 2 0 R/MediaBox [0 0 595.28 400]/Resources <</Font <</Stamp 10 0 R>>>>/Contents 4 0 R/Annots [7 0 R 8 0 R 9 0 R]>>',
    4: `<</Length ${contents.length}>>\nstream\n${contents}\nendstream`,
    5: '<</Fields [9 0 R 6 0 R]/DR <</Font <</Stamp 10 0 R>>>>/SigFlags 3>>',
    6: '<</T (anchor)/Kids [7 0 R 8 0 R]>>',
    7: `<</Type /Annot/Subtype /Widget/FT /Tx/T (status)/Parent 6 0 R/TU (Anchoring \\(state\\))/F 4/Ff 1/Rect ${rect}/P 3 0 R/DA (/Stamp ${size} Tf 0.4 g)/V (-)/AP <</N 15 0 R>>>>`,
    8: '<</Type /Annot/Subtype /Widget/FT /Tx/T (proof)/Parent 6 0 R/F 6/Ff 1/Rect [0 0 0 0]/P 3 0 R/DA (/Stamp 0 Tf 0 g)/AP <</N 16 0 R>>>>',
    9: `<</Type /Annot/Subtype /Widget/FT /Sig/T (signature)/F 132/Rect [0 0 0 0]/P 3 0 R${choices.isSigned === true ? '/V 17 0 R' : ''}>>`,
    10: '<</Type /Font/Subtype /Type0/BaseFont /AAAAAA+Stamp/Encoding /Identity-H/DescendantFonts [11 0 R]>>',
    11: `<</Type /Font/Subtype /CIDFontType2/BaseFont /AAAAAA+Stamp/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)/Supplement 0>>/DW 1000/W [0 [500] 1 [${WIDTHS}]]/FontDescriptor 12 0 R>>`,
    12: '<</Type /FontDescriptor/FontName /AAAAAA+Stamp/Flags 4/FontBBox [0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>',
    15: '<</Type /XObject/Subtype /Form/BBox [0 0 310 10]/Length 0>>\nstream\n\nendstream',
    16: '<</Type /XObject/Subtype /Form/BBox [0 0 0 0]/Length 0>>\nstream\n\nendstream',
    17: `<</Type /Sig/Filter /Adobe.PPKLite/SubFilter /ETSI.CAdES.detached/ByteRange [0 0000000000 0000000000 0000000000]/Contents <${'0'.repeat(SIGNATURE_DIGITS)}>>>`,
    20: '<</Type /Filespec/F (0001.json)/UF (0001.json)/AFRelationship /Data/EF <</F 21 0 R>>>>',
    21: `<</Type /EmbeddedFile/Subtype /application#2Fjson${isDeflated ? '/Filter /FlateDecode' : ''}/Length 22 0 R>>\nstream\n${stored.toString('latin1')}\nendstream`,
    22: String(stored.length),
    ...choices.extra,
  };
  return withByteRange(fileOf(objects, choices));
}

function fileOf(objects: Readonly<Record<number, string>>, { end = '\n', isStream = false }: FormChoices): Buffer {
  const size = Math.max(...Object.keys(objects).map(Number)) + 1;
  let text = '%PDF-1.7\n%\xe4\xe5\xe6\xe7\n';
  const offsets: (number | null)[] = [];
  for (let number = 0; number < size; number += 1) {
    const body = objects[number];
    offsets.push(body === undefined ? null : text.length);
    text += body === undefined ? '' : `${number} 0 obj\n${body}\nendobj\n`;
  }
  const id = createHash('md5').update(text, 'latin1').digest('hex');
  const entries = `/Root 1 0 R/ID [<${id}> <${id}>]`;
  const references = isStream ? streamOf([...offsets, text.length], entries) : tableOf(offsets, entries);
  return Buffer.from(`${text}${references}\nstartxref\n${text.length}\n%%EOF${end}`, 'latin1');
}

type Offsets = readonly (number | null)[];

function tableOf(offsets: Offsets, trailer: string): string {
  const entries = offsets.map((at) =>
    at === null ? '0000000000 65535 f \n' : `${String(at).padStart(10, '0')} 00000 n \n`,
  );
  return `xref\n0 ${offsets.length}\n${entries.join('')}trailer\n<</Size ${offsets.length}${trailer}>>`;
}

/** The last offset is its own. */
function streamOf(offsets: Offsets, trailer: string): string {
  const entries = offsets.map((at) => String.fromCharCode(at === null ? 0 : 1, (at ?? 0) >> 8, (at ?? 0) & 0xff));
  return `${offsets.length - 1} 0 obj\n<</Type /XRef/Size ${offsets.length}${trailer}/W [1 2 0]/Length ${3 * offsets.length}>>\nstream\n${entries.join('')}\nendstream\nendobj`;
}

function withByteRange(file: Buffer): Uint8Array {
  const contents = file.indexOf(`<${'0'.repeat(SIGNATURE_DIGITS)}>`);
  const after = contents + SIGNATURE_DIGITS + 2;
  const range = [contents, after, file.length - after].map((offset) => String(offset).padStart(10, '0'));
  file.write(`[0 ${range.join(' ')}]`, file.indexOf('[0 0000000000'), 'latin1');
  return Uint8Array.from(file);
}
