import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { AnchoringIssuer } from '../../support/anchored-pile.js';
import { BuiltVerifier } from '../../support/built-verifier.js';
import type { PileDocument } from '../../support/document-pile.js';

const NOBODY = ['--rpc', 'http://127.0.0.1:9'];
const verifier = new BuiltVerifier();
let issuer: AnchoringIssuer;
let document: PileDocument;
let path: string;

beforeAll(async () => {
  await verifier.build();
  issuer = await AnchoringIssuer.on({ rpcUrl: inject('chainRpcUrl'), chainId: inject('chainId') });
  [document] = (await issuer.pile(1)) as [PileDocument];
  path = verifier.file('a.pdf', document.anchored);
});

afterAll(() => {
  issuer.close();
  verifier.remove();
});

describe('a node that does not answer', () => {
  it('is what is said first, before a certificate that nobody vouched for, with what to try', async () => {
    const { code, text } = await verifier.run(path, ...NOBODY);
    expect(code).toBe(2);
    expect(text).toContain('[signature.certificate-not-asked]');
    expect(text.split('\n')[1]).toBe(
      '  Cannot tell: The blockchain could not be reached, so it was not asked. This does not mean that nothing is there; ' +
        'try again later. See to the addresses after --rpc and to your network.',
    );
  });

  it('is told in Chinese of either kind, the names of details too', async () => {
    const { text: inTaiwan } = await verifier.run(path, ...NOBODY, '--lang', 'zh-TW');
    expect(inTaiwan.split('\n')[1]).toMatch(/^ {2}無法判斷：暫時連不上區塊鏈.*請檢查 --rpc 後的節點網址和網路。$/);
    const root = document.bundle.anchors[0]?.root ?? '';
    expect(inTaiwan).toContain(`根 ${root}`);
    expect(inTaiwan).toContain('憑證指紋 ');
    const { text: onMainland } = await verifier.run(path, ...NOBODY, '--lang', 'zh');
    expect(onMainland).toContain(`合约 ${issuer.issuer.store}`);
    for (const text of [inTaiwan, onMainland]) {
      expect(text).not.toMatch(/(^ {8}|· )[a-z]/m);
    }
  });
});
