import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { renderCertificate } from '../../../src/certificates/certificate.pdf.js';
import { renderProof } from '../../../src/certificates/property-proof.pdf.js';
import type { RenderContext } from '../../../src/documents/index.js';
import { renderInvoice } from '../../../src/invoices/invoice.pdf.js';
import {
  buildAnchoredCopy,
  ENVELOPE_KEYS,
  openAnchoredCopy,
  stampOf,
  type AnchorStamp,
  type CoreData,
} from '../../../src/proof/index.js';
import { evidenceOf } from '../../oracles/document-factory.js';
import { certificate, proof } from '../../support/certificates.js';
import { copyTools } from '../../support/copy-tools.js';
import { invoice, invoiceLine } from '../../support/invoices.js';
import { issued, issuerCalled, kindCalled, renderContext, sampleReceipts } from '../../support/receipts.js';

type Drawn = (core: CoreData, context: RenderContext) => { readonly bytes: Uint8Array };

const lines = Array.from({ length: 60 }, (_, index) => invoiceLine({ itemName: `餐费第${index + 1}号` }));
const drawInvoice: Drawn = (core, context) => renderInvoice(core as never, context);
const documents: [string, CoreData, Drawn][] = [
  ['invoice', invoice(), drawInvoice],
  ['invoice of several pages', invoice({ lines }), drawInvoice],
  ['certificate', certificate(), (core, context) => renderCertificate(core as never, context)],
  ['proof of registration', proof(), (core, context) => renderProof(core as never, context)],
  ...sampleReceipts().map(({ name, issuer, request }): [string, CoreData, Drawn] => {
    const kind = kindCalled(request.kind);
    const receipt = issued(request, issuerCalled(issuer), kind) as unknown as CoreData;
    return [name, receipt, (core, context) => kind.render(core, context)];
  }),
];

const folder = mkdtempSync(join(tmpdir(), 'chopmark-kinds-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const missing = inject('missingPackages');
const has = (debianPackage: string): boolean => !missing.includes(debianPackage);
const run = (program: string, ...parameters: string[]): string =>
  execFileSync(program, parameters, { encoding: 'utf8' });

/** The attached data, as issuing attaches it. */
function attachmentOf(core: CoreData): Uint8Array {
  const { data } = evidenceOf({ core }).document;
  const salted = Object.fromEntries(Object.entries(data).filter(([key]) => !ENVELOPE_KEYS.has(key)));
  return new TextEncoder().encode(JSON.stringify(salted));
}

describe('the stamp', () => {
  it.each(documents)('fits on the %s, whose issued bytes stay as they were', async (name, core, draw) => {
    const attachment = { name: 'core.json', bytes: attachmentOf(core) };
    const { bytes } = draw(core, { ...renderContext, attachment });
    const copy = buildAnchoredCopy(bytes, stampOf(evidenceOf({ core, pdf: bytes })) as AnchorStamp);

    expect(Buffer.from(copy.subarray(0, bytes.length)).equals(bytes)).toBe(true);
    expect(await openAnchoredCopy(copy, copyTools)).toMatchObject({ kind: 'anchored', faults: [] });
    const file = join(folder, `${name.replaceAll(/\W/g, '-')}.pdf`);
    writeFileSync(file, copy);
    if (has('qpdf')) {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found');
    }
    if (has('poppler-utils')) {
      const text = run('pdftotext', '-layout', file, '-').replaceAll(/\s/g, '');
      expect(text).toContain('已上链Anchored·eip155:1337·区块Block7·2026-03-0510:31:00UTC+8·交易Tx0x11111111…11111111');
      expect(text).not.toContain('待上链');
    }
  });
});
