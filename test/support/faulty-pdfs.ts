import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';

const FONT = 'node_modules/@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf';

/** A PDF/A-3b file that prints a character of no glyph: the box that `.notdef` is. */
export async function withUndrawnCharacter(): Promise<Uint8Array> {
  const document = new PDFDocument({
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    font: FONT,
    info: { Title: 'A file with a fault', CreationDate: new Date('2026-03-05T02:30:00Z') },
  });
  document.text('中\u{10FFFD}文');
  document.end();
  return buffer(document);
}

/** The file with one bit changed, at a byte that both viewers and readers would overlook. */
export function withFlippedBit(file: Uint8Array, at: number): Uint8Array {
  return Uint8Array.from(file, (byte, index) => (index === at ? byte ^ 1 : byte));
}

/** The file whose cross-references all point a little before what they mean. */
export function withMovedObjects(file: Uint8Array): Uint8Array {
  const firstLine = file.indexOf(0x0a) + 1;
  return Buffer.concat([
    file.subarray(0, firstLine),
    Buffer.from('% two lines more\n% than there were\n'),
    file.subarray(firstLine),
  ]);
}

/**
 * The file with another sum painted over its first page, as a later revision: every byte that was signed is still there, and
 * a reader shows something else.
 */
export function withRepaintedPage(file: Uint8Array): Uint8Array {
  const text = Buffer.from(file).toString('latin1');
  const [, number = '', page = ''] =
    /\n(\d+) 0 obj\s*(<<(?:(?!endobj)[\s\S])*?\/Type ?\/Page(?!s)(?:(?!endobj)[\s\S])*>>)\s*endobj/.exec(text) ?? [];
  const size = Number(lastOf(text, /\/Size (\d+)/g));
  const paint = 'q 1 1 1 rg 400 60 150 40 re f Q';
  const objects = new Map([
    [
      Number(number),
      page.replace(
        /\/Contents ?(\d+ 0 R|\[[^\]]*\])/,
        (_, old: string) => `/Contents [${old.replace(/[[\]]/g, '')} ${size} 0 R]`,
      ),
    ],
    [size, `<</Length ${paint.length}>>\nstream\n${paint}\nendstream`],
  ]);
  return withObjects(file, objects);
}

/** The file with a later revision that sets these objects by number, as any editor of PDFs would save it. */
export function withObjects(file: Uint8Array, objects: ReadonlyMap<number, string>): Uint8Array {
  const text = Buffer.from(file).toString('latin1');
  return Buffer.concat([file, Buffer.from(revisionOf(text, objects), 'latin1')]);
}

function revisionOf(text: string, objects: ReadonlyMap<number, string>): string {
  let body = text.endsWith('\n') ? '' : '\n';
  let table = 'xref\n';
  for (const [number, object] of objects) {
    table += `${number} 1\n${String(text.length + body.length).padStart(10, '0')} 00000 n \n`;
    body += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const trailer = [
    `/Size ${Math.max(Number(lastOf(text, /\/Size (\d+)/g)), Math.max(...objects.keys()) + 1)}`,
    `/Root ${lastOf(text, /\/Root ?(\d+ 0 R)/g)}`,
    `/Prev ${lastOf(text, /startxref\s+(\d+)/g)}`,
  ];
  return `${body}${table}trailer\n<<${trailer.join('')}>>\nstartxref\n${text.length + body.length}\n%%EOF\n`;
}

function lastOf(text: string, pattern: RegExp): string {
  return [...text.matchAll(pattern)].at(-1)?.[1] ?? '';
}
