import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, type Child } from '../../scripts/embedded/child.js';
import { freePort } from '../../scripts/embedded/free-port.js';
import { waitUntil } from '../../scripts/embedded/wait-until.js';

/** A process of the built program, as `npm start` would run it. */
export type AppChild = {
  readonly url: string;
  readonly pid: number;
  readonly exited: Promise<string>;
  log(): string;
  /** As a machine that loses power: nothing gets a chance to tidy up. */
  kill(): Promise<void>;
  /** SIGTERM; answers how it ended. */
  terminate(): Promise<string>;
};

/** Compiles what changed; a few seconds when nothing did. Call it in `beforeAll` of whatever starts processes. */
export function ensureBuilt(): void {
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`The sources do not compile:\n${stdout}`);
  }
}

const logs = mkdtempSync(join(tmpdir(), 'chopmark-e2e-'));
process.once('exit', () => {
  rmSync(logs, { recursive: true, force: true });
});
let started = 0;

export async function startApp(
  name: 'main' | 'worker',
  environment: Readonly<Record<string, string>>,
): Promise<AppChild> {
  const port = await freePort();
  const logFile = join(logs, `${name}-${(started += 1)}.log`);
  const child = await startChild({
    command: process.execPath,
    args: ['--enable-source-maps', join('dist', 'src', `${name}.js`)],
    env: {
      PATH: process.env['PATH'],
      ...environment,
      LOG_LEVEL: 'info',
      [name === 'main' ? 'PORT' : 'WORKER_METRICS_PORT']: String(port),
    },
    output: { file: logFile },
  });
  const url = `http://127.0.0.1:${port}`;
  const log = (): string => readFileSync(logFile, 'utf8');
  await waitUntil(`${name} answers`, async () => (await fetch(`${url}/health/live`)).ok, {
    hopeless: () => (child.ending() === null ? null : log()),
  });
  return { url, pid: child.pid, exited: child.exited, log, ...endings(child) };
}

function endings(child: Child): Pick<AppChild, 'kill' | 'terminate'> {
  return {
    kill: async () => {
      process.kill(child.pid, 'SIGKILL');
      await child.exited;
    },
    terminate: async () => {
      if (child.ending() === null) {
        process.kill(child.pid, 'SIGTERM');
      }
      return child.exited;
    },
  };
}
