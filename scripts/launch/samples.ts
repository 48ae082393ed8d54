import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nameOf, routeOf, type Sample } from './sample-book.js';
import { SampleClient, type Anchor, type Issued, type Verification } from './sample-client.js';
import { progressLine } from './say.js';

export type SampleRow = {
  /** `invoices/01-restaurant-meal` */
  readonly sample: string;
  readonly number: string;
  readonly amount: string;
  readonly batch: string;
  readonly transaction: string;
  /** What verification says, by address and by file; or what became of it instead. */
  readonly verdict: string;
  readonly isAsExpected: boolean;
  readonly link: string;
  readonly pdf: string;
};

/** Keys by the name that the samples call an issuer, and the operator's. */
export type SampleKeys = { readonly issuers: ReadonlyMap<string, string>; readonly operator: string };

type IssuedSample = { readonly sample: Sample; readonly apiKey: string; readonly issued: Issued };
type RefusedSample = { readonly sample: Sample; readonly refusal: string };
type Outcome = IssuedSample | RefusedSample;

const PATIENCE_MS = 180_000;

/**
 * Issues the samples over the public API, waits until each is anchored, verifies each by its address and by its PDF, and
 * keeps the PDF below `folder`. A sample that is refused gets a row that says why; the others go on.
 */
export async function runSamples(
  baseUrl: string,
  samples: readonly Sample[],
  keys: SampleKeys,
  folder: string,
): Promise<readonly SampleRow[]> {
  const client = new SampleClient(baseUrl);
  const outcomes = await issueSamples(client, samples, keys);
  const issued = outcomes.filter((outcome): outcome is IssuedSample => 'issued' in outcome);
  await waitUntilAnchored(client, issued);
  return Promise.all(outcomes.map(async (outcome) => rowOf(client, outcome, folder)));
}

/** One after the other: later ones act on what earlier ones issued. Kinds are registered and leave no row. */
async function issueSamples(client: SampleClient, samples: readonly Sample[], keys: SampleKeys): Promise<Outcome[]> {
  const ids = new Map<string, string>();
  const outcomes: Outcome[] = [];
  for (const sample of samples) {
    const route = routeOf(sample, (file) => ids.get(`${sample.family}/${file}`));
    const apiKey = sample.issuer === undefined ? keys.operator : keys.issuers.get(sample.issuer);
    if (route === undefined || apiKey === undefined) {
      outcomes.push({ sample, refusal: `left out: ${sample.of ?? sample.issuer ?? 'its issuer'} is missing` });
      continue;
    }
    // A second start sends the same keys, and is answered the documents of the first.
    const answer = await client.send(route, { apiKey, idempotencyKey: `sample:${sample.file}`, body: sample.request });
    if ('refusal' in answer) {
      outcomes.push({ sample, refusal: answer.refusal });
    } else if (answer.issued !== null) {
      ids.set(`${sample.family}/${sample.file}`, answer.issued.id);
      outcomes.push({ sample, apiKey, issued: answer.issued });
    }
  }
  return outcomes;
}

async function waitUntilAnchored(client: SampleClient, issued: readonly IssuedSample[]): Promise<void> {
  const progress = progressLine();
  const deadline = performance.now() + PATIENCE_MS;
  let waiting = issued;
  for (;;) {
    const verifications = await Promise.all(
      waiting.map(({ issued: { documentAddress }, apiKey }) => client.verify(documentAddress, apiKey)),
    );
    waiting = waiting.filter((_, index) => !isAnchored(verifications[index]));
    progress.update(`Samples      ${issued.length} issued, ${issued.length - waiting.length} anchored`);
    if (waiting.length === 0 || performance.now() > deadline) {
      progress.end();
      return;
    }
    await sleep(300);
  }
}

/** What is out of force is not valid at once, before the chain holds it: so the anchor is asked for, not the verdict. */
function isAnchored(verification: Verification | undefined): boolean {
  return verification?.facts.some(({ question, outcome }) => question === 'anchor' && outcome === 'holds') ?? false;
}

async function rowOf(client: SampleClient, outcome: Outcome, folder: string): Promise<SampleRow> {
  if ('refusal' in outcome) {
    return rowOfRefused(outcome);
  }
  const { sample, apiKey, issued } = outcome;
  const { id, number, documentAddress, verifyUrl: link } = issued;
  const bytes = await client.file(id, apiKey);
  const pdf = join(folder, `${nameOf(sample)}.pdf`);
  mkdirSync(dirname(pdf), { recursive: true, mode: 0o700 });
  writeFileSync(pdf, bytes);
  const [byAddress, byFile] = await Promise.all([client.verify(documentAddress), client.verifyFile(bytes)]);
  const anchor = await recordedAnchor(client, id, apiKey);
  // The file must say what the address says, or something is wrong.
  const [told, toldByFile] = [verdictIn(byAddress), verdictIn(byFile)];
  const expected = verdictExpectedOf(sample);
  return {
    sample: nameOf(sample),
    number,
    amount: amountOf(sample),
    batch: anchor?.root ?? '',
    transaction: anchor?.transactionHash ?? '',
    verdict: told === toldByFile ? told : `${told} by address, ${toldByFile} by file`,
    isAsExpected: told === expected && toldByFile === expected,
    link,
    pdf,
  };
}

const amountOf = ({ expected: { totalWithTax, total } }: Sample): string => totalWithTax ?? total ?? '';

function verdictExpectedOf({ expected: { outOfForce } }: Sample): string {
  return outOfForce === undefined ? 'valid' : `not-valid: status.${outOfForce}`;
}

/** `valid`, or what else with the reason that has the last word. */
function verdictIn({ verdict, facts }: Verification): string {
  const failed = facts.find(({ outcome }) => outcome === 'fails');
  return failed === undefined ? verdict : `${verdict}: ${failed.code}`;
}

function rowOfRefused({ sample, refusal }: RefusedSample): SampleRow {
  const nothing = { number: '', batch: '', transaction: '', link: '', pdf: '' };
  return { ...nothing, sample: nameOf(sample), amount: amountOf(sample), verdict: refusal, isAsExpected: false };
}

/** The chain knows an anchor a moment before the worker has written down where it is. */
async function recordedAnchor(client: SampleClient, id: string, apiKey: string): Promise<Anchor | undefined> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const anchor = (await client.anchors(id, apiKey))[0];
    if (typeof anchor?.transactionHash === 'string' || performance.now() > deadline) {
      return anchor;
    }
    await sleep(250);
  }
}
