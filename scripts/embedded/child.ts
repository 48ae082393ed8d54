import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { endWithParent } from './end-with-parent.js';
import { isRunning } from './process-identity.js';
import { runningPid, writeRecord } from './process-record.js';
import { waitUntil } from './wait-until.js';

export type ChildOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Where output goes: a file, or a function that is given each line. A file is added to, so that what a process said
   * before it died is still there when it runs again; see `openLog` for how large it grows.
   */
  readonly output: { readonly file: string } | { readonly onLine: (line: string) => void };
  /** Where the process is written down, so that a later start can find it when this one could not stop it. */
  readonly recordFile?: string;
};

export type Child = {
  readonly pid: number;
  /** Resolves with how it ended (`code 1`, `SIGKILL`, `ENOENT`); never rejects. */
  readonly exited: Promise<string>;
  /** How it ended, or null while it runs. */
  ending(): string | null;
  /** SIGTERM to the whole process group, then SIGKILL when the grace is over. Doing it twice changes nothing. */
  stop(graceMs?: number): Promise<void>;
};

/**
 * Starts a process in a group of its own, so that Ctrl-C reaches the launcher alone and it decides the order of
 * stopping. The group ends with us even when we are killed without a chance to stop it.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const process = spawnDetached(options);
  let ending: string | null = null;
  const exited = new Promise<string>((resolve) => {
    const end = (how: string): void => {
      ending ??= how;
      resolve(ending);
    };
    process.once('error', (error: NodeJS.ErrnoException) => {
      end(error.code ?? error.message);
    });
    process.once('exit', (code, signal) => {
      end(signal ?? `code ${code ?? 0}`);
    });
  });
  if (process.pid === undefined) {
    throw new Error(`${options.command} could not be started: ${await exited}`);
  }
  const pid = process.pid;
  const record = options.recordFile;
  if (record !== undefined) {
    writeRecord(record, pid);
  }
  const guard = endWithParent({ target: -pid, signal: 'TERM' });
  void exited.then(() => {
    guard.release();
    if (record !== undefined) {
      rmSync(record, { force: true });
    }
  });
  return { pid, exited, ending: () => ending, stop: (graceMs) => stopGroup(pid, graceMs).then(() => undefined) };
}

/** What a server writes may hold what is secret; it opens to others what others need. */
function withPrivateFiles<Result>(work: () => Result): Result {
  const before = process.umask(0o077);
  try {
    return work();
  } finally {
    process.umask(before);
  }
}

function spawnDetached({ command, args, cwd, env, output }: ChildOptions): ChildProcess {
  const file = 'file' in output ? openLog(output.file) : null;
  const sink = file ?? 'pipe';
  const child = withPrivateFiles(() =>
    spawn(command, args, {
      stdio: ['ignore', sink, sink],
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
    }),
  );
  if (file !== null) {
    closeSync(file);
  }
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null && 'onLine' in output) {
      createInterface({ input: stream }).on('line', output.onLine);
    }
  }
  return child;
}

/** Past this size a log is put aside when the next process is started: an evening of reading, and no full disk. */
const LARGEST_LOG_BYTES = 64 * 1024 * 1024;

/** Opens a log for adding to. One that has grown large becomes `<file>.1`, in place of the one that was there. */
function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) {
    renameSync(file, `${file}.1`);
  }
  return openSync(file, 'a', 0o600);
}

/**
 * Stops what an earlier start has left behind under this record. A process that merely carries the same number today
 * is left alone. True when there was something to stop.
 */
export async function stopLeftover(recordFile: string): Promise<boolean> {
  const pid = runningPid(recordFile);
  if (pid !== null) {
    await stopGroup(pid);
  }
  rmSync(recordFile, { force: true });
  return pid !== null;
}

async function stopGroup(pid: number, graceMs = 10_000): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  const isGone = (): boolean => !isRunning(pid);
  try {
    await waitUntil(`process ${pid} has ended`, isGone, { timeoutMs: graceMs, intervalMs: 20 });
  } catch {
    signalGroup(pid, 'SIGKILL');
    await waitUntil(`killed process ${pid} has ended`, isGone, { timeoutMs: 5_000, intervalMs: 20 });
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already, which is what was wanted.
  }
}
