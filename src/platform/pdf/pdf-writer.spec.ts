import { describe, expect, it } from 'vitest';
import { STAMP_ALPHABET } from '../../proof/index.js';
import { Alphabet } from './alphabet.js';
import { UndrawableText } from './pdf.errors.js';
import type { PdfContent, PdfDescription } from './pdf-content.js';
import { PdfTemplates } from './pdf-templates.js';
import { PdfWriter } from './pdf-writer.js';
import { drawQrCode } from './qr-code.js';
import { placeText, tagged } from './text-box.js';

const description: PdfDescription = {
  title: '收据 0001',
  documentAddress: 'eip155:31337:0x0000000000000000000000000000000000000001',
  createdAt: new Date('2026-03-05T10:30:00+08:00'),
};
const alphabet = new Alphabet('test', '收据金额：');
const page = { width: 200, height: 100 };
const box = { x: 10, y: 20, width: 150, height: 12 };
const style = { size: 9, minimum: 5, colour: '0 0 0' };

type Said = {
  readonly text: string;
  readonly alt?: string;
  readonly description?: PdfDescription;
  readonly data?: string;
};

function content({ text, alt = '二维码', description: about = description, data = '{}' }: Said): PdfContent {
  const writer = new PdfWriter(about, alphabet);
  const sheet = writer.addPage(page);
  sheet.texts([tagged(placeText('收据', box, style), { role: 'H1' }), placeText(text, { ...box, y: 40 }, style)]);
  drawQrCode(sheet, text, { box: { x: 160, y: 10, width: 30, height: 30 }, alt });
  if (about.copy === undefined) {
    sheet.statusField({ x: 10, y: 80, width: 100, height: 9 });
  }
  writer.attach({
    ...{ name: 'data.json', bytes: new TextEncoder().encode(data), mediaType: 'application/json' },
    relationship: 'Data',
  });
  return writer.content();
}

const write = (said: Said): Buffer => Buffer.from(new PdfTemplates().write(content(said)).bytes);

describe('PdfWriter', () => {
  it('gives the same bytes for the same page', () => {
    expect(write({ text: '示例' })).toEqual(write({ text: '示例' }));
  });

  it('writes PDF 1.7 with the instant of issue as the only date', () => {
    const file = write({ text: '示例' }).toString('latin1');
    expect(file.startsWith('%PDF-1.7')).toBe(true);
    expect(new Set(file.match(/D:\d{14}/g))).toEqual(new Set(['D:20260305023000']));
    expect(file).toContain('/AFRelationship/Data');
  });

  it('names the document address in the metadata', () => {
    expect(write({ text: '示例' }).toString('utf8')).toContain(
      `<pdf:Keywords>${description.documentAddress}</pdf:Keywords>`,
    );
  });

  it('keeps its metadata readable when a title holds markup', () => {
    const file = write({ text: '示例', description: { ...description, title: 'A & B <1>' } }).toString('utf8');
    expect(file).toContain('>A &amp; B &lt;1&gt;</rdf:li>');
  });

  it('throws rather than print a character the font lacks', () => {
    expect(() => content({ text: '好가' })).toThrow(UndrawableText);
  });

  it('says where the signature goes: two placeholders of fixed width', () => {
    const { bytes, places } = new PdfTemplates().write(content({ text: '示例' }));
    const file = Buffer.from(bytes).toString('latin1');
    expect(file.slice(places?.byteRangeAt).slice(0, 36)).toBe('[0 0000000000 0000000000 0000000000]');
    expect(file.slice(places?.contentsAt)).toMatch(/^<0{4096}>/);
  });

  it('gives a copy neither a form nor a place for a signature', () => {
    const templates = new PdfTemplates();
    const copy = { text: '示例', description: { ...description, copy: 'REVOKED' } };
    const [drawn, assembled] = [templates.write(content(copy)), templates.write(content(copy))];
    expect([drawn.places, assembled.places]).toEqual([undefined, undefined]);
    expect(Buffer.from(assembled.bytes).equals(drawn.bytes)).toBe(true);
    expect(Buffer.from(drawn.bytes).toString('latin1')).not.toMatch(/\/(?:AcroForm|Sig|Perms|Widget|Annots)\b/);
  });

  it('takes no issued file without the field of its status', () => {
    const writer = new PdfWriter(description, alphabet);
    writer.addPage(page);
    expect(() => writer.content()).toThrow('field of its status');
  });

  it('gives the characters of the stamp the codes that stamps are written in', () => {
    Array.from(STAMP_ALPHABET).forEach((character, index) => {
      expect(alphabet.codeOf(character.codePointAt(0) ?? 0)).toBe(index + 1);
    });
  });
});

describe('a file assembled from the template of another document', () => {
  const first = { text: '金额：壹元' };
  const others: readonly (readonly [string, Said])[] = [
    ['other words', { text: '金额：贰拾叁元肆角伍分 and Latin (\\) letters, 𠅤 too' }],
    ['no character beyond the alphabet', { text: '金额' }],
    ['rare characters, which another face draws', { text: '收据：𠮷野㛃䶮' }],
    ['rare characters, which two other faces draw', { text: '𠮷野𡋾䶮𠮷' }],
    ['another figure', { text: '金额：壹元', alt: '另一张图' }],
    ['more data', { text: '金额：壹元', data: JSON.stringify(Array.from({ length: 900 }, (_, index) => index)) }],
    [
      'another title, address, instant and a larger signature',
      {
        text: '金额：壹元',
        description: {
          title: '收据 <0002> & 一',
          documentAddress: 'eip155:1:0x0000000000000000000000000000000000000002',
          createdAt: new Date('2031-12-31T23:59:59Z'),
          signatureRoom: 8_192,
        },
      },
    ],
  ];

  it.each(others)('is the file that a drawing of its own gives, byte for byte, with %s', (_, other) => {
    const templates = new PdfTemplates();
    templates.write(content(first));
    const assembled = templates.write(content(other));
    const drawn = new PdfTemplates().write(content(other));
    expect(Buffer.from(assembled.bytes).equals(drawn.bytes)).toBe(true);
    expect(assembled.places).toEqual(drawn.places);
  });

  it('does not keep the rare characters of the document that was drawn first', () => {
    const templates = new PdfTemplates();
    const [one, two] = [{ text: '𠮷野𡋾' }, { text: '金额 𠝹 𠀋 𠮟：壹元' }];
    templates.write(content(one));
    const assembled = templates.write(content(two));
    expect(Buffer.from(assembled.bytes).equals(new PdfTemplates().write(content(two)).bytes)).toBe(true);
  });

  it('does not depend on what was forgotten in between', () => {
    const forgetful = new PdfTemplates(0);
    forgetful.write(content(first));
    expect(forgetful.write(content(first)).bytes).toEqual(new PdfTemplates().write(content(first)).bytes);
  });
});
