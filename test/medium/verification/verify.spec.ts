import { setTimeout as pause } from 'node:timers/promises';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { addressOf, ChainClient, documentStoreAbi, signCall } from '../../../src/platform/chain/index.js';
import type { EvidenceBundle } from '../../../src/proof/index.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { CuttableLink } from '../../support/cuttable-link.js';
import { invoiceRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';
import { answersTo, Verifier } from './verifier.js';

let instance: TestInstance;
let link: CuttableLink;
let api: Running;
let issuer: TestIssuer;
let caller: ApiCaller;
let verifier: Verifier;
let anchored: Issued;
let pdf: Buffer;

beforeAll(async () => {
  link = await CuttableLink.to(inject('chainRpcUrl'));
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  api = await instance.startApi({ CHAIN_RPC_URL: link.url });
  caller = callerOf(api, issuer);
  verifier = new Verifier(api.url);
  const worker = await instance.startWorker();
  [anchored] = (await caller.issueMany(5)) as [Issued, ...Issued[]];
  await instance.waitUntilAnchored();
  await worker.stop();
  pdf = (await caller.file(anchored.id)).bytes;
});
afterAll(async () => {
  await instance.close();
  await link.cut();
});

const evidenceOf = async ({ id }: Issued): Promise<EvidenceBundle> =>
  (await caller.get<EvidenceBundle>(`/v1/documents/${id}/evidence`)).body;

describe('an anchored document', () => {
  it('is valid by its address, however it is written, and nothing of it but the public part is told', async () => {
    const verified = await verifier.byAddress(anchored.documentAddress);

    expect(verified.facts.filter(({ outcome }) => outcome === 'fails' || outcome === 'unknown')).toEqual([]);
    expect(verified.verdict).toBe('valid');
    expect(verified.document).toMatchObject({ number: anchored.number });
    expect(verified.document?.anchors[0]?.transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(answersTo('integrity', verified)).toEqual([
      'integrity.holds=holds',
      'integrity.pdf-not-given=not-applicable',
    ]);
    expect(answersTo('signature', verified)).toEqual(['signature.no-file=not-applicable']);
    expect(JSON.stringify(verified)).not.toContain('周样宁');
    const spellings = [
      anchored.documentAddress.toLowerCase(),
      `eip155:${inject('chainId')}:${anchored.documentAddress}`,
    ];
    for (const spelling of [...spellings, anchored.verifyUrl]) {
      expect((await verifier.byAddress(spelling)).verdict).toBe('valid');
    }
  });

  it('is valid by its PDF', async () => {
    const verified = await verifier.byFile(pdf);

    expect(verified.verdict).toBe('valid');
    expect(answersTo('integrity', verified)).toEqual(['integrity.holds=holds', 'integrity.pdf-holds=holds']);
  });

  it('is valid by its evidence bundle, and not by one where a character was changed', async () => {
    const evidence = await evidenceOf(anchored);
    expect((await verifier.byEvidence(evidence)).verdict).toBe('valid');

    const forged = JSON.parse(JSON.stringify(evidence).replace(/:string:周样宁/, ':string:周样宇')) as unknown;
    const verified = await verifier.byEvidence(forged);
    expect([verified.verdict, answersTo('integrity', verified)[0]]).toEqual(['not-valid', 'integrity.changed=fails']);
  });

  it('is told from its PDF with one byte changed, wherever that is', async () => {
    const size = pdf.length;
    const places = [...Array.from({ length: 12 }, (_, index) => Math.floor(((index + 0.5) * size) / 12)), size - 2];
    for (const place of [...places, pdf.indexOf('eip155:') + 20]) {
      const altered = Buffer.from(pdf);
      altered[place] = (altered[place] ?? 0) ^ 1;
      const verified = await verifier.byFile(altered);

      expect([place, verified.verdict, answersTo('integrity', verified)[1]]).toEqual([
        place,
        'not-valid',
        'integrity.pdf-changed=fails',
      ]);
      expect(verified.document?.number).toBe(anchored.number);
    }
    expect((await verifier.byFile(Buffer.concat([pdf, Buffer.from('\n')]))).verdict).toBe('not-valid');
  });

  it('is told to be incomplete when its download broke off, and not to be somebody else’s', async () => {
    const { verdict, facts, document } = await verifier.byFile(pdf.subarray(0, Math.floor(pdf.length * 0.7)));
    expect([verdict, document]).toEqual(['cannot-tell', null]);
    expect(facts.map(({ code, outcome }) => [code, outcome])).toEqual([['integrity.incomplete-pdf', 'unknown']]);
  });

  it('is not looked into when its bundle would make us ask the chain without end', async () => {
    const evidence = await evidenceOf(anchored);
    const { document } = evidence;
    const proof = Array.from({ length: 65 }, () => document.signature.merkleRoot);
    const swollen = { ...evidence, document: { ...document, signature: { ...document.signature, proof } } };

    const problem = (await verifier.post({ evidence: swollen })) as { status: number; errors: { code: string }[] };
    expect([problem.status, problem.errors[0]?.code]).toEqual([422, 'verification.bundle-too-large']);
  });

  it('has its evidence handed out to its issuer only', async () => {
    const stranger = callerOf(api, await instance.addIssuer('yunfan'));
    expect((await stranger.get(`/v1/documents/${anchored.id}/evidence`)).status).toBe(404);
    expect((await verifier.page(`/v1/documents/${anchored.id}/evidence`)).status).toBe(401);

    const { headers, body } = await caller.get<EvidenceBundle>(`/v1/documents/${anchored.id}/evidence`);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${anchored.number}.evidence.json"`);
    expect(body.anchors[0]).toMatchObject({ chainId: `eip155:${inject('chainId')}`, store: issuer.store });
  });
});

describe('several files at once', () => {
  it('are answered one by one, and one that is no PDF does not spoil the others', async () => {
    const items = await verifier.byFiles(
      { name: 'photo.png', bytes: Buffer.from('\x89PNG') },
      { name: '发票.pdf', bytes: pdf },
      { name: 'huge.pdf', bytes: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20 * 1024 * 1024)]) },
      { name: 'foreign.pdf', bytes: Buffer.from('%PDF-1.7\n%%EOF') },
    );

    expect(items.map(({ fileName, verdict, problem }) => [fileName, problem?.code ?? verdict])).toEqual([
      ['photo.png', 'verification.not-a-pdf'],
      ['发票.pdf', 'valid'],
      ['huge.pdf', 'verification.file-too-large'],
      ['foreign.pdf', 'cannot-tell'],
    ]);
    expect(answersTo('issuer', items[3] as never)).toEqual(['document.not-issued-here=unknown']);
    expect(items[3]?.document).toBeNull();
  });

  it('are refused when there are none', async () => {
    expect((await verifier.sendForm('/v1/verifications', [])).status).toBe(400);
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    [{}, 'verification.one-subject'],
    [{ documentAddress: '0x12' }, 'verification.address-malformed'],
    [{ documentAddress: '0x5fbDB2315678afecb367f032d93F642f64180aa3' }, 'verification.address-checksum'],
    [
      { documentAddress: 'eip155:1:0x5FbDB2315678afecb367f032d93F642f64180aa3' },
      'verification.address-of-another-chain',
    ],
    [{ evidence: { version: 'another' } }, 'verification.bundle-malformed'],
  ])('names what is wrong with %j', async (body, code) => {
    const problem = (await verifier.post(body)) as { status: number; errors: { code: string }[] };
    expect([problem.status, problem.errors[0]?.code]).toEqual([422, code]);
  });

  it('about a document of somebody else is "cannot tell", not "no"', async () => {
    const verified = await verifier.byAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3');
    expect([verified.verdict, verified.document]).toEqual(['cannot-tell', null]);
  });
});

it('shows of a buyer who is a person the first character only', async () => {
  const request = invoiceRequest({ buyer: { name: '欧阳示禅' }, buyerIsNaturalPerson: true });
  const { documentAddress } = await caller.issue(request);

  const verified = await verifier.byAddress(documentAddress);
  expect(verified.document?.publicFacts.find(({ label }) => label.en === 'Buyer')?.value).toBe('欧***');
  const page = await (await verifier.page(`/v/${documentAddress}?lang=zh`)).text();
  expect(page).toContain('欧***');
  expect(page).not.toContain('示禅');
});

it('calls a document pending, never wrong, until the chain holds it, and says when to come back', async () => {
  const issued = await caller.issue();
  const steps = [];
  const before = await verifier.byAddress(issued.documentAddress);
  steps.push(before.verdict);
  const evidence = await caller.get(`/v1/documents/${issued.id}/evidence`);
  expect([evidence.status, evidence.body, evidence.headers.get('retry-after')]).toEqual([
    202,
    { status: 'rendering' },
    '5',
  ]);
  expect(Date.parse(before.expectedAt ?? '')).toBeGreaterThan(Date.parse(before.checkedAt));
  const page = await verifier.page(`/v/${issued.documentAddress}`);
  expect(await page.text()).toMatch(/http-equiv="refresh" content="5"[\s\S]*等待上链/);
  expect(
    (await verifier.byFile(Buffer.from(`%PDF-1.7 eip155:${inject('chainId')}:${issued.documentAddress}`))).verdict,
  ).toBe('not-valid');

  const worker = await instance.startWorker({ ANCHOR_BATCH_MAX_AGE_MS: '1500' });
  while (steps.at(-1) !== 'valid') {
    await pause(100);
    steps.push((await verifier.byAddress(issued.documentAddress)).verdict);
  }
  await worker.stop();
  expect(new Set(steps)).toEqual(new Set(['pending', 'valid']));
});

it('cannot tell while the chain is out of reach, and says so', async () => {
  await link.cut();
  try {
    const verified = await verifier.byAddress(anchored.documentAddress);

    expect(verified.verdict).toBe('cannot-tell');
    expect(answersTo('anchor', verified)).toEqual(['anchor.unreachable=unknown']);
    // The issuer's status list speaks for the chain as soon as the worker has built one that covers the document.
    expect([['status.unreachable=unknown'], ['status.by-list=holds']]).toContainEqual(answersTo('status', verified));
    const page = await verifier.page(`/v/${anchored.documentAddress}?lang=en`);
    expect([page.status, (await page.text()).includes('We cannot tell')]).toEqual([200, true]);
  } finally {
    await link.mend();
  }
  expect((await verifier.byAddress(anchored.documentAddress)).verdict).toBe('valid');
});

it('says that a record whose content was altered in the database cannot be read', async () => {
  const altered = await caller.issue();
  await instance.query(
    'update documents set core_cipher = set_byte(core_cipher, 40, 1 - get_byte(core_cipher, 40) % 2) where id = $1',
    [altered.id],
  );
  const verified = await verifier.byAddress(altered.documentAddress);
  expect([verified.verdict, verified.facts[0]?.code]).toEqual(['cannot-tell', 'integrity.record-unreadable']);
  await instance.query('update documents set render_failures = 99 where id = $1', [altered.id]);
});

it('calls a document not valid once its issuer has revoked it on the chain', async () => {
  const { docId } = await evidenceOf(anchored);
  await revoke(docId);

  const verified = await verifier.byAddress(anchored.documentAddress);
  expect([verified.verdict, answersTo('status', verified)]).toEqual(['not-valid', ['status.revoked=fails']]);
  expect((await verifier.byFile(pdf)).verdict).toBe('not-valid');
});

async function revoke(hash: string): Promise<void> {
  const { chainRpcUrls: rpcUrls, chainId, chainAdminKey } = instance.settings;
  const chain = new ChainClient({ rpcUrls, chainId });
  const data = new Interface(documentStoreAbi).encodeFunctionData('revoke', [hash]);
  const [nonce, fees] = await Promise.all([chain.nonceOf(addressOf(chainAdminKey)), chain.suggestedFees()]);
  const call = { key: chainAdminKey, chainId, nonce, fees, gasLimit: 200_000n, to: issuer.store, data };
  const { raw, hash: transaction } = signCall(call);
  await chain.broadcast(raw);
  while ((await chain.receipt(transaction)) === null) {
    await pause(50);
  }
  chain.close();
}
