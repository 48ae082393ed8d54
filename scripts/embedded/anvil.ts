import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startChild, stopLeftover } from './child.js';
import { findCommand, isExecutable } from './commands.js';
import { freePort } from './free-port.js';
import { waitUntil } from './wait-until.js';

export type AnvilOptions = {
  /** The chain lives on in this file, written each second; without it the chain is gone when it stops. */
  readonly stateFile?: string;
  readonly port?: number;
  readonly chainId?: number;
  readonly mnemonic?: string;
  /** Seconds between blocks; without it each transaction makes its own block at once. */
  readonly blockTime?: number;
  readonly log?: (line: string) => void;
};
export type RunningAnvil = {
  readonly url: string;
  readonly port: number;
  readonly chainId: number;
  readonly pid: number;
  stop(): Promise<void>;
};

/** The binary of the npm package for this platform, or `anvil` on PATH, or null. */
function findAnvil(): string | null {
  return packagedAnvil() ?? findCommand('anvil');
}

function packagedAnvil(): string | null {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}/package.json`);
    const binary = join(dirname(manifest), 'bin', 'anvil');
    return isExecutable(binary) ? binary : null;
  } catch {
    return null;
  }
}

/** A local EVM chain on the loopback interface; runs as a direct child so that it can be stopped by its number. */
export async function startAnvil(options: AnvilOptions = {}): Promise<RunningAnvil> {
  const command = findAnvil();
  if (command === null) {
    throw new Error(
      `There is no local EVM chain for ${process.platform}-${process.arch} among the npm packages: put Foundry's ` +
        '`anvil` on PATH, or set CHAIN_RPC_URL to a chain that runs already.',
    );
  }
  const { chainId = 31_337, log = () => undefined } = options;
  const home = chainHome(options.stateFile);
  if (home.stateFile !== undefined) {
    await stopLeftover(recordOf(home.stateFile));
    keepReadable(home.stateFile, log);
  }
  const port = await freePort({ preferred: options.port === undefined ? [] : [options.port] });
  const logFile = join(home.directory, 'anvil.log');
  const child = await startChild({
    command,
    args: anvilArguments({ ...options, ...home }, port, chainId),
    cwd: home.directory,
    output: { file: logFile },
    ...(home.stateFile === undefined ? {} : { recordFile: recordOf(home.stateFile) }),
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntil('anvil answers', () => answersWith(url, chainId), {
    hopeless: () => (child.ending() === null ? null : `it ended (${String(child.ending())}), see ${logFile}`),
  });
  const stop = async (): Promise<void> => {
    await child.stop();
    home.leave();
  };
  return { url, port, chainId, pid: child.pid, stop };
}

type ChainHome = { readonly directory: string; readonly stateFile?: string; leave(): void };

function chainHome(stateFile: string | undefined): ChainHome {
  if (stateFile !== undefined) {
    const directory = dirname(resolve(stateFile));
    mkdirSync(directory, { recursive: true });
    return { directory, stateFile: resolve(stateFile), leave: () => undefined };
  }
  const directory = mkdtempSync(join(tmpdir(), 'chopmark-anvil-'));
  const leave = (): void => {
    rmSync(directory, { recursive: true, force: true });
  };
  return { directory, leave };
}

function recordOf(stateFile: string): string {
  return `${stateFile}.process.json`;
}

function anvilArguments({ stateFile, mnemonic, blockTime }: AnvilOptions, port: number, chainId: number): string[] {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(chainId), '--quiet'];
  if (stateFile !== undefined) {
    args.push('--state', stateFile, '--state-interval', '1');
  }
  if (mnemonic !== undefined) {
    args.push('--mnemonic', mnemonic);
  }
  if (blockTime !== undefined) {
    args.push('--block-time', String(blockTime));
  }
  return args;
}

/**
 * anvil writes its state in place, so a crash in that moment leaves half a file and it would never start again. A copy
 * of the last state that could be read is kept beside it, and taken when the file itself cannot be read.
 */
function keepReadable(stateFile: string, log: (line: string) => void): void {
  const copy = `${stateFile}.readable`;
  if (isReadable(stateFile)) {
    // anvil writes into the file that is there, whose mode an earlier version may have left open.
    chmodSync(stateFile, 0o600);
    copyFileSync(stateFile, copy);
    chmodSync(copy, 0o600);
    return;
  }
  if (existsSync(stateFile)) {
    renameSync(stateFile, `${stateFile}.broken`);
    log(`The state of the local chain was cut off in the middle; going back to the one before.`);
  }
  if (isReadable(copy)) {
    copyFileSync(copy, stateFile);
  }
}

function isReadable(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

async function answersWith(url: string, chainId: number): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
    signal: AbortSignal.timeout(2_000),
  });
  const { result } = (await response.json()) as { result?: string };
  return Number(result) === chainId;
}
