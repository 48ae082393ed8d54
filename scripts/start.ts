import 'reflect-metadata';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../src/composition/index.js';
import { loadSettings } from '../src/platform/config/index.js';
import { claimInstance } from './embedded/process-record.js';
import { freePort } from './embedded/free-port.js';
import { fundKeys, rpcTo } from './launch/chain-keys.js';
import { admitParties, writeInstance, type Parties } from './launch/instance.js';
import { endOfLog, startProcess, waitForHealth, type AppProcess } from './launch/processes.js';
import { readSamples } from './launch/sample-book.js';
import { runSamples, type SampleRow } from './launch/samples.js';
import { table } from './launch/say.js';
import { keepSecrets } from './launch/secrets.js';
import { startServices, type Services } from './launch/services.js';
import { writeSettings } from './launch/settings-file.js';

/**
 * `npm start`: servers that no URL was given for, schema, contracts, API and worker; then the samples of every kind,
 * issued, anchored and verified over the public API; then it serves until Ctrl-C. `--once` ends after the table.
 */
const root = process.cwd();
const home = join(root, '.chopmark');
const say = (line: string): void => {
  console.log(line);
};

const running: { services?: Services; apps: Map<string, AppProcess> } = { apps: new Map() };
let stopping: Promise<void> | undefined;

const SHORTEST_RUN_MS = 5_000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    void stop().then(() => process.exit(0));
  });
}

const release = claimHome();
try {
  const rows = await start();
  if (process.argv.includes('--once')) {
    await stop();
    process.exit(rows.every(({ isAsExpected }) => isAsExpected) ? 0 : 1);
  }
} catch (error) {
  if (stopping === undefined) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    await stop();
    process.exit(1);
  }
}

async function start(): Promise<readonly SampleRow[]> {
  running.services = await startServices({ home, say, giveUp }, process.env);
  const secrets = keepSecrets(join(home, 'secrets.json'));
  const port = await freePort({ preferred: [Number(process.env['PORT'] ?? 3_000)] });
  const ours = await environmentFor(running.services, secrets, port);
  writeSettings(join(home, 'settings.env'), ours);
  const environment = { ...ours, ...process.env };
  const settings = loadSettings(environment);
  await migrate(settings.databaseUrl);
  await fundKeys(settings.chainRpcUrls[0] ?? '', [settings.chainAdminKey, settings.chainRelayerKey]);
  const instanceFile = join(home, 'instance.json');
  const parties = JSON.parse(readFileSync(join(root, 'samples', 'parties.json'), 'utf8')) as Parties;
  const { instance, byName } = await admitParties(settings, instanceFile, parties);
  const baseUrl = `http://127.0.0.1:${port}`;
  writeInstance(instanceFile, { baseUrl, ...instance });

  await startApps(environment, baseUrl);
  say(`API          ${baseUrl}   description ${baseUrl}/docs\n`);
  const keys = {
    issuers: new Map([...byName].map(([name, { apiKey }]) => [name, apiKey])),
    operator: instance.operator.apiKey,
  };
  const samples = readSamples(join(root, 'samples'));
  const rows = await runSamples(baseUrl, samples, keys, join(home, 'samples'));
  say(describeRows(rows));
  say(`\nServing on ${baseUrl} (keys for tools: .chopmark/instance.json). Ctrl-C stops.`);
  return rows;
}

async function startApps(environment: NodeJS.ProcessEnv, baseUrl: string): Promise<void> {
  const api = await keepRunning('main', environment);
  await keepRunning('worker', environment);
  await waitForHealth(api, baseUrl);
}

/** A process that dies is started again, as a supervisor would; one that dies at once would only die again. */
async function keepRunning(name: 'main' | 'worker', environment: NodeJS.ProcessEnv): Promise<AppProcess> {
  const app = await startProcess(name, { home, root }, environment);
  const startedAt = performance.now();
  running.apps.set(name, app);
  void app.exited.then(() => {
    if (stopping !== undefined) {
      return;
    }
    console.error(`\n${endOfLog(app)}`);
    if (performance.now() - startedAt < SHORTEST_RUN_MS) {
      giveUp();
    } else {
      say(`Starting ${name} again …`);
      void keepRunning(name, environment);
    }
  });
  return app;
}

async function environmentFor(
  services: Services,
  secrets: ReturnType<typeof keepSecrets>,
  port: number,
): Promise<Record<string, string>> {
  const chainId = Number(await rpcTo(services.chainRpcUrl)('eth_chainId'));
  return {
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    CHAIN_RPC_URL: services.chainRpcUrl,
    CHAIN_ID: String(chainId),
    ...(services.chainIsEmbedded ? { CHAIN_NAME: '本地演示链 Local demo chain' } : {}),
    // A development chain makes a block only when there is something to put in it, so none comes on top by itself.
    ...(services.chainIsEmbedded ? { CHAIN_CONFIRMATIONS: '1' } : {}),
    CHAIN_RELAYER_KEY: secrets.relayerKey,
    CHAIN_ADMIN_KEY: secrets.adminKey,
    MASTER_KEY: secrets.masterKey,
    SIGNING_KEY_DIRECTORY: join(home, 'signing-keys'),
    // A chain of somebody else's may be reached with a key in its URL, which is nobody's business.
    ...(services.chainIsEmbedded ? { PAGE_RPC_URLS: services.chainRpcUrl } : {}),
    PAGE_AUTHORITIES: join(home, 'signing-keys', 'development-authority.crt'),
    ANCHOR_BATCH_MAX_AGE_MS: '2000',
    // Here everybody who tries it out, with whatever tool, comes from this machine.
    LOOK_UPS_PER_MINUTE: '60000',
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
  };
}

function describeRows(rows: readonly SampleRow[]): string {
  const short = (hash: string): string => (hash.length > 14 ? `${hash.slice(0, 10)}…${hash.slice(-4)}` : hash);
  const cells = rows.map(({ sample, number, amount, batch, transaction, verdict }) => [
    ...[sample, number, amount, short(batch), short(transaction), verdict],
  ]);
  const links = rows.map(({ sample, link, pdf }) => [sample, link, pdf.replace(`${root}/`, '')]);
  const unexpected = rows.filter(({ isAsExpected }) => !isAsExpected).map(({ sample }) => sample);
  return [
    table(['Sample', 'Number', 'Amount ¥', 'Batch root', 'Transaction', 'Verdict'], cells),
    '',
    table(['Sample', 'Verification page', 'PDF'], links),
    ...(unexpected.length === 0 ? [] : ['', `Not as it should be: ${unexpected.join(', ')}`]),
  ].join('\n');
}

/** Two launchers on one data directory would stop each other's servers. */
function claimHome(): () => void {
  // The account that Postgres runs under when we are root has to pass through; what is secret in here is 0600.
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o711);
  const claim = claimInstance(join(home, 'start.pid'));
  if ('heldBy' in claim) {
    console.error(`Chopmark runs here already (process ${claim.heldBy}); its address is in .chopmark/instance.json.`);
    process.exit(1);
  }
  return () => {
    claim.release();
  };
}

function giveUp(): void {
  void stop().then(() => process.exit(1));
}

function stop(): Promise<void> {
  stopping ??= (async () => {
    say('\nStopping …');
    for (const app of [...running.apps.values()].reverse()) {
      await app.stop(15_000);
    }
    await running.services?.stop();
    release();
  })();
  return stopping;
}
