import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import type { EvidenceBundle } from '../../../src/proof/index.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running } from '../../support/running-instance.js';
import { zipOf } from '../../support/zips.js';
import type { Verified } from './verifier.js';

type Item = Verified & {
  readonly n: number;
  readonly archive?: string;
  readonly duplicate?: { readonly of: number; readonly by: string };
};
type News = {
  readonly type: string;
  readonly done: number;
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly item?: Item;
  readonly seconds?: number;
};
type File = { readonly name: string; readonly bytes: Uint8Array };

const DOCUMENTS = 40;

let instance: TestInstance;
let api: Running;
let caller: ApiCaller;
let issued: readonly Issued[];
let pdfs: readonly Buffer[];
let anchored: readonly Buffer[];
let bundles: readonly Buffer[];

beforeAll(async () => {
  instance = await TestInstance.make({ LOOK_UPS_PER_MINUTE: '100000' });
  const issuer = await instance.addIssuer();
  api = await instance.startApi();
  caller = callerOf(api, issuer);
  const worker = await instance.startWorker();
  issued = await caller.issueMany(DOCUMENTS);
  await instance.waitUntilAnchored();
  await worker.stop();
  const filesOf = (revision: string): Promise<Buffer[]> =>
    Promise.all(issued.map(async ({ id }) => (await caller.file(id, 20, { revision })).bytes));
  [pdfs, anchored] = [await filesOf('issued'), await filesOf('anchored')];
  const evidence = issued.map(
    async ({ id }) => (await caller.get<EvidenceBundle>(`/v1/documents/${id}/evidence`)).body,
  );
  bundles = (await Promise.all(evidence)).map((bundle) => Buffer.from(JSON.stringify(bundle)));
});
afterAll(() => instance.close());

const pdf = (index = 0): Buffer => pdfs[index] ?? Buffer.alloc(0);

function send(
  files: readonly File[],
  accept: string,
  options: { url?: string; signal?: AbortSignal } = {},
): Promise<Response> {
  const form = new FormData();
  for (const { name, bytes } of files) {
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
  }
  return fetch(`${options.url ?? api.url}/v1/verifications`, {
    method: 'POST',
    body: form,
    headers: { accept },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

async function newsOf(files: readonly File[]): Promise<News[]> {
  const answer = await send(files, 'application/x-ndjson');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const text = await answer.text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as News);
}

async function itemsOf(...files: readonly File[]): Promise<Item[]> {
  return (await newsOf(files)).flatMap(({ item }) => item ?? []);
}

const said = ({ verdict, problem }: Item): string => problem?.code ?? verdict;

describe('a pile of five hundred', () => {
  it('is verified one by one, with progress, each told what it is', async () => {
    const altered = pdfs.map((bytes) => Buffer.concat([bytes, Buffer.from('\n%')]));
    const distinct: File[] = [
      ...pdfs.map((bytes, index) => ({ name: `issued/${index}.pdf`, bytes })),
      ...anchored.map((bytes, index) => ({ name: `anchored/${index}.pdf`, bytes })),
      ...altered.map((bytes, index) => ({ name: `altered/${index}.pdf`, bytes })),
      ...bundles.map((bytes, index) => ({ name: `bundle/${index}.json`, bytes })),
    ];
    const again = Array.from({ length: 500 - distinct.length }, (_, index) => ({
      name: `again/${index}.pdf`,
      bytes: pdf(index % DOCUMENTS),
    }));
    const news = await newsOf([{ name: '500.zip', bytes: zipOf([...distinct, ...again]) }]);

    expect([news[0], news.at(-1)]).toMatchObject([
      { type: 'started', done: 0, total: 500 },
      { type: 'finished', done: 500, total: 500, counts: { valid: 460, 'not-valid': 40, refused: 0, pending: 0 } },
    ]);
    const items = news.flatMap(({ item }) => item ?? []);
    expect(items.map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    const ofKind = (kind: string): Item[] => items.filter(({ fileName }) => fileName?.startsWith(kind));
    const verdictsOf = (kind: string): Set<string> => new Set(ofKind(kind).map(({ verdict }) => verdict));
    expect([verdictsOf('issued'), verdictsOf('anchored'), verdictsOf('altered'), verdictsOf('bundle')]).toEqual(
      ['valid', 'valid', 'not-valid', 'valid'].map((verdict) => new Set([verdict])),
    );
    expect(ofKind('anchored').map(({ duplicate }) => duplicate)).toEqual(
      pdfs.map((_, index) => ({ of: index + 1, by: 'document' })),
    );
    expect(new Set(ofKind('again').map(({ duplicate }) => duplicate?.by))).toEqual(new Set(['bytes']));
  });

  it('is refused when it is one more, and nothing is verified', async () => {
    const tooMany = Array.from({ length: 501 }, (_, index) => ({ name: `${index}.pdf`, bytes: Buffer.from('%PDF-') }));
    const answer = await send(tooMany, 'application/x-ndjson');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      413,
      'verification.pile-too-large',
    ]);
    const [inside, other] = await itemsOf(
      { name: 'big.zip', bytes: zipOf(tooMany) },
      { name: 'small.zip', bytes: zipOf([{ name: 'a.pdf', bytes: pdf() }]) },
    );
    expect([inside && said(inside), other && said(other)]).toEqual(['verification.archive-too-many', 'valid']);
  });
});

describe('the answer', () => {
  const two = (): File[] => [
    { name: 'a.pdf', bytes: pdf() },
    { name: 'b.txt', bytes: Buffer.from('none') },
  ];

  it('comes as server-sent events to those who ask for them', async () => {
    const answer = await send(two(), 'text/event-stream');
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const events = (await answer.text())
      .trimEnd()
      .split('\n\n')
      .map((event) => /^event: (\w+)\ndata: (.*)$/.exec(event));
    expect(events.map((event) => event?.[1])).toEqual(['started', 'item', 'item', 'finished']);
    expect(JSON.parse(events[3]?.[2] ?? '')).toMatchObject({ done: 2, counts: { valid: 1, refused: 1 } });
  });

  it('comes as one JSON to everybody else, with the same items', async () => {
    const { items } = (await (await send(two(), 'application/json')).json()) as { items: Item[] };
    expect(items.map((item) => `${item.n} ${said(item)}`)).toEqual(['1 valid', '2 verification.not-a-pdf']);
  });

  it('tells a stranger of a pile only what anybody may know', async () => {
    const text = JSON.stringify(await newsOf([{ name: 'a.pdf', bytes: pdf() }]));
    expect(text).not.toContain('周样宁');
  });
});

describe('a client', () => {
  /** What the service has verified so far. */
  async function verifiedCount(): Promise<number> {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    return [...text.matchAll(/^chopmark_verifications_total\{.*\} (\d+)$/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  }
  const pile = (): File[] => [
    { name: 'pile.zip', bytes: zipOf([...pdfs, ...anchored].map((bytes, index) => ({ name: `${index}.pdf`, bytes }))) },
  ];

  it('that leaves stops the work, and leaves no room taken', async () => {
    for (let time = 0; time < 6; time += 1) {
      const before = await verifiedCount();
      const leaving = new AbortController();
      const answer = await send(pile(), 'application/x-ndjson', { signal: leaving.signal });
      await answer.body?.getReader().read();
      leaving.abort();
      await waitUntil('the work is over', async () => {
        const then = await verifiedCount();
        await pause(500);
        return (await verifiedCount()) === then;
      });
      expect((await verifiedCount()) - before).toBeLessThan(2 * DOCUMENTS);
    }
  });

  it('without a key waits for its turn, and is told how long', async () => {
    const limited = await instance.startApi({ LOOK_UPS_PER_MINUTE: '3', QUEUE_PREFIX: `{paced-${process.pid}}` });
    const leaving = new AbortController();
    const answer = await send(pile(), 'application/x-ndjson', { url: limited.url, signal: leaving.signal });
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    for (let isDone = false; !isDone && !text.includes('"waiting"');) {
      const { done, value } = await reader.read();
      text += new TextDecoder().decode(value);
      isDone = done;
    }
    leaving.abort();
    const news = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as News);
    expect(news.map(({ type }) => type)).toEqual(['started', 'item', 'item', 'item', 'waiting']);
    expect(news.at(-1)?.seconds).toBeGreaterThan(30);
    await limited.stop();
  });
});
