import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { renderInvoice } from '../../../src/invoices/invoice.pdf.js';
import { invoice, invoiceLine } from '../../support/invoices.js';

const missing = inject('missingPackages');
const lacks = (debianPackage: string): boolean => {
  if (missing.includes(debianPackage)) {
    console.warn(`SKIPPED ALOUD: reading a rendered invoice with ${debianPackage}, which is not installed`);
  }
  return missing.includes(debianPackage);
};
const withQpdf = lacks('qpdf') ? it.skip : it;
const withPoppler = lacks('poppler-utils') ? it.skip : it;

const address = 'eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4';
const data = '{"kind":"invoice.vat"}';
const context = {
  documentAddress: address,
  verifyUrl: `https://verify.example.com/v/${address}`,
  docId: `0x9b0c2f6f1d2e3a4b${'0'.repeat(48)}`,
  attachment: { name: 'core-data.json', bytes: new TextEncoder().encode(data) },
};
const manyLines = Array.from({ length: 60 }, (_, index) => invoiceLine({ itemName: `餐费第${index + 1}号` }));

/** Foreign programs read the file: what our own code believes about it proves nothing. */
describe('a rendered invoice, read by other programs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chopmark-pdf-'));
  const single = join(folder, 'single.pdf');
  const several = join(folder, 'several.pdf');
  const run = (program: string, ...parameters: string[]): string =>
    execFileSync(program, parameters, { encoding: 'utf8' });

  beforeAll(() => {
    writeFileSync(
      single,
      renderInvoice(invoice({ buyer: { name: '王𠅤' }, buyerIsNaturalPerson: 'true' }), context).bytes,
    );
    writeFileSync(several, renderInvoice(invoice({ lines: manyLines, mandate: 'state' }), context).bytes);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  withQpdf('has no structural fault', () => {
    for (const file of [single, several]) {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found');
    }
  });

  withPoppler('gives its Chinese text back, rare characters too', () => {
    const text = run('pdftotext', '-layout', single, '-');
    for (const part of [
      '电子发票（普通发票）',
      '26322000000100000001',
      '2026年03月05日',
      '王𠅤（个人）',
      '*餐饮服务*餐费',
      '¥622.64',
      '⊗ 陆佰陆拾圆整',
      '区块链存证',
      address,
      context.verifyUrl,
    ]) {
      expect(text).toContain(part);
    }
  });

  withPoppler('says that it is a sample in one piece, and says so only without a state mandate', () => {
    expect(run('pdftotext', single, '-')).toContain('示例/非法定票据 SAMPLE');
    expect(run('pdftotext', single, '-')).toContain('示例监制章');
    expect(run('pdftotext', several, '-')).not.toContain('SAMPLE');
  });

  withPoppler('carries the core data', () => {
    expect(run('pdfdetach', '-list', single)).toContain('core-data.json');
    run('pdfdetach', '-savefile', 'core-data.json', '-o', join(folder, 'saved.json'), single);
    expect(readFileSync(join(folder, 'saved.json'), 'utf8')).toBe(data);
  });

  withPoppler('is half an A4 page, and names its number and address outside the pages too', () => {
    const information = run('pdfinfo', single);
    expect(information).toMatch(/Page size: +595\.2\d+ x 396\.8\d+ pts/);
    expect(information).toContain('26322000000100000001');
    expect(information).toContain(address);
  });

  withPoppler('embeds the one font it uses, with the way back to Unicode', () => {
    const fonts = run('pdffonts', several).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(1);
    expect(fonts[0]).toMatch(/NotoSerifSC-Regular +CID Type 0C +Identity-H +yes yes yes/);
  });

  withPoppler('prints every line of a long invoice', () => {
    const text = run('pdftotext', '-layout', several, '-');
    for (const line of manyLines) {
      expect(text).toContain(`*餐饮服务*${line.itemName} `);
    }
  });
});
