import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startAnvil } from '../../scripts/embedded/anvil.js';
import { buildVerifier } from '../../scripts/verifier/build.js';
import { AnchoringIssuer, PILE_ISSUER } from '../../test/support/anchored-pile.js';

const run = promisify(execFile);

/** What a contestant took for `documents`, and of how many it said that they hold. */
type Taken = { readonly documents: number; readonly valid: number; readonly wallMs: number; readonly cpuMs: number };
type Row = Taken & { readonly name: string };

const CHAIN_ID = 1337; // The only chain id without a name that oa-verify accepts.
const DOCUMENTS = 1_000;
/** The peers take seconds for what takes us one. */
const OF_PEERS = 100;
const LEAST_PER_SECOND = 300;
const LEAST_RATIO = 10;
/** One core for whoever verifies; the chain has the others. */
const CORE = '0';

/** `npm run bench:verify [-- <documents>]`: the built command beside verifiers of others, one core each, one anvil. */
export async function runVerifyBench([count]: readonly string[]): Promise<number> {
  const documents = count === undefined ? DOCUMENTS : Number(count);
  const folder = mkdtempSync(join(tmpdir(), 'chopmark-bench-verify-'));
  const anvil = await startAnvil({ chainId: CHAIN_ID });
  try {
    console.log(`Drawing, signing and anchoring ${documents} invoices …`);
    const options = await preparePile(folder, { rpcUrl: anvil.url, chainId: CHAIN_ID }, documents);
    await buildVerifier(join(folder, 'dist'));
    const rows: Row[] = [
      { name: 'ours, anchored PDFs', ...(await runOurs(folder, 'pdf', options, documents)) },
      { name: 'ours, OpenAttestation', ...(await runOurs(folder, 'oa', options, documents)) },
      { name: 'tt-verify', ...(await runPeer('tt-verify', folder, anvil.url, documents)) },
      { name: 'oa-verify', ...(await runPeer('oa-verify', folder, anvil.url, documents)) },
    ];
    return report(rows);
  } finally {
    await anvil.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The files, and the options that the command needs to find them valid. */
async function preparePile(
  folder: string,
  chain: { readonly rpcUrl: string; readonly chainId: number },
  count: number,
): Promise<string[]> {
  const issuer = await AnchoringIssuer.on(chain);
  const documents = await issuer.pile(count);
  issuer.close();
  mkdirSync(join(folder, 'pdf'));
  mkdirSync(join(folder, 'oa'));
  for (const [index, { anchored, bundle }] of documents.entries()) {
    writeFileSync(join(folder, 'pdf', `${index}.pdf`), anchored);
    writeFileSync(join(folder, 'oa', `${index}.oa`), JSON.stringify(bundle.document));
  }
  const list = join(folder, 'issuers.json');
  writeFileSync(list, JSON.stringify([{ store: issuer.issuer.store, ...PILE_ISSUER }]));
  return ['--rpc', chain.rpcUrl, '--issuers', list];
}

/** The whole process, from its start to its end. */
async function runOurs(folder: string, kind: string, options: readonly string[], documents: number): Promise<Taken> {
  const witness = join(folder, `cpu-${kind}.json`);
  const command = ['--import', resolve('bench/verify/cpu-witness.mjs'), join(folder, 'dist', 'chopmark-verify.mjs')];
  const started = performance.now();
  const { stdout } = await onOneCore([...command, join(folder, kind), ...options, '--json'], { CPU_WITNESS: witness });
  const wallMs = performance.now() - started;
  const { totals } = JSON.parse(stdout) as { totals: { valid: number } };
  const { cpuMs } = JSON.parse(readFileSync(witness, 'utf8')) as { cpuMs: number };
  return { documents, valid: totals.valid, wallMs, cpuMs };
}

async function runPeer(name: string, folder: string, rpcUrl: string, most: number): Promise<Taken> {
  const documents = Math.min(most, OF_PEERS);
  const { stdout } = await onOneCore([
    'dist/bench/verify/peer.js',
    name,
    join(folder, 'oa'),
    rpcUrl,
    String(documents),
  ]);
  return { documents, ...(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Omit<Taken, 'documents'>) };
}

const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

function onOneCore(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ stdout: string }> {
  const [program = '', ...all] = [...(hasTaskset ? ['taskset', '-c', CORE] : []), process.execPath, ...args];
  return run(program, all, { env: { ...process.env, ...environment }, maxBuffer: 2 ** 30 });
}

/** 0 when every document was found to hold, and we are as fast as we say. */
function report(rows: readonly Row[]): number {
  const [ours, sameFiles, ...peers] = rows as [Row, Row, ...Row[]];
  console.table(rows.map(cellsOf));
  const ratios = peers.map((peer) => ({ name: peer.name, ratio: perCpuSecond(sameFiles) / perCpuSecond(peer) }));
  ratios.forEach(({ name, ratio }) => {
    console.log(`On the same documents ${ratio.toFixed(1)} times ${name}, by processor time`);
  });
  const isRight = rows.every(({ documents, valid }) => documents === valid);
  const isFast = perCpuSecond(ours) >= LEAST_PER_SECOND && ratios.every(({ ratio }) => ratio >= LEAST_RATIO);
  return isRight && isFast ? 0 : 1;
}

function cellsOf(row: Row): Readonly<Record<string, string | number>> {
  const { name, documents, valid, wallMs, cpuMs } = row;
  return {
    verifier: name,
    documents,
    valid,
    'a second': Math.round((documents / wallMs) * 1_000),
    'CPU ms each': Number((cpuMs / documents).toFixed(2)),
    'a second of CPU': Math.round(perCpuSecond(row)),
  };
}

function perCpuSecond({ documents, cpuMs }: Taken): number {
  return (documents / cpuMs) * 1_000;
}
