import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../support/child-instance.js';
import { nameOf, readSamples } from '../../scripts/launch/sample-book.js';

type Run = { readonly code: number | null; readonly said: string };
type Row = {
  readonly sample: string;
  readonly number: string;
  readonly transaction: string;
  readonly verdict: string;
};

/** Kinds are registered, not issued. */
const documents = readSamples('samples').filter(({ family }) => family !== 'receipt-kinds');

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

/** The rows of the first table; a certificate has no amount. */
const rowsOf = ({ said }: Run): Row[] =>
  said.split('\n').flatMap((line) => {
    const cells = line.trim().split(/ {2,}/);
    const [sample = '', number = ''] = cells;
    const [transaction = '', verdict = ''] = cells.slice(-2);
    return transaction.startsWith('0x') ? [{ sample, number, transaction, verdict }] : [];
  });

describe('npm start', () => {
  it('issues every sample, anchors it, and finds it as it should be by its address and by its file', () => {
    const [first] = runs as [Run, Run];
    const rows = rowsOf(first);

    expect(first.code, first.said).toBe(0);
    expect(rows.map(({ sample, verdict }) => [sample, verdict])).toEqual(
      documents.map((sample) => {
        const { outOfForce } = sample.expected;
        return [nameOf(sample), outOfForce === undefined ? 'valid' : `not-valid: status.${outOfForce}`];
      }),
    );
    expect(new Set(rows.map(({ number }) => number)).size).toBe(documents.length);
  });

  it('leaves each PDF and tells where it is, with the link that it prints', () => {
    const [first] = runs as [Run, Run];
    for (const { sample } of rowsOf(first)) {
      const pdf = join('.chopmark', 'samples', `${sample}.pdf`);
      expect(readFileSync(join(root, pdf)).subarray(0, 5).toString()).toBe('%PDF-');
      expect(first.said).toMatch(new RegExp(`${sample} +http\\S+/v/0x[0-9a-fA-F]{40} +${pdf}`));
    }
  });

  it('answers the same documents when it is started again: nothing is issued twice', () => {
    const [first, second] = runs as [Run, Run];
    expect(second.code, second.said).toBe(0);
    expect(rowsOf(second)).toEqual(rowsOf(first));
  });

  it('keeps what is secret to its owner', () => {
    for (const file of ['secrets.json', 'instance.json', 'chain.json', 'chain.json.readable']) {
      expect((statSync(join(root, '.chopmark', file)).mode & 0o777).toString(8)).toBe('600');
    }
    const { apiKey } = (
      JSON.parse(readFileSync(join(root, '.chopmark', 'instance.json'), 'utf8')) as { issuers: [{ apiKey: string }] }
    ).issuers[0];
    expect(apiKey).toMatch(/^cmk_/);
    expect(runs.some(({ said }) => said.includes(apiKey))).toBe(false);
  });
});
