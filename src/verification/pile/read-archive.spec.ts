import { afterEach, describe, expect, it } from 'vitest';
import { zipOf, type ZipEntry } from '../../../test/support/zips.js';
import { FileRefused } from '../verification.errors.js';
import { MEGABYTE, PILE_LIMITS, type PileFile } from './pile.js';
import { readArchive, type Room } from './read-archive.js';
import { Spool } from './spool.js';
import { subjectIn } from './subject-in.js';

const PDF = Buffer.from('%PDF-1.7\n%%EOF');
const spools: Spool[] = [];

afterEach(async () => {
  await Promise.all(spools.splice(0).map((spool) => spool.close()));
});

/** Behind something else, as in a spool with several uploads. */
async function filesIn(zip: Buffer, room: Room = roomy()): Promise<PileFile[]> {
  const spool = await Spool.open();
  spools.push(spool);
  await spool.append(Buffer.alloc(1_000, 'x'));
  await spool.append(zip);
  return readArchive(spool, { start: 1_000, length: zip.length }, 'pile.zip', room);
}

const roomy = (): Room => ({ files: PILE_LIMITS.files, unpackedBytes: PILE_LIMITS.unpackedMegabytes * MEGABYTE });

/** What becomes of each file: why it is refused, or what it is. */
async function fates(files: readonly PileFile[]): Promise<string[]> {
  const told: string[] = [];
  for (const file of files) {
    told.push(`${file.fileName} ${await fate(file)}`);
  }
  return told;
}

async function fate(file: PileFile): Promise<string> {
  try {
    if ('refusal' in file) {
      throw file.refusal;
    }
    return Object.keys(subjectIn(await file.read())).join();
  } catch (error) {
    if (error instanceof FileRefused) {
      return error.code.replace('verification.', '');
    }
    throw error;
  }
}

const fatesIn = async (entries: readonly ZipEntry[], room?: Room): Promise<string[]> =>
  fates(await filesIn(zipOf(entries), room));

describe('an archive', () => {
  it('is read entry by entry: what is wrong with one is said of that one', async () => {
    const nested = zipOf([{ name: 'a.pdf', bytes: PDF }]);
    expect(
      await fatesIn([
        { name: 'good.pdf', bytes: PDF },
        { name: '../../etc/passwd.pdf', bytes: PDF },
        { name: '/root.pdf', bytes: PDF },
        { name: 'C:\\temp\\a.pdf', bytes: PDF },
        { name: 'gnp.\u202efdp.exe', bytes: PDF },
        { name: 'good.pdf', bytes: PDF },
        { name: 'secret.pdf', bytes: PDF, flags: 0x801 },
        { name: 'odd.pdf', bytes: PDF, method: 12 },
        { name: 'inner.zip', bytes: nested },
        { name: 'stored.zip', bytes: zipOf([{ name: 'a.pdf', bytes: PDF, method: 0 }]), method: 0 },
        { name: 'photo.jpg', bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) },
        { name: 'note.json', bytes: Buffer.from('{"version":"other"}') },
        { name: 'broken.json', bytes: Buffer.from('{"version":') },
        { name: 'empty.pdf', bytes: Buffer.alloc(0) },
        { name: '__MACOSX/._good.pdf', bytes: Buffer.from('x') },
        { name: 'folder/', bytes: Buffer.alloc(0) },
        { name: 'folder/.DS_Store', bytes: Buffer.alloc(0) },
        { name: 'folder/last.pdf', bytes: PDF, method: 0 },
      ]),
    ).toEqual([
      'good.pdf pdf',
      '../../etc/passwd.pdf entry-path-unsafe',
      '/root.pdf entry-path-unsafe',
      'C:/temp/a.pdf entry-path-unsafe',
      'gnp.\u202efdp.exe entry-path-unsafe',
      'good.pdf entry-duplicate-name',
      'secret.pdf entry-encrypted',
      'odd.pdf entry-unreadable',
      'inner.zip archive-nested',
      'stored.zip archive-nested',
      'photo.jpg not-a-pdf',
      'note.json bundle-malformed',
      'broken.json bundle-malformed',
      'empty.pdf not-a-pdf',
      'folder/last.pdf pdf',
    ]);
  });

  it('that is a bomb is told by what it declares, by what it unpacks to, and by bytes that are shared', async () => {
    const zeros = Buffer.alloc(19 * MEGABYTE);
    expect(
      await fatesIn([
        { name: 'declared.pdf', bytes: PDF, declaredSize: 4_000_000_000 },
        { name: 'swells.pdf', bytes: zeros },
        { name: 'lies.pdf', bytes: zeros, declaredSize: 1_000 },
        { name: 'short.pdf', bytes: PDF, declaredSize: PDF.length + 1 },
        { name: 'shared.pdf', bytes: PDF },
        { name: 'sharing.pdf', bytes: PDF, sharesBytesOf: 4 },
        { name: 'good.pdf', bytes: PDF },
      ]),
    ).toEqual([
      'declared.pdf file-too-large',
      'swells.pdf entry-swells',
      'lies.pdf entry-size-false',
      'short.pdf entry-size-false',
      'shared.pdf pdf',
      'sharing.pdf entry-overlapping',
      'good.pdf pdf',
    ]);
  });

  it('takes its files and its bytes off what the pile may have', async () => {
    const three = ['a', 'b', 'c'].map((name) => ({ name, bytes: PDF }));
    const room = { files: 4, unpackedBytes: 2 * PDF.length };
    expect(await fatesIn(three, room)).toEqual(['a pdf', 'b pdf', 'c archive-swells']);
    expect(room).toEqual({ files: 1, unpackedBytes: 0 });
    expect(await fatesIn(three, room)).toEqual(['pile.zip archive-too-many']);
  });

  it.each([
    ['cut off', zipOf([{ name: 'a.pdf', bytes: PDF }]).subarray(0, -30), 'archive-unreadable'],
    [
      'without the entries that it claims',
      zipOf([{ name: 'a', bytes: PDF }], { declaredCount: 3 }),
      'archive-unreadable',
    ],
    ['that claims thousands', zipOf([], { declaredCount: 65_000 }), 'archive-too-many'],
    ['without a file', zipOf([{ name: 'folder/', bytes: Buffer.alloc(0) }]), 'archive-empty'],
  ])('%s is refused in one line', async (_what, zip, code) => {
    expect(await fates(await filesIn(zip))).toEqual([`pile.zip ${code}`]);
  });

  it('may have been packed on a Chinese Windows', async () => {
    const inGbk = Uint8Array.of(0xb7, 0xa2, 0xc6, 0xb1, 0x2e, 0x70, 0x64, 0x66);
    expect(await fatesIn([{ name: inGbk, bytes: PDF, flags: 0 }])).toEqual(['发票.pdf pdf']);
  });
});
