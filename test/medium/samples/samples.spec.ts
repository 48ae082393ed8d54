import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOf, readSamples, type Sample } from '../../../scripts/launch/sample-book.js';
import { runSamples, type SampleRow } from '../../../scripts/launch/samples.js';
import { TestInstance, type PartyName } from '../../support/running-instance.js';

const samples = readSamples('samples');
const documents = samples.filter(({ family }) => family !== 'receipt-kinds');

let instance: TestInstance;
let runAgain: (chosen?: readonly Sample[]) => Promise<readonly SampleRow[]>;
let rows: ReadonlyMap<string, SampleRow>;
const folder = mkdtempSync(join(tmpdir(), 'chopmark-samples-'));

/** Issued as `npm start` does it, against servers of this run. */
beforeAll(async () => {
  instance = await TestInstance.make();
  const parties = [...new Set(samples.flatMap(({ issuer }) => (issuer === undefined ? [] : [issuer as PartyName])))];
  const issuers = new Map<string, string>();
  for (const party of parties) {
    issuers.set(party, (await instance.addIssuer(party)).apiKey);
  }
  const operator = await instance.atDesk((desk) => desk.createOperatorKey('test'));
  const { url } = await instance.startApi();
  await instance.startWorker();
  runAgain = (chosen = samples) => runSamples(url, chosen, { issuers, operator }, folder);
  rows = new Map((await runAgain()).map((row) => [row.sample, row]));
});
afterAll(async () => {
  await instance.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the samples', () => {
  it('are all files of samples/, each under a name of its own', () => {
    const files = readdirSync('samples', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
    expect(samples.map(({ family, file }) => `${family}/${file}`).sort()).toEqual(
      files.filter((file) => file !== 'parties.json').sort(),
    );
    // The name is the idempotency key under which the issuer's request is sent.
    expect(new Set(samples.map(({ issuer, file }) => `${issuer ?? ''} ${file}`)).size).toBe(samples.length);
  });

  it('are of every kind that can be issued', async () => {
    const issued = await instance.query<{ kind: string }>('select distinct kind from documents order by kind');
    expect(issued.map(({ kind }) => kind)).toEqual([
      ...['certificate.property', 'certificate.property-proof', 'invoice.vat', 'receipt.charging', 'receipt.library'],
      ...['receipt.medical', 'receipt.parking', 'receipt.scenic-ticket', 'receipt.traffic-fine'],
    ]);
  });

  it.each(documents.map((sample) => ({ name: nameOf(sample), outOfForce: sample.expected.outOfForce })))(
    '$name issues, renders, anchors and verifies',
    ({ name, outOfForce }) => {
      const row = rows.get(name);
      expect(row?.verdict).toBe(outOfForce === undefined ? 'valid' : `not-valid: status.${outOfForce}`);
      expect(row?.transaction).toMatch(/^0x[0-9a-f]{64}$/);
      expect(
        readFileSync(row?.pdf ?? '')
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    },
  );

  it('are not issued again by the next start', async () => {
    const again = await runAgain();
    expect(again).toEqual([...rows.values()]);
    expect(await instance.value('select count(*)::int from documents')).toBe(documents.length);
  });

  it('that are refused say why, and the others go on', async () => {
    const [first, ...others] = documents;
    const broken = { ...first, issuer: 'tingtao', request: { type: 'ordinary' }, file: '00-broken.json' } as Sample;
    const dependent = { ...broken, act: 'red-letters', of: broken.file, file: '00-dependent.json' } as Sample;
    const [row, left] = await runAgain([broken, dependent, ...others.slice(0, 1)]);
    expect(row?.verdict).toMatch(/^refused: validation\.failed\. .*buyer: /);
    expect(left?.verdict).toBe('left out: 00-broken.json is missing');
    expect([row?.isAsExpected, left?.isAsExpected]).toEqual([false, false]);
  });
});
