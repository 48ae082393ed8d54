import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startAnvil, type RunningAnvil } from '../../../scripts/embedded/anvil.js';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { ChainClient, deployContracts } from '../../../src/platform/chain/index.js';
import { buildAnchoredCopy, openAnchoredCopy, type AnchorStamp, type OpenedCopy } from '../../../src/proof/index.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { copyTools } from '../../support/copy-tools.js';
import { callerOf, TestInstance, type Running } from '../../support/running-instance.js';
import { answersTo, Verifier } from '../verification/verifier.js';

/** The first account of anvil's own mnemonic: known to everybody, worth nothing. */
const FUNDED_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

const missing = inject('missingPackages');
const withQpdf = missing.includes('qpdf') ? it.skip : it;
const withPoppler = missing.includes('poppler-utils') ? it.skip : it;

const folder = mkdtempSync(join(tmpdir(), 'chopmark-copy-'));
let anvil: RunningAnvil;
let instance: TestInstance;
let api: Running;
let caller: ApiCaller;
let verifier: Verifier;
let issued: Issued;
let original: Buffer;
let copy: Buffer;

beforeAll(async () => {
  // A chain of its own, because it is reorganised here.
  anvil = await startAnvil({ chainId: 31_352 });
  const client = new ChainClient({ rpcUrls: [anvil.url], chainId: anvil.chainId });
  await deployContracts(client, FUNDED_KEY);
  client.close();
  instance = await TestInstance.make({ CHAIN_RPC_URL: anvil.url, CHAIN_ID: String(anvil.chainId) });
  api = await instance.startApi();
  caller = callerOf(api, await instance.addIssuer());
  verifier = new Verifier(api.url);
  issued = await caller.issue();
});
afterAll(async () => {
  await instance.close();
  await anvil.stop();
  rmSync(folder, { recursive: true });
});

const anchored = (id = issued.id, seconds = 20, headers = {}) =>
  caller.file(id, seconds, { revision: 'anchored', headers });
const opened = async (bytes: Uint8Array): Promise<Extract<OpenedCopy, { kind: 'anchored' }>> => {
  const found = await openAnchoredCopy(bytes, copyTools);
  if (found.kind !== 'anchored') {
    throw new Error(`The file is ${found.kind}`);
  }
  return found;
};
const save = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const run = (program: string, ...parameters: string[]): string =>
  execFileSync(program, parameters, { encoding: 'utf8' });

type Bundle = {
  readonly anchors: readonly { readonly state: string }[];
  readonly credentialStatus?: readonly object[];
};

describe('the anchored copy of a document', () => {
  it('is not there before the document is drawn and anchored, and comes to whoever waits', async () => {
    const early = await anchored(issued.id, 0);
    expect([early.status, early.headers.get('retry-after'), JSON.parse(early.bytes.toString())]).toEqual([
      202,
      '2',
      { status: 'rendering' },
    ]);
    const waiting = anchored(issued.id, 30);
    await instance.startWorker();
    const answer = await waiting;
    copy = answer.bytes;
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'application/pdf',
      'private, no-cache',
    ]);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${issued.number}.anchored.pdf"`);
  });

  it('is the issued file and a stamp, the same each time it is asked for', async () => {
    original = (await caller.file(issued.id)).bytes;
    expect(copy.subarray(0, original.length).equals(original)).toBe(true);
    const again = await anchored();
    expect(again.bytes.equals(copy)).toBe(true);
    const held = await anchored(issued.id, 0, { 'if-none-match': again.headers.get('etag') ?? '' });
    expect([held.status, held.headers.get('etag'), held.bytes.length]).toEqual([304, again.headers.get('etag'), 0]);
  });

  it('holds the evidence that the service gives out, as of event 0', async () => {
    const { body: told } = await caller.get<Bundle>(`/v1/documents/${issued.id}/evidence`);
    // The place in the status lists is beside the evidence: no leaf is over it.
    const { credentialStatus, ...body } = told;
    expect(credentialStatus).toHaveLength(2);
    const { bundle, faults } = await opened(copy);
    expect(faults).toEqual([]);
    expect(bundle).toEqual({ ...body, anchors: body.anchors.map((anchor) => ({ ...anchor, state: 'anchored' })) });
  });

  it('is another tenant’s business not at all', async () => {
    const stranger = callerOf(api, await instance.addIssuer('yunfan'));
    expect((await stranger.file(issued.id, 0, { revision: 'anchored' })).status).toBe(404);
  });

  withQpdf('has no structural fault, before and after', () => {
    for (const [name, bytes] of [
      ['issued.pdf', original],
      ['anchored.pdf', copy],
    ] as const) {
      expect(run('qpdf', '--check', save(name, bytes))).toContain('No syntax or stream encoding errors found');
    }
  });

  withPoppler('says on the page where it is recorded, and has the data attached as before', async () => {
    const file = save('page.pdf', copy);
    const text = run('pdftotext', '-layout', file, '-');
    const [anchor] = (await opened(copy)).stamp.anchors;
    expect(text).not.toContain('待上链');
    expect(text.replaceAll(/\s/g, '')).toContain(
      `已上链Anchored·eip155:${anvil.chainId}·区块Block${anchor?.blockNumber ?? ''}·`,
    );
    expect(text).toContain(anchor?.transactionHash?.slice(0, 10));
    expect(run('pdfdetach', '-list', file)).toContain(`${issued.number}.json`);
  });
});

describe('whoever verifies', () => {
  it('finds the copy valid, stamp and all', async () => {
    const verified = await verifier.byFile(copy);
    expect(verified.facts.filter(({ outcome }) => outcome === 'fails' || outcome === 'unknown')).toEqual([]);
    expect(verified.verdict).toBe('valid');
    expect(answersTo('integrity', verified)).toEqual([
      'integrity.holds=holds',
      'integrity.pdf-holds=holds',
      'integrity.append-holds=holds',
    ]);
    expect(answersTo('anchor', verified)).toEqual(['anchor.holds=holds', 'anchor.stamp-holds=holds']);
    expect(verified.document?.number).toBe(issued.number);
  });

  it.each<[string, (bytes: Buffer) => Buffer, string[]]>([
    [
      'the issued part',
      (bytes) => changed(bytes, bytes.indexOf('eip155:') + 20),
      ['integrity.pdf-prefix-changed=fails'],
    ],
    [
      'the stamp',
      (bytes) => changed(bytes, bytes.lastIndexOf('Tj') - 6),
      ['integrity.pdf-holds=holds', 'integrity.append-changed=fails'],
    ],
    [
      'the end, where bytes were added',
      (bytes) => Buffer.concat([bytes, Buffer.from('% more\n')]),
      ['integrity.pdf-holds=holds', 'integrity.bytes-after-append=fails'],
    ],
    [
      'the end, which was cut off',
      (bytes) => bytes.subarray(0, -40),
      ['integrity.pdf-holds=holds', 'integrity.append-changed=fails'],
    ],
  ])('is told that %s was altered', async (_, alter, facts) => {
    const verified = await verifier.byFile(alter(copy));
    expect(verified.verdict).toBe('not-valid');
    expect(answersTo('integrity', verified).slice(1)).toEqual(facts);
    expect(verified.document?.number).toBe(issued.number);
    expect(verified.facts.every(({ message }) => message.zh.length > 4)).toBe(true);
  });

  it('is told of a stamp that names another time, although a real root and everything else hold', async () => {
    const { stamp } = await opened(copy);
    const lie = (change: Partial<AnchorStamp['anchors'][number]>): Uint8Array =>
      buildAnchoredCopy(original, { ...stamp, anchors: stamp.anchors.map((anchor) => ({ ...anchor, ...change })) });
    for (const change of [
      { blockTime: '2020-01-01T00:00:00.000Z' },
      { blockNumber: 1 },
      { transactionHash: `0x${'ab'.repeat(32)}` },
      { blockHash: `0x${'ab'.repeat(32)}` },
    ]) {
      const verified = await verifier.byFile(lie(change));
      expect([verified.verdict, ...answersTo('anchor', verified)]).toEqual([
        'not-valid',
        'anchor.holds=holds',
        'anchor.stamp-mismatch=fails',
      ]);
    }
  });

  it('takes the copy on the page, too', async () => {
    const page = await verifier.sendForm('/verify?lang=en', [{ name: 'stamped.pdf', bytes: copy }]);
    const text = await page.text();
    expect(text).toMatch(/stamped\.pdf[\s\S]*Verified/);
    expect(text).toContain('Nothing follows the issued file but its stamp');
  });
});

function changed(bytes: Buffer, at: number): Buffer {
  const altered = Buffer.from(bytes);
  altered[at] = (altered[at] ?? 0) ^ 1;
  return altered;
}

describe('after a reorganisation', () => {
  it('the next copy is a new stamp on the issued bytes, and the old one is told to be outdated', async () => {
    const rpc = rpcTo(anvil.url);
    const [before] = (await opened(copy)).stamp.anchors;
    const depth = Number(await rpc('eth_blockNumber')) - (before?.blockNumber ?? 0) + 1;
    await rpc('anvil_reorg', depth, []);
    await rpc('anvil_mine', '0x1');
    const blockHash = async (): Promise<string | null | undefined> => {
      const answer = await anchored(issued.id, 20);
      return answer.status === 200 ? (await opened(answer.bytes)).stamp.anchors[0]?.blockHash : null;
    };
    await expect.poll(blockHash, { timeout: 40_000, interval: 500 }).not.toBe(before?.blockHash);
    await instance.waitUntilAnchored();

    const { bytes } = await anchored();
    const after = await opened(bytes);
    expect([after.faults, after.issuedLength]).toEqual([[], original.length]);
    expect(bytes.subarray(0, original.length).equals(original)).toBe(true);
    expect((await verifier.byFile(bytes)).verdict).toBe('valid');
    const outdated = await verifier.byFile(copy);
    expect(answersTo('anchor', outdated)).toEqual(['anchor.holds=holds', 'anchor.stamp-mismatch=fails']);
    expect(answersTo('integrity', outdated)).toContain('integrity.append-holds=holds');
  });
});

describe('a copy with the status across it', () => {
  it('is told to be one of ours, which the issued and the stamped file of a revoked document are not', async () => {
    const { status } = await caller.post(`/v1/documents/${issued.id}/revocation`, { reason: 'fraud' });
    expect(status).toBeLessThan(300);
    const marked = await caller.file(issued.id, 0, { revision: 'marked' });
    const verified = await verifier.byFile(marked.bytes);

    expect(answersTo('integrity', verified).slice(0, 2)).toEqual([
      'integrity.holds=holds',
      'integrity.marked-copy=holds',
    ]);
    expect(verified.verdict).toBe('not-valid');
    const altered = await verifier.byFile(changed(marked.bytes, marked.bytes.length - 400));
    expect(answersTo('integrity', altered)[1]).toBe('integrity.pdf-changed=fails');
  });
});
