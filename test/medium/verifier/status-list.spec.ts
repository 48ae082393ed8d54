import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { SigningKey } from '../../../src/platform/signing/index.js';
import { statusEntries } from '../../../src/proof/index.js';
import { AnchoringIssuer, PILE_ISSUER } from '../../support/anchored-pile.js';
import { BuiltVerifier } from '../../support/built-verifier.js';
import type { PileDocument } from '../../support/document-pile.js';
import { testAuthority, testKey } from '../../support/signing.js';
import { signedList } from '../../support/status-lists.js';

const rpcUrl = inject('chainRpcUrl');
const verifier = new BuiltVerifier();
let issuer: AnchoringIssuer;
let good: PileDocument;
let trust: readonly string[];
const servers: Server[] = [];

beforeAll(async () => {
  await verifier.build();
  issuer = await AnchoringIssuer.on({ rpcUrl, chainId: inject('chainId') });
  [good] = (await issuer.pile(1)) as [PileDocument];
  const list = [{ store: issuer.issuer.store, ...PILE_ISSUER }];
  trust = ['--issuers', verifier.file('issuers.list', JSON.stringify(list))];
});

afterAll(() => {
  issuer.close();
  verifier.remove();
  servers.forEach((server) => server.close());
});

async function check(name: string, text: string, args: readonly string[]): Promise<[number, string, string[]]> {
  const { exitCode, results } = await verifier.json(verifier.file(name, text), ...args);
  const [result] = results;
  return [exitCode, result?.verdict ?? '', result?.facts.map(({ code }) => code) ?? []];
}

async function serve(text: string): Promise<string> {
  const server = createServer((_, response) => response.end(text));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a status list', () => {
  const BASE = 'https://chopmark.example/v1/status-lists';
  const HOUR_MS = 3_600_000;

  /** As the issuer signed it, by default an hour ago, for two hours; `ends` by position. */
  const listBy = (key: SigningKey, ends: Readonly<Record<number, number>>, hoursAgo = 1): Promise<string> =>
    signedList({
      ...{ key, ends, store: issuer.issuer.store },
      change: (credential) => {
        credential['validFrom'] = new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();
        credential['validUntil'] = new Date(Date.now() + (2 - hoursAgo) * HOUR_MS).toISOString();
      },
    });
  /** The document has the number 7 with its issuer. */
  const listed = (): string =>
    JSON.stringify({ ...good.bundle, credentialStatus: statusEntries(BASE, issuer.issuer.store, 7) });
  const authority = (): string => verifier.file('list-ca.der', issuer.authority.certificate);
  const offline = (...lists: readonly string[]): string[] => [
    ...['--offline', ...trust, '--trust-ca', authority()],
    ...lists.flatMap((list) => ['--status-list', list]),
  ];

  it('tells offline that a document is out of force', async () => {
    const list = verifier.file('ended.jwt', await listBy(issuer.issuer.key, { 7: 1 }));
    const [code, verdict, codes] = await check('ended.json', listed(), offline(list));
    expect([code, verdict]).toEqual([1, 'not-valid']);
    expect(codes).toContain('status.listed-as-ended');
  });

  it('leaves open what it does not list, for the place in the list is the word of whoever sent the bundle', async () => {
    const list = verifier.file('in-force.jwt', await listBy(issuer.issuer.key, { 8: 1 }));
    const [code, , codes] = await check('in-force.json', listed(), offline(list));
    expect(code).toBe(2);
    expect(codes).toContain('status.list-place-unproven');
  });

  it('is not asked where the chain has answered', async () => {
    const list = verifier.file('late.jwt', await listBy(issuer.issuer.key, { 7: 1 }));
    const args = ['--rpc', rpcUrl, ...trust, '--trust-ca', authority(), '--status-list', list];
    const [code, , codes] = await check('late.json', listed(), args);
    expect(code).toBe(0);
    expect(codes).toContain('status.holds');
  });

  it('of somebody else is not believed, nor one that is none', async () => {
    const stranger = await testKey(await testAuthority('Somebody else'));
    const lists = [verifier.file('theirs.jwt', await listBy(stranger, { 7: 1 })), verifier.file('none.jwt', 'none')];
    const [code, , codes] = await check('theirs.json', listed(), offline(...lists));
    expect(code).toBe(2);
    expect(codes).toContain('status.not-asked');
  });

  it('is not hidden by another of the same name, in whatever order they are named', async () => {
    const { key } = issuer.issuer;
    const stranger = await testKey(await testAuthority('Somebody else'));
    const [ended, inForce] = [await listBy(key, { 7: 1 }), await listBy(key, { 8: 1 })];
    const others = {
      older: await listBy(key, {}, 30),
      broken: `${ended.slice(0, ended.lastIndexOf('.'))}.AAAA`,
      theirs: await listBy(stranger, { 8: 1 }),
    };
    const besides = Object.entries(others).map(([name, token]) => verifier.file(`${name}.jwt`, token));
    const expected = [
      [verifier.file('over.jwt', ended), 'status.listed-as-ended'],
      [verifier.file('now.jwt', inForce), 'status.list-place-unproven'],
    ] as const;
    for (const [list, code] of expected) {
      for (const lists of besides.flatMap((beside) => [
        [beside, list],
        [list, beside],
      ])) {
        const [, , codes] = await check('two.json', listed(), offline(...lists));
        expect.soft(codes, lists.join(' ')).toContain(code);
      }
    }
  });

  it('is fetched from where it is served, when the chain is out of reach', async () => {
    const token = await listBy(issuer.issuer.key, { 7: 1 });
    const url = await serve(token);
    const nobody = ['--rpc', 'http://127.0.0.1:9', ...trust, '--trust-ca', authority(), '--status-list', url];
    const [code, , codes] = await check('fetched.json', listed(), nobody);
    expect(code).toBe(1);
    expect(codes).toContain('status.listed-as-ended');
  });

  it.each([
    ['that is not there', ['--offline', '--status-list', 'nowhere.jwt'], 'nowhere.jwt cannot be read'],
    ['from the net, offline', ['--offline', '--status-list', 'https://a.example/l'], '--offline asks nobody'],
  ])('%s is refused with what to do', async (_, args, complaint) => {
    const run = await verifier.run('a.json', ...args, '--trust-ca', authority());
    expect(run.code).toBe(64);
    expect(run.complaint).toContain(complaint);
  });

  it('that nobody could believe is refused with what to do', async () => {
    const run = await verifier.run('a.json', '--offline', '--status-list', 'list.jwt');
    expect(run.code).toBe(64);
    expect(run.complaint).toContain('--status-list needs --trust-ca');
  });
});
