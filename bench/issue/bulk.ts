import { newRun, type Bench, type Outcome } from './bench.js';
import { checkStored, countStored, finding, type Finding, type Ledger } from './checks.js';
import { ImportClient, type Accepted, type Status } from './import-client.js';
import type { Answer } from './load-protocol.js';
import { measureUsage } from './process-usage.js';

const ROWS_A_FILE = 5_000;
const WARM_UP_ROWS = 1_000;
const REPEATED_ROWS = 100;

/** Sends files of rows and waits until a worker has issued them all; nothing is drawn. */
export async function issueInBulk(bench: Bench): Promise<{ outcome: Outcome; ledgers: Ledger[] }> {
  const { instance, options, database } = bench;
  await instance.worker?.start({ render: false });
  const [issuer] = await instance.issuers(1);
  if (issuer === undefined) {
    throw new Error('The bulk scenario needs an issuer');
  }
  const client = new ImportClient(instance.baseUrl, issuer, newRun(), options.lines);
  await client.finish(await client.send(0, WARM_UP_ROWS));
  const storedBefore = await countStored(database, [issuer]);

  const finishUsage = measureUsage([...instance.parts(), { name: 'sender', pid: process.pid, alone: true }]);
  const startedAt = performance.now();
  const accepted: Accepted[] = [];
  for (let sent = 0; sent < options.rows; sent += ROWS_A_FILE) {
    accepted.push(await client.send(WARM_UP_ROWS + sent, Math.min(ROWS_A_FILE, options.rows - sent)));
  }
  const acceptedAfter = (performance.now() - startedAt) / 1_000;
  const states: Status[] = [];
  for (const one of accepted) {
    states.push(await client.finish(one));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const usage = finishUsage();

  const answers = (await Promise.all(accepted.map((one) => client.rows(one)))).flat();
  const ledgers = [{ issuer, answers }];
  const findings = [
    wholeImports(states, options.rows),
    ...(await checkStored(database, ledgers, storedBefore)),
    await checkRepeat(client, answers),
  ];
  await instance.worker?.stop();
  const title = `bulk: ${options.rows} rows in files of ${ROWS_A_FILE}, one issuer, nothing drawn`;
  const remarks = [`accepted after ${acceptedAfter.toFixed(1)} s`];
  return { ledgers, outcome: { title, documents: answers.length, seconds, usage, findings, remarks } };
}

function wholeImports(states: readonly Status[], rows: number): Finding {
  const issued = states.reduce((sum, status) => sum + status.issued, 0);
  const isWhole = issued === rows && states.every(({ state, failed }) => state === 'done' && failed === 0);
  return finding(isWhole, `${issued} of ${rows} rows were issued, ${states.length} imports done`);
}

/** Rows that were issued before, in a new file: they must answer the documents they have. */
async function checkRepeat(client: ImportClient, answers: readonly Answer[]): Promise<Finding> {
  const again = await client.send(WARM_UP_ROWS, REPEATED_ROWS);
  await client.finish(again);
  const first = new Map(answers.map(({ request, id }) => [request, id]));
  const repeated = await client.rows(again);
  const same = repeated.filter(({ request, id }) => first.get(request) === id).length;
  return finding(
    same === repeated.length && same > 0,
    `${same} of ${repeated.length} rows sent again answered the same document`,
  );
}
