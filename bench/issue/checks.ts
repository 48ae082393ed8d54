import type { Client } from 'pg';
import type { BenchIssuer } from './instance.js';
import type { Answer } from './load-protocol.js';
import { idempotencyKey, invoiceText } from './requests.js';

/** One sentence that holds or does not. */
export type Finding = { readonly holds: boolean; readonly sentence: string };

/** What an issuer was answered: each document with its number. */
export type Ledger = { readonly issuer: BenchIssuer; readonly answers: readonly Answer[] };

type SeriesRow = { series: string; documents: string; distinct: string; first: string; last: string; next: string };

const REPLAYED = 200;

/** Whether Postgres has what was answered, no more and no less, under numbers without a gap. */
export async function checkStored(
  database: Client,
  ledgers: readonly Ledger[],
  storedBefore: number,
): Promise<Finding[]> {
  const ids = ledgers.map(({ issuer }) => issuer.id);
  const answers = ledgers.flatMap((ledger) => ledger.answers);
  const stored = new Map<string, string>();
  for (const { issuer } of ledgers) {
    const { rows } = await database.query<{ id: string; number: string }>(
      'select id, number from documents where issuer_id = $1',
      [issuer.id],
    );
    for (const { id, number } of rows) {
      stored.set(`${issuer.id} ${id}`, number);
    }
  }
  const lost = ledgers.flatMap(({ issuer, answers: own }) =>
    own.filter(({ id, number }) => stored.get(`${issuer.id} ${id}`) !== number),
  );
  const fresh = stored.size - storedBefore;
  const numbers = new Set(answers.map(({ number }) => number));
  return [
    finding(lost.length === 0, `${answers.length - lost.length} of ${answers.length} documents answered are stored`),
    finding(fresh === answers.length, `${fresh} documents were stored for ${answers.length} answers`),
    finding(numbers.size === answers.length, `${numbers.size} different numbers for ${answers.length} documents`),
    ...(await checkSeries(database, ids)),
    await checkFirstEvents(database, ids, stored.size),
  ];
}

export async function countStored(database: Client, issuers: readonly BenchIssuer[]): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    'select count(*) from documents where issuer_id = any($1::uuid[])',
    [issuers.map(({ id }) => id)],
  );
  return Number(rows[0]?.count);
}

async function checkSeries(database: Client, issuerIds: readonly string[]): Promise<Finding[]> {
  const { rows } = await database.query<SeriesRow>(
    `select s.series, s.next_serial as next, count(d.serial) as documents, count(distinct d.serial) as distinct,
            coalesce(min(d.serial), 1) as first, coalesce(max(d.serial), 0) as last
     from number_series s left join documents d on d.issuer_id = s.issuer_id and d.series = s.series
     where s.issuer_id = any($1::uuid[])
     group by s.issuer_id, s.series, s.next_serial order by s.series`,
    [issuerIds],
  );
  const broken = rows.filter(
    ({ documents, distinct, first, last, next }) =>
      first !== '1' || last !== documents || distinct !== documents || Number(next) !== Number(last) + 1,
  );
  const numbered = rows.reduce((sum, { documents }) => sum + Number(documents), 0);
  return [
    finding(
      broken.length === 0 && rows.length > 0,
      `${rows.length} series (${numbered} numbers) count 1, 2, 3 … without a gap${broken.length === 0 ? '' : `, except ${JSON.stringify(broken.slice(0, 3))}`}`,
    ),
  ];
}

async function checkFirstEvents(database: Client, issuerIds: readonly string[], documents: number): Promise<Finding> {
  const { rows } = await database.query<{ count: string }>(
    'select count(*) from document_events where issuer_id = any($1::uuid[]) and seq = 0',
    [issuerIds],
  );
  return finding(Number(rows[0]?.count) === documents, `${rows[0]?.count ?? 0} documents have their first event`);
}

/** Sends a sample of the requests again: the same key and body must answer the same document and take no number. */
export async function checkReplays(
  baseUrl: string,
  ledgers: readonly Ledger[],
  { run, lines }: { readonly run: string; readonly lines: number },
): Promise<Finding[]> {
  const all = ledgers.flatMap(({ issuer, answers }) => answers.map((answer) => ({ issuer, answer })));
  const step = Math.max(1, Math.floor(all.length / REPLAYED));
  const sample = all.filter((_, index) => index % step === 0);
  let same = 0;
  let refused = 0;
  for (const { issuer, answer } of sample) {
    const key = idempotencyKey(run, answer.request);
    const again = await post(baseUrl, issuer, key, invoiceText(run, answer.request, lines));
    const { id, number } = JSON.parse(again.text) as Partial<Answer>;
    same += again.status === 201 && id === answer.id && number === answer.number ? 1 : 0;
    const other = await post(baseUrl, issuer, key, invoiceText(run, answer.request + 1, lines));
    refused += other.status === 422 ? 1 : 0;
  }
  return [
    finding(same === sample.length, `${same} of ${sample.length} requests sent again answered the same document`),
    finding(refused === sample.length, `${refused} of ${sample.length} keys sent with another body were refused`),
  ];
}

async function post(
  baseUrl: string,
  { apiKey }: BenchIssuer,
  key: string,
  body: string,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${baseUrl}/v1/invoices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': key },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}

export function finding(holds: boolean, sentence: string): Finding {
  return { holds, sentence };
}
