import { InvalidSettings, loadSettings, readEnvironment, type Settings } from '../platform/config/index.js';

/** Starts a process or says in plain words why it cannot, and exits with 1. */
export async function runProcess(start: (settings: Settings) => Promise<unknown>): Promise<void> {
  try {
    await start(loadSettings(readEnvironment()));
  } catch (error) {
    const reason = error instanceof InvalidSettings ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  }
}
