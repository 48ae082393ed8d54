import { DomainError } from '../kernel/index.js';
import { InvalidSettings, loadSettings, readEnvironment, type Settings } from '../platform/config/index.js';
import { CommandRefused } from './command-options.js';

/** Starts a process or says in plain words why it cannot, and exits with 1. */
export async function runProcess(start: (settings: Settings) => Promise<unknown>): Promise<void> {
  try {
    const settings = loadSettings(readEnvironment());
    limitShutdown(settings.shutdownGraceMs);
    await start(settings);
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(1);
  }
}

/** What we expect is told in a sentence; a stack is for what we did not. */
function reasonOf(error: unknown): string {
  if (error instanceof InvalidSettings || error instanceof DomainError || error instanceof CommandRefused) {
    return error.message;
  }
  return (error as Error).stack ?? String(error);
}

/** Nest lets work in flight finish after a signal; after the grace the rest is left to those who sweep up after a crash. */
function limitShutdown(graceMs: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        process.stderr.write(`Not everything had ended ${graceMs} ms after ${signal}\n`);
        process.exit(1);
      }, graceMs).unref();
    });
  }
}
