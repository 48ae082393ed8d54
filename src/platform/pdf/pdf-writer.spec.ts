import { describe, expect, it } from 'vitest';
import { UndrawableText } from './pdf.errors.js';
import { PdfWriter } from './pdf-writer.js';

const description = {
  title: '收据 0001',
  documentAddress: 'eip155:31337:0x0000000000000000000000000000000000000001',
  createdAt: new Date('2026-03-05T10:30:00+08:00'),
};
const page = { width: 200, height: 100 };
const at = { x: 10, y: 20 };
const black = { size: 9, colour: '0 0 0' };

function write(text: string): Promise<Uint8Array> {
  const writer = new PdfWriter(description);
  writer.addPage(page).text(text, at, black);
  writer.attach({ name: 'data.json', bytes: new TextEncoder().encode('{}'), mediaType: 'application/json' });
  return writer.finish();
}

describe('PdfWriter', () => {
  it('gives the same bytes for the same page', async () => {
    expect(await write('示例')).toEqual(await write('示例'));
  });

  it('writes PDF 1.7 with the instant of issue as the only date', async () => {
    const file = Buffer.from(await write('示例')).toString('latin1');
    expect(file.startsWith('%PDF-1.7')).toBe(true);
    expect(new Set(file.match(/D:\d{14}/g))).toEqual(new Set(['D:20260305023000']));
    expect(file).toContain('/AFRelationship /Data');
  });

  it('names the document address in the metadata', async () => {
    const file = Buffer.from(await write('示例')).toString('utf8');
    expect(file).toContain(`<pdf:Keywords>${description.documentAddress}</pdf:Keywords>`);
  });

  it('throws rather than print a character the font lacks', () => {
    const canvas = new PdfWriter(description).addPage(page);
    expect(() => {
      canvas.text('好가', at, black);
    }).toThrow(UndrawableText);
  });

  it('keeps its metadata readable when a title holds markup', async () => {
    const writer = new PdfWriter({ ...description, title: 'A & B <1>' });
    writer.addPage(page);
    expect(Buffer.from(await writer.finish()).toString('utf8')).toContain('A   B  1 <');
  });
});
