import { describe, expect, it } from 'vitest';
import { reportOf, sampleDocument, anchor } from '../../../test/support/verification-report.js';
import { documentPage, filesPage, messagePage } from './pages.js';
import { STYLE_SOURCE } from './style.js';
import { verifyPage } from './verify-page.js';
import { NotAPdf } from '../verification.errors.js';

const at = { path: '/v/0x1', networkName: (chainId: string) => chainId, language: 'zh' as const };

describe('the page of a document', () => {
  it('says the verdict in one heading, in words', () => {
    const page = documentPage(reportOf('valid'), at);
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    expect(page).toContain('验证通过');
    expect(page).toContain('<html lang="zh-CN">');
  });

  it('asks again by itself only while the document is pending', () => {
    expect(documentPage(reportOf('pending'), at)).toMatch(/<meta http-equiv="refresh" content="5"/);
    expect(documentPage(reportOf('valid'), at)).not.toContain('http-equiv="refresh"');
  });

  it('stands still, and promises nothing else, where it answers to what was typed: no address leads there again', () => {
    const document = { ...sampleDocument, isUnmasked: true };
    const page = documentPage(reportOf('pending', { document }), at);
    expect(page).not.toContain('http-equiv="refresh"');
    expect(page).not.toContain('本页会自动更新');
    expect(page).toContain('data-stands="still"');
    expect(documentPage(reportOf('pending'), at)).toContain('本页会自动更新');
  });

  it('gives the reason for a bad verdict beside it', () => {
    expect(documentPage(reportOf('not-valid'), { ...at, language: 'en' })).toMatch(
      /class="verdict not-valid"[\s\S]*The issuer has revoked the document on the blockchain\.[\s\S]*<\/section>/,
    );
  });

  it('shows the certificate of the signature, to be compared', () => {
    const signature = { question: 'signature', outcome: 'holds', code: 'signature.holds' } as const;
    const fingerprint = 'c0'.repeat(32);
    const facts = [{ ...signature, detail: { fingerprint } }];
    expect(documentPage(reportOf('valid', { facts }), at)).toContain(`<span class="mono">${fingerprint}</span>`);
    expect(documentPage(reportOf('valid', { facts: [signature] }), at)).not.toContain('签名证书');
  });

  it('escapes what a document says', () => {
    const publicFacts = [{ label: { zh: '购买方', en: 'Buyer' }, value: '<script>alert("1")</script>' }];
    const page = documentPage(reportOf('valid', { document: { ...sampleDocument, publicFacts } }), at);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });

  it('says that no state platform was asked, and that a sample is one', () => {
    const page = documentPage(reportOf('valid'), at);
    expect(page).toContain('没有向税务等任何国家平台查询');
    expect(page).toContain('示例/非法定票据 SAMPLE');
    const state = { ...sampleDocument, issuer: { ...sampleDocument.issuer, mandate: 'state' as const } };
    expect(documentPage(reportOf('valid', { document: state }), at)).not.toContain('SAMPLE');
  });

  it('tells where the fingerprint is recorded, in the time of China', () => {
    const page = documentPage(reportOf('valid'), at);
    for (const text of [anchor.root, anchor.store, String(anchor.transactionHash), '2026-03-05 10:31:12', '12']) {
      expect(page).toContain(text);
    }
  });
});

describe('all pages', () => {
  const pages = (language: 'zh' | 'en'): Record<string, string> => ({
    valid: documentPage(reportOf('valid'), { ...at, language }),
    pending: documentPage(reportOf('pending'), { ...at, language }),
    form: verifyPage(language, { address: '0x<', addressProblem: 'verification.address-malformed' }),
    files: filesPage(
      [
        { fileName: 'a"<b>.pdf', report: reportOf('cannot-tell') },
        { fileName: 'c.png', refusal: new NotAPdf() },
      ],
      language,
    ),
    message: messagePage('notFound', { language, path: '/v/0x1' }),
  });

  it.each(['zh', 'en'] as const)('load nothing and run nothing (%s)', (language) => {
    for (const page of Object.values(pages(language))) {
      expect(page).not.toMatch(
        /<script|<link rel="stylesheet|<img|<iframe| on[a-z]+="| style="|https?:\/\/(?!www\.w3\.org)/,
      );
    }
  });

  it.each(['zh', 'en'] as const)('leave no hole where a text should be (%s)', (language) => {
    for (const page of Object.values(pages(language))) {
      expect(page).not.toMatch(/undefined|\[object|NaN|>null</);
    }
  });

  it('speak one language each, with a switch to the other', () => {
    for (const page of Object.values(pages('en'))) {
      expect(page).toContain('lang=zh');
      expect(page).toContain('<html lang="en">');
    }
  });

  it('name files as they were named, escaped', () => {
    expect(pages('en')['files']).toContain('a&quot;&lt;b&gt;.pdf');
  });

  it('keep a mistyped address, tied to what is wrong with it', () => {
    expect(pages('en')['form']).toMatch(/value="0x&lt;"[\s\S]*aria-describedby="address-error address-hint"/);
  });
});

it('names its own style in the policy', () => {
  expect(STYLE_SOURCE).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
});
