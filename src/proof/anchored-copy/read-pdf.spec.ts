import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { copyTools } from '../../../test/support/copy-tools.js';
import { reservedForm } from '../../../test/support/reserved-form.js';
import { openAnchoredCopy, PdfUnreadable, readPdf, type PdfAttachment, type PdfFile } from './index.js';

const form = reservedForm({
  attachment: '{"a":"b"}',
  isSigned: true,
  extra: { 23: '<</Kids [23 0 R 23 0 R]>>' },
});
const text = Buffer.from(form).toString('latin1');
const bytesOf = (latin: string): Uint8Array => Uint8Array.from(Buffer.from(latin, 'latin1'));

/** Asks a file everything there is to ask. */
async function askAll(file: PdfFile): Promise<void> {
  for (const name of ['anchor.status', 'anchor.proof', 'signature', 'a.b.c', '']) {
    file.field(name);
  }
  file.signature('signature');
  for (const { stream } of file.attachments()) {
    await file.contentOf(stream, copyTools.inflate);
  }
}

/** Whatever the bytes are: read, or refused with a reason. */
async function readOrRefuse(bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    await askAll(readPdf(bytes));
    return 'read';
  } catch (error) {
    expect(error).toBeInstanceOf(PdfUnreadable);
    expect((error as Error).message.length).toBeLessThan(200);
    return 'refused';
  }
}

describe('a file of our form', () => {
  it('gives its fields by full name, its signature, its attachments and where its revisions end', async () => {
    const file = readPdf(form);
    expect(file.field('anchor.status')?.ref).toMatchObject({ number: 7, generation: 0 });
    expect(file.field('status')).toBeUndefined();
    expect(file.revisions.map(({ end }) => end)).toEqual([form.length]);
    const [, before, after, rest] = file.signature('signature')?.byteRange as [number, number, number, number];
    expect([text[before], text[after - 1], after + rest]).toEqual(['<', '>', form.length]);
    const [data] = file.attachments() as [PdfAttachment];
    expect([data.name, data.relationship]).toEqual(['0001.json', 'Data']);
    const content = await file.contentOf(data.stream, copyTools.inflate);
    expect(Buffer.from(content).toString()).toBe('{"a":"b"}');
  });

  it('is read with the values that the standard allows', () => {
    const values = '[(a\\(b\\)\\n\\101\\\n(c)) <4 1 4> /A#20b -.5 +7. true null 3 0 R [] <<>> % remark\n]';
    const catalog = '<</Type /Catalog/Pages 2 0 R/Try 40 0 R>>';
    const file = readPdf(reservedForm({ attachment: '{}', extra: { 1: catalog, 40: values } }));
    expect(file.list(file.catalog.get('Try'))).toMatchObject([
      { text: 'a(b)\nA(c)' },
      { text: 'A@' },
      { name: 'A b' },
      -0.5,
      7,
      true,
      null,
      { number: 3, generation: 0 },
      [],
      new Map(),
    ]);
  });
});

describe('cross-references in a stream', () => {
  const file = reservedForm({ attachment: '{"a":"b"}', isSigned: true, isStream: true });
  const streamed = Buffer.from(file).toString('latin1');
  const swap = (from: string | RegExp, to: string): Uint8Array => bytesOf(streamed.replace(from, to));

  it('lead to the same objects', async () => {
    const read = readPdf(file);
    expect(read.field('anchor.status')?.ref).toMatchObject({ number: 7, generation: 0 });
    expect(read.revisions).toMatchObject([{ end: file.length, isStream: true }]);
    await expect(askAll(read)).resolves.toBeUndefined();
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['are compressed', swap('/W [1 2 0]', '/Filter /FlateDecode/W [1 2 0]'), /compressed/],
    ['are no such stream', swap('/XRef', '/Xref'), /compressed, or none/],
    ['do not tell the type', swap('/W [1 2 0]', '/W [0 3 0]'), /another form/],
    ['have numbers too long to count', swap('/W [1 2 0]', '/W [1 9 0]'), /another form/],
    ['have another length', swap('/W [1 2 0]', '/W [1 2 1]'), /another length/],
    ['name a billion objects', swap('/W [1 2 0]', '/Index [0 999999999]/W [1 2 0]'), /Too many/],
    ['name half a section', swap('/W [1 2 0]', '/Index [0]/W [1 2 0]'), /Too many/],
    ['name objects by no number', swap('/W [1 2 0]', '/Index [/A /B]/W [1 2 0]'), /Too many/],
    ['end too early', swap(/(\/Length \d+>>\nstream\n[^]{50})[^]*?endstream/, '$1endstream'), /missing|early/],
    ['are encrypted', swap('/W [1 2 0]', '/Encrypt 1 0 R/W [1 2 0]'), /encrypted/],
  ])('that %s are refused with the reason', async (_, bytes, reason) => {
    await expect((async () => askAll(readPdf(bytes)))()).rejects.toThrow(reason);
    expect(await readOrRefuse(bytes)).toBe('refused');
  });

  it('say that an object is in an object stream: it is refused, not taken for absent', () => {
    const places = streamed.lastIndexOf('stream\n', streamed.lastIndexOf('endstream') - 1) + 'stream\n'.length;
    const packed = Uint8Array.from(file, (byte, index) => (index === places + 3 * 6 ? 2 : byte));
    expect(() => readPdf(packed).field('anchor.status')).toThrow(/object stream/);
  });

  it('are read or refused, quickly, whatever the damage', async () => {
    const random = seeded(20_261_122);
    for (let round = 0; round < 1_000; round += 1) {
      await readOrRefuse(damaged(file, random));
    }
  }, 60_000);
});

describe('a hostile file', () => {
  const swap = (from: string | RegExp, to: string): Uint8Array => bytesOf(text.replace(from, to));

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', bytesOf(''), /does not end/],
    ['no PDF', bytesOf('hello'), /does not end/],
    ['no cross-references', swap('xref\n0', 'xreg\n0'), /missing/],
    [
      'a table that points to itself',
      swap('/Root', `/Prev ${text.lastIndexOf('xref\n0')}/Root`),
      /startxref|out of order/,
    ],
    ['a table of a billion objects', swap(/xref\n0 \d+/, 'xref\n0 999999999'), /Too many/],
    ['encryption', swap('/Root 1 0 R/ID', '/Encrypt 1 0 R/ID'), /encrypted/],
    ['a key that stands twice', swap('/Type /Catalog/Pages 2 0 R', '/Pages 2 0 R  /Pages 2 0 R'), /twice/],
    ['a stream of another length', swap(/22 0 obj\n../, '22 0 obj\n99'), /length|missing/],
    [
      'a tree of names below itself',
      bytesOf(text.replace('/Names [(0001.json) 20 0 R]', '/Kids [23 0 R 23 0 R]      ')),
      /tree of attachments/,
    ],
  ])('with %s is refused with the reason', async (_, bytes, reason) => {
    await expect((async () => askAll(readPdf(bytes)))()).rejects.toThrow(reason);
    expect(await readOrRefuse(bytes)).toBe('refused');
  });

  it('does not make us read it over and over', async () => {
    const filler = '('.padEnd(2_000, 'x');
    const kids = Array.from({ length: 1_500 }, (_, index) => index + 40);
    const extra = Object.fromEntries(kids.map((number) => [number, `<</T ${filler})>>`]));
    const file = reservedForm({
      attachment: '{}',
      extra: { ...extra, 6: `<</T (anchor)/Kids [${kids.map((number) => `${number} 0 R`).join(' ')}]>>` },
    });
    // Each object of the table begins at the same place and runs to the end of the file.
    const first = Buffer.from(file).toString('latin1').indexOf('40 0 obj');
    const overlapping = Buffer.from(file)
      .toString('latin1')
      .replaceAll(/^\d{10} 00000 n $/gm, `${String(first).padStart(10, '0')} 00000 n `);
    expect(await readOrRefuse(bytesOf(overlapping))).toBe('refused');
  });

  it('does not make us nest without end, or swell', async () => {
    for (const deep of [
      '['.repeat(100_000),
      '<</A'.repeat(50_000),
      `[${'0 '.repeat(200_000)}]`,
      `(${'x'.repeat(400_000)})`,
      `<${'00'.repeat(200_000)}>`,
    ]) {
      expect(await readOrRefuse(reservedForm({ attachment: '{}', extra: { 6: deep } }))).toBe('refused');
    }
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024));
    const extra = {
      21: `<</Filter /FlateDecode/Length ${bomb.length}>>\nstream\n${bomb.toString('latin1')}\nendstream`,
    };
    await expect(askAll(readPdf(reservedForm({ attachment: '{}', extra })))).rejects.toThrow(/decompressed/);
  });

  it('of random damage is read or refused, quickly, and opened without an error', async () => {
    const random = seeded(20_260_305);
    const started = performance.now();
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < 3_000; round += 1) {
      const bytes = damaged(form, random);
      outcomes[await readOrRefuse(bytes)] += 1;
      await openAnchoredCopy(bytes, copyTools);
    }
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 90_000);
});

/** One to eight wounds: a byte, a piece cut out, doubled or moved, a number made another. */
function damaged(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let result = Array.from(bytes);
  for (let wounds = 1 + random(8); wounds > 0; wounds -= 1) {
    const at = random(result.length);
    const length = random(40);
    const piece = result.slice(at, at + length);
    switch (random(5)) {
      case 0:
        result[at] = random(256);
        break;
      case 1:
        result = [...result.slice(0, at), ...result.slice(at + length)];
        break;
      case 2:
        result = [...result.slice(0, at), ...piece, ...result.slice(at)];
        break;
      case 3:
        result.splice(random(result.length), 0, ...piece);
        break;
      default:
        result[at] = 0x30 + random(10);
    }
  }
  return Uint8Array.from(result);
}

/** Mulberry32: the same sequence on every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
