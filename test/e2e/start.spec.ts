import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../support/child-instance.js';
import { sampleInvoices } from '../support/invoice-request.js';

type Run = { readonly code: number | null; readonly said: string };
type Row = {
  readonly number: string;
  readonly amount: string;
  readonly address: string;
  readonly transaction: string;
  readonly verdict: string;
};

let root: string;
const runs: Run[] = [];

/** A checkout of one's own: what was built and installed is linked, what `npm start` writes is fresh. */
beforeAll(async () => {
  ensureBuilt();
  root = mkdtempSync(join(tmpdir(), 'chopmark-start-'));
  for (const part of ['dist', 'node_modules', 'samples', 'package.json']) {
    symlinkSync(join(process.cwd(), part), join(root, part));
  }
  runs.push(await startOnce(), await startOnce());
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function startOnce(): Promise<Run> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join('dist', 'scripts', 'start.js'), '--once'], {
    cwd: root,
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
}

const rowsOf = ({ said }: Run): Row[] =>
  said.split('\n').flatMap((line) => {
    const [number = '', amount = '', address = '', , transaction = '', verdict = ''] = line.trim().split(/ {2,}/);
    return /^\d{20}$/.test(number) && address.startsWith('0x')
      ? [{ number, amount, address, transaction, verdict }]
      : [];
  });

describe('npm start', () => {
  it('issues every sample invoice, anchors it, and finds each valid by its address and by its file', () => {
    const [first] = runs as [Run, Run];
    const rows = rowsOf(first);

    expect(first.code, first.said).toBe(0);
    expect(rows.map(({ amount }) => amount)).toEqual(sampleInvoices().map(({ expected }) => expected.totalWithTax));
    expect(rows.every(({ transaction }) => transaction.startsWith('0x'))).toBe(true);
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['valid']));
    expect(new Set(rows.map(({ address }) => address)).size).toBe(rows.length);
  });

  it('leaves each PDF and tells where it is, with the link that it prints', () => {
    const [first] = runs as [Run, Run];
    for (const { number, address } of rowsOf(first)) {
      const pdf = join('.chopmark', 'samples', `${number}.pdf`);
      expect(readFileSync(join(root, pdf)).subarray(0, 5).toString()).toBe('%PDF-');
      expect(first.said).toMatch(new RegExp(`${number} .*/v/${address} .*${pdf}`));
    }
  });

  it('answers the same invoices when it is started again: nothing is issued twice', () => {
    const [first, second] = runs as [Run, Run];
    expect(second.code, second.said).toBe(0);
    expect(rowsOf(second)).toEqual(rowsOf(first));
  });

  it('keeps what is secret to its owner', () => {
    for (const file of ['secrets.json', 'instance.json']) {
      expect((statSync(join(root, '.chopmark', file)).mode & 0o777).toString(8)).toBe('600');
    }
    const { apiKey } = (
      JSON.parse(readFileSync(join(root, '.chopmark', 'instance.json'), 'utf8')) as { issuers: [{ apiKey: string }] }
    ).issuers[0];
    expect(apiKey).toMatch(/^cmk_/);
    expect(runs.some(({ said }) => said.includes(apiKey))).toBe(false);
  });
});
