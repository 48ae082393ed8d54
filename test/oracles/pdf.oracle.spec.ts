import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/index.js';
import { HttpTimestampAuthority, pem, type SigningKey } from '../../src/platform/signing/index.js';
import { RandomIdSource } from '../../src/platform/vault/index.js';
import {
  checkPdfA,
  checkPdfUa,
  checkSignatureWithDss,
  checkSignatureWithPyHanko,
  describeWithCheckers,
  pdfsig,
  qpdfCheck,
  stopCheckers,
  type RuleJudgement,
} from '../checkers/index.js';
import { documentVariants, type DocumentVariant } from '../support/document-variants.js';
import { withFlippedBit, withMovedObjects, withRepaintedPage, withUndrawnCharacter } from '../support/faulty-pdfs.js';
import { issuedFiles, type IssuedFiles } from '../support/issued-files.js';
import { rsaPair, testAuthority, testKey, type TestAuthority } from '../support/signing.js';
import { TimeStampingServer } from '../support/time-stamping.js';

const VALID = { field: 'signature', validation: 'Signature is Valid.', type: 'ETSI.CAdES.detached' };
const TRUSTED = { field: 'signature', valid: true, intact: true, trusted: true, permitted: true, refusal: null };
const BASELINE = {
  level: 'PAdES-BASELINE-B',
  indication: 'TOTAL_PASSED',
  byteRangeValid: true,
  permission: 'MINIMAL_CHANGES_PERMITTED',
  errors: [],
};

/** Each rule once; asserts as well that veraPDF looked at the file, because a judgement of nothing breaks no rule either. */
function brokenRules(judgements: readonly RuleJudgement[]): string[] {
  return judgements.flatMap(({ assertions, failed }) => {
    expect(assertions).toBeGreaterThan(500);
    return failed.map(({ clause, test, example, place }) => `${clause}-${test} ${example} (${place})`);
  });
}

describeWithCheckers('what we issue, judged by programs of others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chopmark-pdf-oracles-'));
  const root = join(folder, 'root.pem');
  let authority: TestAuthority;
  let key: SigningKey;
  let made = 0;
  const kept = (bytes: Uint8Array): string => {
    const file = join(folder, `${made++}.pdf`);
    writeFileSync(file, bytes);
    return file;
  };
  beforeAll(async () => {
    authority = await testAuthority();
    key = await testKey(authority);
    writeFileSync(root, pem('CERTIFICATE', authority.certificate));
  });
  afterAll(() => {
    stopCheckers();
    rmSync(folder, { recursive: true });
  });

  describe.each(documentVariants)('$name', (variant) => {
    let issued: string;
    let anchored: string;
    let marked: string;
    beforeAll(async () => {
      const files = await issuedFiles(variant, key);
      [issued, anchored, marked] = [kept(files.issued), kept(files.anchored), kept(files.marked)];
    });

    it('has no structural fault', () => {
      expect([issued, anchored, marked].map(qpdfCheck)).toEqual(['', '', '']);
    });

    it('is archival: PDF/A-3b, anchored and marked too', async () => {
      expect(brokenRules(await checkPdfA([issued, anchored, marked]))).toEqual([]);
    });

    it('is accessible: PDF/UA-1, as far as a program can tell', async () => {
      expect(brokenRules(await checkPdfUa([issued, anchored, marked]))).toEqual([]);
    });

    it('carries a signature that poppler finds valid, before and after stamping', () => {
      expect(pdfsig(issued)).toEqual([{ ...VALID, wholeDocumentSigned: true }]);
      expect(pdfsig(anchored)).toEqual([{ ...VALID, wholeDocumentSigned: false }]);
    });

    it('is never signed as a marked copy, nor has a place where a signature is missing', async () => {
      expect(pdfsig(marked)).toEqual([]);
      expect(await checkSignatureWithPyHanko(marked, [root])).toEqual([]);
      expect(readFileSync(marked, 'latin1')).not.toMatch(/\/(?:AcroForm|Sig|Perms|Widget|Annots)\b/);
    });

    it('is trusted by pyHanko, and the stamp is the filling-in of a form that the signature permits', async () => {
      expect(await checkSignatureWithPyHanko(issued, [root])).toMatchObject([
        { ...TRUSTED, coverage: 'ENTIRE_FILE', modifications: 'NONE' },
      ]);
      expect(await checkSignatureWithPyHanko(anchored, [root])).toMatchObject([
        { ...TRUSTED, coverage: 'ENTIRE_REVISION', modifications: 'FORM_FILLING' },
      ]);
    });

    it('is PAdES-BASELINE-B for the EU service, which can explain all that the stamp changes', async () => {
      expect(await checkSignatureWithDss(issued, [root])).toMatchObject([{ ...BASELINE, modifications: [] }]);
      const [stamped] = await checkSignatureWithDss(anchored, [root]);
      expect(stamped).toMatchObject(BASELINE);
      const kinds = new Set(stamped?.modifications.map(({ kind }) => kind));
      expect(kinds).toContain('form-fill');
      expect(kinds).not.toContain('undefined');
      expect(kinds).not.toContain('annotation');
    });
  });

  it('is PAdES-BASELINE-B with an RSA key too', async () => {
    const [variant] = documentVariants as [DocumentVariant];
    const file = kept((await issuedFiles(variant, await testKey(authority, rsaPair()))).issued);
    expect(pdfsig(file)).toMatchObject([VALID]);
    expect(await checkSignatureWithPyHanko(file, [root])).toMatchObject([TRUSTED]);
    expect(await checkSignatureWithDss(file, [root])).toMatchObject([BASELINE]);
  });

  it('is PAdES-BASELINE-T with the stamp of a time-stamping authority, before and after anchoring', async () => {
    const time = await TimeStampingServer.start();
    try {
      const [variant] = documentVariants as [DocumentVariant];
      const place = { url: time.url, timeoutMs: 5_000 };
      const authority = new HttpTimestampAuthority(place, new RandomIdSource(new SystemClock()));
      const { issued, anchored } = await issuedFiles(variant, key, authority);
      for (const file of [kept(issued), kept(anchored)]) {
        expect(pdfsig(file)).toMatchObject([VALID]);
        expect(await checkSignatureWithPyHanko(file, [root, time.root])).toMatchObject([TRUSTED]);
        expect(await checkSignatureWithDss(file, [root, time.root])).toMatchObject([
          { ...BASELINE, level: 'PAdES-BASELINE-T' },
        ]);
      }
    } finally {
      time.stop();
    }
  });

  describe('the checkers', () => {
    const [variant] = documentVariants as [DocumentVariant];
    let files: IssuedFiles;
    beforeAll(async () => {
      files = await issuedFiles(variant, key);
    });

    it('tell of a bit that changed in what was signed, though nothing looks broken', async () => {
      const file = kept(withFlippedBit(files.anchored, Buffer.from(files.issued).indexOf('Chopmark')));
      expect(pdfsig(file)).toMatchObject([{ validation: 'Digest Mismatch.' }]);
      expect(await checkSignatureWithPyHanko(file, [root])).toMatchObject([{ valid: false, intact: false }]);
      expect(await checkSignatureWithDss(file, [root])).toMatchObject([{ indication: 'TOTAL_FAILED' }]);
    });

    it('tell of a page that was painted over after signing, which poppler does not', async () => {
      for (const bytes of [files.issued, files.anchored]) {
        const file = kept(withRepaintedPage(bytes));
        expect(qpdfCheck(file)).toBe('');
        expect(pdfsig(file)).toMatchObject([VALID]);
        expect(await checkSignatureWithPyHanko(file, [root])).toMatchObject([
          { valid: false, intact: true, trusted: true, permitted: false, modifications: 'OTHER' },
        ]);
        const [judged] = await checkSignatureWithDss(file, [root]);
        expect(judged).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' });
        expect(judged?.modifications.map(({ kind }) => kind)).toContain('undefined');
      }
    });

    it('trust no signer whom they were not told to', async () => {
      const other = join(folder, 'other.pem');
      writeFileSync(other, pem('CERTIFICATE', (await testAuthority('Another root')).certificate));
      const file = kept(files.issued);
      expect(await checkSignatureWithPyHanko(file, [other])).toMatchObject([
        { valid: false, intact: true, trusted: false },
      ]);
      expect(await checkSignatureWithDss(file, [other])).toMatchObject([
        { indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' },
      ]);
    });

    it('find no signature where none is', async () => {
      const unsigned = kept(await withUndrawnCharacter());
      expect(pdfsig(unsigned)).toEqual([]);
      expect(await checkSignatureWithDss(unsigned, [root])).toEqual([]);
      expect(await checkSignatureWithPyHanko(unsigned, [root])).toEqual([]);
    });

    it('tell of a character that no font draws', async () => {
      const [judged] = await checkPdfA([kept(await withUndrawnCharacter())]);
      expect(judged?.failed.map(({ clause }) => clause)).toContain('6.2.11.8');
    });

    it('tell of a file whose cross-references point nowhere', () => {
      expect(qpdfCheck(kept(withMovedObjects(files.issued)))).not.toBe('');
    });

    it('say of a file that is no PDF that they could not judge', async () => {
      await expect(checkPdfA([kept(Buffer.from('no PDF'))])).rejects.toThrow();
    });
  });
});
