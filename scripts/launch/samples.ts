import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstanceIssuer } from './instance.js';
import { progressLine } from './say.js';

type Sample = {
  readonly issuer: string;
  readonly request: unknown;
  readonly expected: { readonly totalWithTax: string };
};
type Issued = {
  readonly id: string;
  readonly number: string;
  readonly documentAddress: string;
  readonly verifyUrl: string;
};
type Verification = { readonly verdict: string };
type Anchor = { readonly transactionHash: string | null; readonly root: string };
/** Without anchors while the bundle is still being made. */
type Evidence = { readonly anchors?: readonly Anchor[] };

export type SampleRow = {
  readonly number: string;
  readonly amount: string;
  readonly documentAddress: string;
  readonly batch: string;
  readonly transaction: string;
  readonly verdict: string;
  readonly link: string;
  readonly pdf: string;
};

type IssuedSample = Issued & { readonly amount: string; readonly apiKey: string };

const PATIENCE_MS = 180_000;

/** Issues the sample invoices over the public API, waits until each is anchored, verifies each and keeps its PDF. */
export async function runSamples(
  baseUrl: string,
  issuers: ReadonlyMap<string, InstanceIssuer>,
  folders: { readonly samples: string; readonly pdfs: string },
): Promise<readonly SampleRow[]> {
  const issued: IssuedSample[] = [];
  for (const file of readdirSync(folders.samples).sort()) {
    const sample = JSON.parse(readFileSync(join(folders.samples, file), 'utf8')) as Sample;
    const { apiKey } = issuerOf(sample, issuers);
    const answer = await issue(baseUrl, apiKey, file, sample.request);
    issued.push({ ...answer, amount: sample.expected.totalWithTax, apiKey });
  }
  await waitForVerdicts(baseUrl, issued);
  mkdirSync(folders.pdfs, { recursive: true });
  return Promise.all(issued.map((sample) => rowOf(baseUrl, sample, folders.pdfs)));
}

function issuerOf({ issuer }: Sample, issuers: ReadonlyMap<string, InstanceIssuer>): InstanceIssuer {
  const found = issuers.get(issuer);
  if (found === undefined) {
    throw new Error(`The sample names an issuer that does not exist: ${issuer}`);
  }
  return found;
}

/** The key makes a second start answer the invoices of the first. */
function issue(baseUrl: string, apiKey: string, file: string, request: unknown): Promise<Issued> {
  return call<Issued>(`${baseUrl}/v1/invoices`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': `sample:${file}`,
    },
    body: JSON.stringify(request),
  });
}

async function waitForVerdicts(baseUrl: string, issued: readonly IssuedSample[]): Promise<void> {
  const progress = progressLine();
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const verdicts = await Promise.all(issued.map(({ documentAddress }) => verify(baseUrl, documentAddress)));
    const waiting = verdicts.filter((verdict) => verdict === 'pending').length;
    progress.update(`Sample invoices  ${issued.length} issued, ${issued.length - waiting} anchored and verified`);
    if (waiting === 0 || performance.now() > deadline) {
      progress.end();
      return;
    }
    await sleep(500);
  }
}

async function verify(baseUrl: string, documentAddress: string): Promise<string> {
  const answer = await call<Verification>(`${baseUrl}/v1/verifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentAddress }),
  });
  return answer.verdict;
}

async function rowOf(baseUrl: string, sample: IssuedSample, folder: string): Promise<SampleRow> {
  const { id, number, amount, documentAddress, verifyUrl: link, apiKey } = sample;
  const headers = { authorization: `Bearer ${apiKey}` };
  const file = await fetch(`${baseUrl}/v1/documents/${id}/file`, { headers: { ...headers, prefer: 'wait=30' } });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const pdf = join(folder, `${number}.pdf`);
  writeFileSync(pdf, bytes);
  const [byAddress, byFile] = await Promise.all([verify(baseUrl, documentAddress), verifyFile(baseUrl, bytes)]);
  const anchor = await recordedAnchor(`${baseUrl}/v1/documents/${id}/evidence`, headers);
  return {
    number,
    amount,
    documentAddress,
    batch: anchor?.root ?? '',
    transaction: anchor?.transactionHash ?? '',
    // The file must say what the address says, or something is wrong.
    verdict: byAddress === byFile ? byAddress : `${byAddress} by address, ${byFile} by file`,
    link,
    pdf,
  };
}

/** The chain knows an anchor a moment before the worker has written down where it is. */
async function recordedAnchor(url: string, headers: Record<string, string>): Promise<Anchor | undefined> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const { anchors } = await call<Evidence>(url, { headers });
    const anchor = anchors?.[0];
    if (typeof anchor?.transactionHash === 'string' || performance.now() > deadline) {
      return anchor;
    }
    await sleep(250);
  }
}

async function verifyFile(baseUrl: string, pdf: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([pdf], { type: 'application/pdf' }), 'invoice.pdf');
  const { items } = await call<{ items: Verification[] }>(`${baseUrl}/v1/verifications`, {
    method: 'POST',
    body: form,
  });
  return items[0]?.verdict ?? 'no answer';
}

async function call<Answer>(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${text}`);
  }
  return JSON.parse(text) as Answer;
}
