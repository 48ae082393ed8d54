import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromHex } from '../../../src/kernel/index.js';
import { ChainClient, documentInitCodeHash } from '../../../src/platform/chain/index.js';
import {
  blockHashOf,
  formatCaip2,
  parseEvidenceBundle,
  verifyEvidence,
  type BlockHeader,
  type EvidenceBundle,
} from '../../../src/proof/index.js';
import type { Issued, Problem } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let api: Running;
let issuer: TestIssuer;
let issued: readonly Issued[];
let pending: Issued;
let folder: string;

const ask = (ids: unknown, { apiKey } = issuer): Promise<Response> =>
  fetch(`${api.url}/v1/evidence`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ documents: ids }),
  });

async function packageOf(ids: readonly string[]): Promise<Buffer> {
  const answer = await ask(ids);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  return Buffer.from(await answer.arrayBuffer());
}

beforeAll(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  api = await instance.startApi();
  const caller = callerOf(api, issuer);
  const worker = await instance.startWorker();
  issued = await caller.issueMany(3);
  await instance.waitUntilAnchored();
  await worker.stop();
  pending = await caller.issue();
  folder = mkdtempSync(join(tmpdir(), 'chopmark-court-'));
  const zip = await packageOf([...issued.slice(0, 2), pending].map(({ id }) => id));
  writeFileSync(join(folder, 'evidence.zip'), zip);
  execFileSync('unzip', ['-q', 'evidence.zip', '-d', 'evidence'], { cwd: folder });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await instance.close();
});

const inside = (...path: string[]): string => join(folder, 'evidence', ...path);
const read = (...path: string[]): Buffer => readFileSync(inside(...path));
const json = (...path: string[]): unknown => JSON.parse(read(...path).toString('utf8'));
const folderOf = (place: number): string => readdirSync(inside('documents')).sort()[place] ?? '';
const chainFiles = (start: string): string[] => {
  const [chain = ''] = readdirSync(inside('chain'));
  return readdirSync(inside('chain', chain))
    .filter((name) => name.startsWith(start))
    .map((name) => join('chain', chain, name));
};

describe('a package for a court', () => {
  it('holds what its list says, byte for byte', () => {
    const told = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: inside() }).toString();
    const listed = read('SHA256SUMS').toString().trimEnd().split('\n');
    expect(told.trimEnd().split('\n')).toEqual(listed.map((line) => `${line.slice(66)}: OK`));
    const files = readdirSync(inside(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(listed.length + 1);
  });

  it('names the files of a document as the record has them', () => {
    expect(readdirSync(inside('documents', folderOf(0))).sort()).toEqual([
      ...['anchored.pdf', 'content.json', 'events.json', 'evidence.json', 'issued.pdf'],
    ]);
    const bundle = json('documents', folderOf(0), 'evidence.json') as EvidenceBundle;
    const sha256 = createHash('sha256')
      .update(read('documents', folderOf(0), 'issued.pdf'))
      .digest('hex');
    expect(bundle.pdf.sha256).toBe(sha256);
    expect(json('documents', folderOf(0), 'events.json')).toMatchObject([
      { seq: 0, type: 'issued', leaf: bundle.leaf },
    ]);
  });

  it('holds bundles that verify with a chain and nothing else', async () => {
    const { chainRpcUrls: rpcUrls, chainId } = instance.settings;
    const chain = new ChainClient({ rpcUrls, chainId });
    const { verdict, facts } = await verifyEvidence(
      parseEvidenceBundle(json('documents', folderOf(1), 'evidence.json')),
      {
        sha256: (bytes) => createHash('sha256').update(bytes).digest(),
        pdf: read('documents', folderOf(1), 'issued.pdf'),
        documentInitCodeHash: fromHex(documentInitCodeHash),
        chains: (asked) =>
          asked === formatCaip2(chainId)
            ? {
                hasCode: async (address) => (await chain.codeAt(address)) !== '0x',
                isIssued: (store, root) => chain.isIssued(store, root),
                isRevoked: (store, hash) => chain.isRevoked(store, hash),
              }
            : undefined,
      },
    );
    expect([verdict, facts.filter(({ outcome }) => outcome !== 'holds').map(({ question }) => question)]).toEqual([
      'cannot-tell',
      ['issuer'],
    ]);
    chain.close();
  });

  it('holds the header of each anchoring block, whose hash follows from its fields, and its receipt', () => {
    const bundle = json('documents', folderOf(0), 'evidence.json') as EvidenceBundle;
    const [header] = chainFiles('block-').map((path) => json(path) as BlockHeader);
    const [receipt] = chainFiles('receipt-').map(
      (path) => json(path) as { hash: string; logs: { topics: string[] }[] },
    );

    expect(blockHashOf(header ?? {})).toBe(bundle.anchors[0]?.blockHash);
    expect(blockHashOf({ ...header, timestamp: '0x1' })).not.toBe(bundle.anchors[0]?.blockHash);
    expect(new Date(Number(header?.['timestamp']) * 1_000).toISOString()).toBe(bundle.anchors[0]?.blockTime);
    expect(receipt?.hash).toBe(bundle.anchors[0]?.transactionHash);
    expect(receipt?.logs.some(({ topics }) => topics.includes(bundle.anchors[0]?.root ?? ''))).toBe(true);
  });

  it('holds the certificates, each verifiable by the next', () => {
    const [name = ''] = readdirSync(inside('certificates'));
    const [own, authority] = read('certificates', name)
      .toString()
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .filter((each) => each !== '')
      .map((each) => new X509Certificate(each));
    expect(own?.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(name.replace('.pem', ''));
    expect(authority === undefined || own?.verify(authority.publicKey)).toBe(true);
  });

  it('has a report that tells before from after, and of a pending document that nothing is proved', () => {
    const text = execFileSync('pdftotext', ['-layout', inside('report.pdf'), '-'])
      .toString()
      .replaceAll(/\s+/g, '');
    expect(text).toContain('尚未上链：区块链目前不能证明任何事项。');
    expect(text).toContain('上链前（仅为记录，未经查验）');
    expect(text).toContain('第十六条');
    for (const { number } of [...issued.slice(0, 2), pending]) {
      expect(text).toContain(number);
    }
    expect(readdirSync(inside('documents', folderOf(2))).sort()).toEqual(['content.json', 'events.json']);
    expect(text).not.toContain('内容属实。');
  });

  it('says in its READMEs how to check it, and whether the verifier is inside', () => {
    const isInside = readdirSync(inside()).includes('verifier');
    for (const name of ['README.zh.md', 'README.en.md']) {
      expect(read(name).toString()).toContain('sha256sum -c SHA256SUMS');
      expect(read(name).toString().includes('node verifier/chopmark-verify.mjs')).toBe(isInside);
    }
  });

  it('is the same but for the report when it is made again', async () => {
    const zip = await packageOf([...issued.slice(0, 2), pending].map(({ id }) => id));
    writeFileSync(join(folder, 'again.zip'), zip);
    execFileSync('unzip', ['-q', 'again.zip', '-d', 'again'], { cwd: folder });
    const sums = readFileSync(join(folder, 'again', 'SHA256SUMS'), 'utf8').split('\n');
    const before = read('SHA256SUMS').toString().split('\n');
    expect(sums.filter((line) => !before.includes(line)).map((line) => line.slice(66))).toEqual(['report.pdf']);
  });
});

describe('who asks for a package', () => {
  it('gets none of somebody else’s document, nor of one that is not there, and nothing of his own beside', async () => {
    const stranger = await instance.addIssuer('hospital');
    const ids = issued.map(({ id }) => id);
    expect((await ask(ids, stranger)).status).toBe(404);
    expect((await ask([...ids, '018f0000-0000-7000-8000-000000000000'])).status).toBe(404);
  });

  it.each([
    ['none', []],
    ['no ids', ['x']],
    ['no list', 'x'],
    ['too many', Array(101).fill('018f0000-0000-7000-8000-000000000000')],
  ])('is told what is wrong with %s', async (_what, ids) => {
    const answer = await ask(ids);
    const { errors } = (await answer.json()) as Problem;
    expect([answer.status, errors?.map(({ field }) => field)]).toEqual([422, ['documents']]);
  });
});
