import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { redact } from '../../../src/proof/index.js';
import { AnchoringIssuer, PILE_ISSUER } from '../../support/anchored-pile.js';
import { BuiltVerifier, type CommandAnswer } from '../../support/built-verifier.js';
import type { PileDocument } from '../../support/document-pile.js';

const rpcUrl = inject('chainRpcUrl');
const verifier = new BuiltVerifier();
let issuer: AnchoringIssuer;
let good: PileDocument;
let revoked: PileDocument;
let trust: readonly string[];
const servers: Server[] = [];

beforeAll(async () => {
  await verifier.build();
  issuer = await AnchoringIssuer.on({ rpcUrl, chainId: inject('chainId') });
  const documents = await issuer.pile(5);
  [good, revoked] = [documents[0], documents[1]] as [PileDocument, PileDocument];
  await issuer.revoke(revoked.bundle.leaf);
  const list = [{ store: issuer.issuer.store, ...PILE_ISSUER }];
  trust = ['--issuers', verifier.file('issuers.list', JSON.stringify(list))];
});

afterAll(() => {
  issuer.close();
  verifier.remove();
  servers.forEach((server) => server.close());
});

const JUNK = Buffer.from('x');
const json = JSON.stringify;
const online = (): string[] => ['--rpc', rpcUrl, ...trust];
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

async function check(name: string, bytes: Uint8Array | string, args = online()): Promise<[number, string, string[]]> {
  const { exitCode, results } = await verifier.json(verifier.file(name, bytes), ...args);
  const [result] = results;
  return [exitCode, result?.verdict ?? '', result?.facts.map(({ code }) => code) ?? []];
}

describe('the built command', () => {
  it('is no larger than it may be', () => {
    expect(verifier.isSmall).toBe(true);
  });

  it('asks the named node, and nobody else', async () => {
    const path = verifier.file('alone.pdf', good.anchored);
    const { code, ports } = await verifier.run(path, ...online());
    expect({ code, ports }).toEqual({ code: 0, ports: [Number(new URL(rpcUrl).port)] });
    const offline = await verifier.run(path, '--offline', ...trust);
    expect({ code: offline.code, ports: offline.ports }).toEqual({ code: 2, ports: [] });
  });

  it('says in one sentence that a document is valid, and why', async () => {
    const path = verifier.file('invoice.pdf', good.anchored);
    const { code, text } = await verifier.run(path, ...online());
    expect(code).toBe(0);
    expect(text).toContain(`✓ ${path} · anchored PDF\n  Valid: issued by the issuer named below`);
    expect(text).toContain(`${PILE_ISSUER.name} (${PILE_ISSUER.domain})`);
    expect(text).toContain('✓ The issuer has not revoked the document. [status.holds]');
    expect(text).toMatch(/ 1 {2}valid\n +1 {2}total/);
    expect((await verifier.run(path, ...online(), '--lang', 'zh')).text).toContain('有效：由所列开具方开具');
    const traditional = (await verifier.run(path, ...online(), '--lang', 'zh-TW')).text;
    expect(traditional).toContain(`✓ ${path} · 上鏈版 PDF\n  有效：由所列開立方開立，未經更動，已上鏈，仍然有效。`);
    expect(traditional).toContain('✓ 文件的每一項內容都與開立時相同。 [integrity.holds]');
    expect(traditional).toMatch(/ 1 {2}有效\n +1 {2}合計\n詢問的節點: /);
  });

  it.each<[string, () => Uint8Array | string, [number, string], string]>([
    ['anchored.pdf', () => good.anchored, [0, 'valid'], 'anchor.stamp-holds'],
    ['bundle.json', () => json(good.bundle), [0, 'valid'], 'inclusion.holds'],
    ['document.oa', () => json(good.bundle.document), [0, 'valid'], 'inclusion.holds'],
    ['redacted.tt', () => json(redact(good.bundle.document, 'buyer')), [0, 'valid'], 'integrity.holds'],
    ['pending.json', () => json(good.pending), [2, 'pending'], 'anchor.pending'],
    ['issued.pdf', () => good.issued, [2, 'cannot-tell'], 'integrity.not-an-anchored-copy'],
    ['revoked.pdf', () => revoked.anchored, [1, 'not-valid'], 'status.revoked'],
    ['prefix.pdf', () => flipped(good.anchored, 900), [1, 'not-valid'], 'integrity.pdf-prefix-changed'],
    ['append.pdf', () => flipped(good.anchored, good.issued.length + 30), [1, 'not-valid'], 'integrity.append-changed'],
    ['junk.pdf', () => Buffer.concat([good.anchored, JUNK]), [1, 'not-valid'], 'integrity.bytes-after-append'],
    ['nonsense.pdf', () => 'nonsense', [2, 'cannot-tell'], 'integrity.not-a-document'],
    ['nothing.json', () => '', [2, 'cannot-tell'], 'integrity.not-a-document'],
  ])('judges %s', async (name, bytes, answer, code) => {
    const [exited, said, codes] = await check(name, bytes());
    expect([exited, said]).toEqual(answer);
    expect(codes).toContain(code);
  });

  it('needs somebody to say who the issuer is, and takes a trusted certificate for it', async () => {
    const asking = ['--rpc', rpcUrl, '--dns', await resolver([])];
    expect((await check('a.pdf', good.anchored, asking)).slice(0, 2)).toEqual([2, 'cannot-tell']);
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(issuer.authority.certificate).toString('base64')}\n-----END CERTIFICATE-----\n`;
    const trusting = [...asking, '--trust-ca', verifier.file('ca.pem', pem)];
    const [code, verdict, codes] = await check('a.pdf', good.anchored, trusting);
    expect([code, verdict]).toEqual([0, 'valid']);
    expect(codes).toEqual(expect.arrayContaining(['signature.holds', 'issuer.certificate-holds']));
  });

  it('believes the domain of the issuer', async () => {
    const { store, chainId } = issuer.issuer;
    const record = `openatts net=ethereum netId=${chainId} addr=${store}`;
    const [code, , codes] = await check('a.pdf', good.anchored, ['--rpc', rpcUrl, '--dns', await resolver([record])]);
    expect(code).toBe(0);
    expect(codes).toContain('issuer.domain-holds');
  });
});

/** DNS over HTTPS that knows one answer. */
async function resolver(records: readonly string[]): Promise<string> {
  const answer = { Status: 0, Answer: records.map((record) => ({ type: 16, data: `"${record}"` })) };
  return serve(() => answer);
}

/** A node that passes questions on, and lies about the stores. */
async function liar(): Promise<string> {
  type Question = { id: number; method: string };
  return serve(async (body) => {
    const asked = JSON.parse(body) as Question | Question[];
    const honest = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answers = [(await honest.json()) as object].flat() as { id: number; result?: unknown }[];
    const isCall = (id: number): boolean => [asked].flat().find((one) => one.id === id)?.method === 'eth_call';
    const lies = answers.map((one) => (isCall(one.id) ? { ...one, result: `0x${'0'.repeat(64)}` } : one));
    return Array.isArray(asked) ? lies : lies[0];
  });
}

async function serve(answer: (body: string) => unknown): Promise<string> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString();
      void Promise.resolve(answer(body)).then((said) => response.end(json(said)));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('nodes', () => {
  it('of another chain, or out of reach, leave it open', async () => {
    const other = await serve((body) => ({ id: (JSON.parse(body) as { id: number }).id, result: '0x1' }));
    expect((await check('a.pdf', good.anchored, ['--rpc', other, ...trust]))[2]).toContain('anchor.chain-not-known');
    const nobody = ['--rpc', 'http://127.0.0.1:9', ...trust];
    expect(await check('a.pdf', good.anchored, nobody)).toMatchObject([
      2,
      'cannot-tell',
      expect.arrayContaining(['anchor.unreachable', 'status.unreachable']),
    ]);
  });

  it('that lie are outvoted, or make it open', async () => {
    const lie = ['--rpc', await liar()];
    const two = await check('a.pdf', good.anchored, [...lie, ...online()]);
    expect(two).toMatchObject([2, 'cannot-tell', expect.arrayContaining(['anchor.disagreement'])]);
    const three = await check('a.pdf', good.anchored, [...lie, ...online(), '--rpc', rpcUrl]);
    expect(three.slice(0, 2)).toEqual([0, 'valid']);
  });
});

describe('offline', () => {
  it('says of each question that it was not asked, and finds what needs no chain', async () => {
    const [code, , codes] = await check('a.pdf', good.anchored, ['--offline', ...trust]);
    expect(code).toBe(2);
    expect(codes).toEqual(
      expect.arrayContaining([
        'integrity.append-holds',
        'anchor.not-asked',
        'anchor.stamp-not-asked',
        'status.not-asked',
      ]),
    );
    const { text } = await verifier.run(verifier.file('a.pdf', good.anchored), '--offline', ...trust);
    expect(text).toContain(`root ${good.bundle.anchors[0]?.root ?? ''}`);
    expect(text).toContain('Checked offline: no node, domain or service was asked.');
    expect((await check('b.pdf', flipped(good.anchored, 900), ['--offline']))[0]).toBe(1);
  });
});

describe('a pile', () => {
  const namesOf = ({ results }: CommandAnswer): string[] =>
    results.map(({ name, verdict }) => `${name.split('/').at(-1) ?? ''} ${verdict}`);

  it('is checked through folders and archives, with duplicates and what was not read named', async () => {
    const folder = join(verifier.folder, 'pile', 'deeper');
    mkdirSync(folder, { recursive: true });
    const pile = join(verifier.folder, 'pile');
    const inner = zipSync({ 'x.pdf': good.anchored });
    writeFileSync(join(pile, 'one.pdf'), good.anchored);
    writeFileSync(join(pile, 'notes.txt'), 'nothing');
    writeFileSync(join(folder, 'issued.pdf'), good.issued);
    writeFileSync(join(folder, 'evidence.json'), json(good.bundle));
    writeFileSync(
      join(folder, 'z.zip'),
      zipSync({
        'in/two.pdf': good.anchored,
        'in/three.pdf': revoked.anchored,
        'in/inner.zip': inner,
        'in/readme.md': new Uint8Array(3),
      }),
    );
    symlinkSync('/etc', join(pile, 'zz-link'));
    const answer = await verifier.json(pile, ...online());
    expect(namesOf(answer)).toEqual([
      ...['evidence.json valid', 'issued.pdf valid', 'two.pdf valid', 'three.pdf not-valid', 'one.pdf valid'],
    ]);
    expect(answer.results.filter(({ duplicateOf }) => duplicateOf !== undefined)).toHaveLength(2);
    expect(answer.unread.map(({ why }) => why).sort()).toEqual(['link', 'nested-archive']);
    expect(answer).toMatchObject({
      passedOver: 2,
      exitCode: 1,
      totals: { valid: 4, 'not-valid': 1, duplicates: 2, unread: 2 },
    });
  });

  it('that is an archive made to harm costs nothing', async () => {
    const bomb = zipSync({ 'a.pdf': new Uint8Array(70_000_000), 'b.pdf': good.anchored });
    const answer = await verifier.json(verifier.file('bomb.zip', bomb), ...online());
    expect(answer.unread).toMatchObject([{ why: 'too-large' }]);
    expect(answer.totals).toMatchObject({ valid: 1 });
    const broken = await verifier.json(verifier.file('broken.zip', bomb.subarray(0, bomb.length - 30)), ...online());
    expect(broken).toMatchObject({ results: [], unread: [{ why: 'bad-archive' }], exitCode: 2 });
  });

  it('gives a terminal nothing that steers it', async () => {
    const path = verifier.file('red\u001b[31m\u202e.pdf', good.anchored);
    const { text } = await verifier.run(path, ...online());
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('a command line', () => {
  it.each([
    ['without a file', ['--offline'], 'Name at least one file'],
    ['without a node', ['a.pdf'], 'Name a node of the chain'],
    ['that contradicts itself', ['a.pdf', '--offline', '--rpc', 'http://127.0.0.1:1'], '--offline asks nobody'],
    ['with a node that is no URL', ['a.pdf', '--rpc', 'localhost'], '--rpc wants a URL'],
    ['with an option that there is not', ['a.pdf', '--nope'], '--nope'],
    ['in another language', ['a.pdf', '--offline', '--lang', 'ja'], '--lang is zh, zh-TW or en'],
    ['with an authority that is none', ['a.pdf', '--offline', '--trust-ca', 'witness.mjs'], 'not a certificate'],
  ])('%s is refused with what to do', async (_, args, complaint) => {
    const run = await verifier.run(...args);
    expect(run.code).toBe(64);
    expect(run.complaint).toContain(complaint);
  });
});
