import { inflateSync } from 'node:zlib';
import * as oaVerify from '@govtechsg/oa-verify';
import * as ttVerify from '@tradetrust-tt/tt-verify';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { flatten, parseEvidenceBundle, readDisclosureFragment, type EvidenceBundle } from '../../../src/proof/index.js';
import type { Answer, ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running } from '../../support/running-instance.js';
import { answersTo, Verifier } from '../verification/verifier.js';

type Disclosed = { readonly evidence: EvidenceBundle; readonly url: string | null };

let instance: TestInstance;
let api: Running;
let caller: ApiCaller;
let stranger: ApiCaller;
let verifier: Verifier;
let issued: Issued;

beforeAll(async () => {
  instance = await TestInstance.make();
  const issuer = await instance.addIssuer();
  const other = await instance.addIssuer('hospital');
  api = await instance.startApi();
  caller = callerOf(api, issuer);
  stranger = callerOf(api, other);
  verifier = new Verifier(api.url);
  const worker = await instance.startWorker();
  [issued] = (await caller.issueMany(3)) as [Issued, ...Issued[]];
  await instance.waitUntilAnchored();
  await worker.stop();
});
afterAll(() => instance.close());

const hide = (paths: unknown, by = caller, id = issued.id): Promise<Answer<Disclosed & Problem>> =>
  by.post(`/v1/documents/${id}/disclosures`, { hide: paths });

/** Both libraries have the same API but not the same types. */
async function foreignVerdict(library: unknown, { document }: EvidenceBundle): Promise<boolean[]> {
  const tool = library as typeof ttVerify;
  const verify = tool.verificationBuilder([tool.openAttestationHash, tool.openAttestationEthereumDocumentStoreStatus], {
    provider: tool.utils.generateProvider({ providerType: 'jsonrpc', network: 'local', url: inject('chainRpcUrl') }),
  });
  const fragments = await verify(document as unknown as Parameters<typeof verify>[0]);
  return [tool.isValid(fragments, ['DOCUMENT_INTEGRITY']), tool.isValid(fragments, ['DOCUMENT_STATUS'])];
}

describe('a disclosure', () => {
  it('hides what it is told to, and verifies here, by tt-verify and by oa-verify', async () => {
    const whole = (await caller.get<EvidenceBundle>(`/v1/documents/${issued.id}/evidence`)).body;
    const { status, body } = await hide(['buyer', 'lines']);

    expect(status).toBe(200);
    const hidden = flatten(whole.document.data, 'received').filter(([path]) => /^(buyer|lines)\./.test(path));
    expect(hidden.length).toBeGreaterThan(4);
    for (const [, salted] of hidden) {
      expect(JSON.stringify(body)).not.toContain(String(salted).slice(0, 36));
    }
    const verified = await verifier.byEvidence(body.evidence);
    expect([verified.verdict, answersTo('integrity', verified)[0]]).toEqual(['valid', 'integrity.holds=holds']);
    for (const library of [ttVerify, oaVerify]) {
      expect(await foreignVerdict(library, body.evidence)).toEqual([true, true]);
    }
  });

  it('is told from one that was tampered with', async () => {
    const { evidence } = (await hide(['buyer'])).body;
    const [first = '', ...others] = evidence.document.privacy?.obfuscatedData ?? [];
    const swapped = `${first.startsWith('0') ? '1' : '0'}${first.slice(1)}`;
    const forged = {
      ...evidence,
      document: { ...evidence.document, privacy: { obfuscatedData: [swapped, ...others] } },
    };

    const verified = await verifier.byEvidence(forged);
    expect([verified.verdict, answersTo('integrity', verified)[0]]).toEqual(['not-valid', 'integrity.changed=fails']);
    expect((await foreignVerdict(ttVerify, forged))[0]).toBe(false);
  });

  it('comes with a link that carries it in its fragment', async () => {
    const { url, evidence } = (await hide(['buyer.name'])).body;
    const { hash, pathname } = new URL(url ?? '');

    expect(pathname).toBe('/verify');
    const read = await readDisclosureFragment(hash, (bytes, limit) =>
      Promise.resolve(inflateSync(bytes, { maxOutputLength: limit })),
    );
    expect(read).toEqual(parseEvidenceBundle(evidence));
  });

  it('names the fields that cannot be hidden', async () => {
    const { status, body } = await hide(['buyer', 'docId', 'buyer.nickname']);

    expect([status, body.code]).toEqual([422, 'proof.cannot-disclose']);
    expect(body.errors?.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'hide[1] disclosure.path-needed',
      'hide[2] disclosure.path-unknown',
    ]);
    for (const wrong of [[], 'buyer', [7], undefined, Array(501).fill('buyer')]) {
      expect((await hide(wrong)).status).toBe(422);
    }
  });

  it('is nobody’s but the issuer’s, and waits for the batch', async () => {
    expect((await hide(['buyer'], stranger)).status).toBe(404);
    const fresh = await caller.issue();
    const { status, body } = await hide(['buyer'], caller, fresh.id);
    expect([status, body]).toEqual([202, { status: 'rendering' }]);
  });
});
