import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CORE, evidenceOf, INIT_CODE_HASH, ISSUER, STORE, sha256 } from '../../../test/oracles/document-factory.js';
import { copyTools } from '../../../test/support/copy-tools.js';
import { reservedForm, type FormChoices } from '../../../test/support/reserved-form.js';
import type { EvidenceBundle } from '../evidence-bundle.js';
import { keccak256 } from '../keccak.js';
import { isEnvelopePath } from '../envelope.js';
import type { SaltedData } from '../salted-digest.js';
import { verifyEvidence } from '../verify-evidence.js';
import {
  buildAnchoredCopy,
  openAnchoredCopy,
  PdfUnreadable,
  readPdf,
  stampOf,
  type AnchorStamp,
  type OpenedCopy,
  type PdfFile,
} from './index.js';

const others = [1, 2, 3].map((byte) => keccak256(Uint8Array.of(byte)));

type Pair = { issued: Uint8Array; stamp: AnchorStamp; bundle: EvidenceBundle };

/** A file and its stamp, by the road of issuing: data attached, hashed, put under a leaf, anchored. */
function pairOf(choices: Partial<FormChoices> = {}): Pair {
  const attachment = choices.attachment ?? JSON.stringify(coreOf(evidenceOf()));
  const issued = reservedForm({ isSigned: true, ...choices, attachment });
  const bundle = evidenceOf({ others, pdf: issued });
  const stamp = stampOf(bundle);
  if (stamp === null) {
    throw new Error('not anchored');
  }
  return { issued, stamp, bundle };
}
function coreOf({ document }: EvidenceBundle): SaltedData {
  return Object.fromEntries(Object.entries(document.data).filter(([key]) => !isEnvelopePath(key)));
}
const faultsOf = (opened: OpenedCopy): readonly string[] => ('faults' in opened ? opened.faults : [opened.kind]);
const open = async (bytes: Uint8Array): Promise<readonly string[]> =>
  faultsOf(await openAnchoredCopy(bytes, copyTools));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const flipped = (bytes: Uint8Array, at: number, mask: number): Uint8Array =>
  Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ mask : byte));
const plus = (bytes: Uint8Array, more: string): Uint8Array =>
  Uint8Array.from(Buffer.concat([bytes, Buffer.from(more)]));

/** What a field says but for the entries named. */
function kept(file: PdfFile, field: string, except: readonly string[]): unknown[] {
  return [...(file.field(field)?.value ?? [])].filter(([key]) => !except.includes(key));
}

const { issued, stamp, bundle } = pairOf();
const copy = buildAnchoredCopy(issued, stamp);

describe('the anchored copy', () => {
  it('begins with the issued bytes and is the same each time', () => {
    expect(Buffer.from(copy.subarray(0, issued.length)).equals(issued)).toBe(true);
    expect(Buffer.from(buildAnchoredCopy(issued, stamp)).equals(copy)).toBe(true);
    expect(Buffer.from(buildAnchoredCopy(issued, JSON.parse(JSON.stringify(stamp)) as AnchorStamp)).equals(copy)).toBe(
      true,
    );
  });

  it('says on the page where it is recorded, and differs from the issued file in nothing but its two fields', () => {
    const [before, after] = [readPdf(issued), readPdf(copy)];
    const status = after.field('anchor.status')?.value;
    expect((status?.get('V') as unknown as { text: string }).text).toBe(
      '已上链 Anchored · eip155:1337 · 区块 Block 7 · 2026-03-05 10:31:00 UTC+8 · 交易 Tx 0x11111111…11111111',
    );
    expect(after.revisions.map(({ end }) => end)).toEqual([issued.length, copy.length]);
    expect(kept(after, 'anchor.status', ['V', 'AP'])).toEqual(kept(before, 'anchor.status', ['V', 'AP']));
    expect(kept(after, 'anchor.proof', ['V'])).toEqual(kept(before, 'anchor.proof', ['V']));
    expect(after.trailer.get('Root')).toEqual(before.trailer.get('Root'));
    expect([after.catalog, after.signature('signature')]).toEqual([before.catalog, before.signature('signature')]);
  });

  it('opens without a fault and gives back the evidence it was made of, without any server', async () => {
    const opened = await openAnchoredCopy(copy, copyTools);
    expect(opened).toMatchObject({ kind: 'anchored', faults: [], issuedLength: issued.length, stamp });
    expect(opened).toHaveProperty('bundle', bundle);
  });

  it('lets a verifier reach a verdict from the file and the chain alone', async () => {
    const opened = await openAnchoredCopy(copy, copyTools);
    if (opened.kind !== 'anchored' || opened.bundle === null) {
      throw new Error('no evidence');
    }
    const { verdict } = await verifyEvidence(opened.bundle, {
      pdf: copy.subarray(0, opened.issuedLength),
      sha256,
      documentInitCodeHash: INIT_CODE_HASH,
      chains: () => ({
        hasCode: () => Promise.resolve(true),
        isIssued: (store, root) => Promise.resolve(store === STORE && root === bundle.anchors[0]?.root),
        isRevoked: () => Promise.resolve(false),
      }),
      issuers: { issuerOf: () => Promise.resolve(ISSUER) },
    });
    expect(verdict).toBe('valid');
  });

  it.each<[string, Partial<FormChoices>]>([
    ['ends without a line end', { end: '' }],
    ['ends with CR LF', { end: '\r\n' }],
    ['is not signed', { isSigned: false }],
    ['has its data attached plainly', { isDeflated: false }],
    ['has its cross-references in a stream', { isStream: true }],
    ['has them in a stream and ends without a line end', { isStream: true, end: '' }],
  ])('is sound where the issued file %s', async (_, choices) => {
    const pair = pairOf(choices);
    expect(await open(buildAnchoredCopy(pair.issued, pair.stamp))).toEqual([]);
    expect(await open(pair.issued)).toEqual(['issued']);
  });

  it('escapes what is not ASCII, brackets and backslashes of the envelope', async () => {
    const pdf = reservedForm({ attachment: JSON.stringify(coreOf(evidenceOf())) });
    const named = evidenceOf({ pdf, issuer: { name: '南京(听涛) \\ "公司" 𠮷', domain: 'a.example' } });
    const whole = buildAnchoredCopy(pdf, stampOf(named) as AnchorStamp);
    expect(text(whole)).toMatch(/^[\x20-\x7e\n]+$/m);
    expect(await openAnchoredCopy(whole, copyTools)).toHaveProperty('bundle', named);
  });

  it('wraps and shrinks its line to the room of the field, and never under four points', () => {
    const sizes = [
      ['[0 0 500 10]', 1],
      ['[0 0 200 20]', 2],
      ['[0 0 60 12]', 4],
    ] as const;
    const drawn = sizes.map(([rect]) => {
      const pair = pairOf({ rect });
      const append = text(buildAnchoredCopy(pair.issued, pair.stamp).subarray(pair.issued.length));
      return [Number(/\/Stamp ([\d.]+) Tf\n/.exec(append)?.[1]), append.match(/ Tj/g)?.length];
    });
    expect(drawn.map(([, lines]) => lines)).toEqual(sizes.map(([, lines]) => lines));
    expect(drawn.map(([size]) => size)).toEqual([7, expect.closeTo(6.5, 0), 4]);
  });

  it('is not made of a copy, of a file without room for it, or where the signature leaves bytes out', () => {
    expect(() => buildAnchoredCopy(copy, stamp)).toThrow(PdfUnreadable);
    expect(() => buildAnchoredCopy(plus(issued, '% more\n'), stamp)).toThrow(PdfUnreadable);
    expect(() => buildAnchoredCopy(Buffer.from('%PDF-1.7\n%%EOF'), stamp)).toThrow(PdfUnreadable);
    const moved = text(issued).replace(/\/ByteRange \[0 \d/, (range) => range.replace(/\d$/, '1'));
    expect(() => buildAnchoredCopy(Buffer.from(moved, 'latin1'), stamp)).toThrow(/signature/);
  });

  it('is not stamped before a chain holds the root', () => {
    expect(stampOf(evidenceOf({ anchor: 'submitted' }))).toBeNull();
    expect(stampOf(evidenceOf({ anchor: 'none' }))).toBeNull();
  });
});

describe('the golden vector', () => {
  const vector = JSON.parse(readFileSync('test/vectors/proof/anchored-copy.json', 'utf8')) as {
    issued: string;
    stamp: AnchorStamp;
    append: string;
    bundle: EvidenceBundle;
  };

  it('gives this append for this file and this stamp, for ever', async () => {
    const file = Uint8Array.from(Buffer.from(vector.issued, 'base64'));
    const whole = buildAnchoredCopy(file, vector.stamp);
    expect(text(whole.subarray(file.length))).toBe(vector.append);
    expect(await openAnchoredCopy(whole, copyTools)).toMatchObject({ faults: [], bundle: vector.bundle });
  });
});

describe('the append to a file whose cross-references are a stream', () => {
  const pair = pairOf({ isStream: true });
  const whole = buildAnchoredCopy(pair.issued, pair.stamp);

  it('has them in a stream, too, which is not compressed and points to every object of the append', () => {
    const append = text(whole.subarray(pair.issued.length));
    const objects = [...append.matchAll(/^(\d+) 0 obj$/gm)].map(({ 1: number, index }) => [
      Number(number),
      pair.issued.length + index,
    ]);
    const [, size, sections = '', entries = ''] =
      /\/Type \/XRef\/Size (\d+)\/Root 1 0 R.*\/W \[1 4 2\]\/Length 28\/Index \[([\d ]+)\]\/Prev \d+>>\nstream\n([^]{28})\nendstream\nendobj\nstartxref\n/.exec(
        append,
      ) ?? [];
    expect(sections).toBe('7 2 24 2');
    expect(Number(size)).toBe(26);
    const places = Buffer.from(entries, 'latin1');
    expect([0, 1, 2, 3].map((index) => places.readUIntBE(7 * index, 5) - 2 ** 32)).toEqual(
      objects.map(([, offset]) => offset),
    );
    expect(objects.map(([number]) => number)).toEqual([7, 8, 24, 25]);
    expect(append).not.toMatch(/\bxref\n|trailer/);
  });

  it('differs in nothing else', () => {
    const [before, after] = [readPdf(pair.issued), readPdf(whole)];
    expect(after.revisions.map(({ end, isStream }) => [end, isStream])).toEqual([
      [pair.issued.length, true],
      [whole.length, true],
    ]);
    expect(kept(after, 'anchor.status', ['V', 'AP'])).toEqual(kept(before, 'anchor.status', ['V', 'AP']));
    expect(after.signature('signature')).toEqual(before.signature('signature'));
  });
});

describe.each([
  ['a table', pairOf()],
  ['a stream', pairOf({ isStream: true })],
])('one changed byte, the cross-references being %s,', (_, pair) => {
  const whole = buildAnchoredCopy(pair.issued, pair.stamp);

  it('anywhere in the append is told as a change of the append', async () => {
    for (let at = pair.issued.length; at < whole.length; at += 1) {
      const found = await open(flipped(whole, at, 1 << (at % 8)));
      expect([at, found]).toEqual([at, ['append-changed']]);
    }
  }, 120_000);

  it('anywhere in the issued bytes is told as a change of the issued bytes', async () => {
    for (let at = 0; at < pair.issued.length; at += 3) {
      const found = await open(flipped(whole, at, 0x01));
      expect([at, found[0]]).toEqual([at, 'prefix-changed']);
    }
  }, 120_000);
});

describe('a change', () => {
  it('in the attached data is told as that, too', async () => {
    const plain = pairOf({ isDeflated: false });
    const whole = buildAnchoredCopy(plain.issued, plain.stamp);
    const at = text(whole).indexOf('622.64');
    expect(await open(flipped(whole, at, 1))).toEqual(['prefix-changed', 'attachment-changed']);
  });

  it('at the end of a file that was cut off is told wherever it was cut', async () => {
    for (let end = issued.length + 1; end < copy.length; end += 7) {
      const found = await open(copy.subarray(0, end));
      expect([end, found.length, found[0] === 'append-changed' || found[0] === 'bytes-after-issue']).toEqual([
        end,
        1,
        true,
      ]);
    }
  });
});

describe('what else people do to a copy', () => {
  const revision =
    '7 0 obj\n<<>>\nendobj\nxref\n7 1\n0000000000 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n';

  it.each([
    ['a further revision', plus(copy, revision), ['bytes-after-append']],
    ['a line end more', plus(copy, '\n'), ['bytes-after-append']],
    ['a revision on the issued file', plus(issued, revision), ['bytes-after-issue']],
    ['another stamp on the copy', plus(copy, text(copy.subarray(issued.length))), ['bytes-after-append']],
    ['nothing', issued, ['issued']],
  ])('%s is told', async (_, bytes, faults) => {
    expect(await open(bytes)).toEqual(faults);
  });

  it('a stamp that says something else on the page is told', async () => {
    const forged = text(copy).replace(/<00[0-9a-f]+> Tj\nET/, (codes) => codes.replace(/^<..../, '<0010'));
    expect(await open(Buffer.from(forged, 'latin1'))).toEqual(['append-changed']);
  });

  it('the stamp of another file is told', async () => {
    const other = pairOf({ rect: '[50 20 361 30]' });
    const append = copy.subarray(issued.length);
    expect(await open(Uint8Array.from([...other.issued, ...append]))).toEqual(['prefix-changed']);
    expect(await open(buildAnchoredCopy(other.issued, stamp))).toEqual(['prefix-changed']);
  });

  it('data attached that the leaf does not commit to is told, though the issuer signed it', async () => {
    const core = JSON.stringify(coreOf(evidenceOf({ core: { ...CORE, number: '2' } })));
    for (const attachment of [
      core,
      '{',
      '[]',
      ` ${JSON.stringify(coreOf(evidenceOf()))}`,
      JSON.stringify(coreOf(evidenceOf())).replace('{', '{"kind":"x",'),
    ]) {
      const pair = pairOf({ attachment });
      expect(await open(buildAnchoredCopy(pair.issued, pair.stamp))).toEqual(['attachment-changed']);
    }
  });

  it('a file of nothing but beginnings of stamps is told at once', async () => {
    const beginnings = Buffer.from(`%PDF-1.7\n${'/V ({"'.repeat(170_000)}`);
    expect(await open(beginnings)).toEqual(['incomplete']);
  });
});
