import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild, type Child } from '../../scripts/embedded/child.js';

const BREATH_MS = 250;
const GRACE_MS = 15_000;
const HAS_STARTED = /"(api\.listening|worker\.started)"/;

/** A process of the built program that is started again whenever it ends, as systemd or Kubernetes would. */
export class SupervisedApp {
  /** How it ended without having been killed, once it had come up: this must not happen. */
  readonly collapses: string[] = [];
  private starts = 0;
  private child: Child | undefined;
  private isWanted = true;
  private wasKilled = false;
  private over: Promise<void> = Promise.resolve();

  constructor(
    readonly name: 'api' | `worker-${number}`,
    private readonly home: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  start(): void {
    this.over = this.superviseForGood();
  }

  /** As a machine that loses power. False when it was not running at this moment. */
  kill(): boolean {
    if (this.child?.ending() !== null) {
      return false;
    }
    this.wasKilled = true;
    process.kill(this.child.pid, 'SIGKILL');
    return true;
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    await this.child?.stop(GRACE_MS);
    await this.over;
  }

  private async superviseForGood(): Promise<void> {
    while (this.isWanted) {
      this.wasKilled = false;
      this.starts += 1;
      const logFile = join(this.home, `${this.name}-${this.starts}.log`);
      this.child = await startChild({
        command: process.execPath,
        args: ['--enable-source-maps', join('dist', 'src', this.name === 'api' ? 'main.js' : 'worker.js')],
        env: this.environment,
        output: { file: logFile },
      });
      this.noteEnding(await this.child.exited, logFile);
      await pause(BREATH_MS);
    }
  }

  /** A start that fails because the database is away is the supervisor's business, and no collapse. */
  private noteEnding(how: string, logFile: string): void {
    const log = readFileSync(logFile, 'utf8');
    if (this.isWanted && !this.wasKilled && HAS_STARTED.test(log)) {
      this.collapses.push(`${this.name} ended by itself (${how}): ${log.trimEnd().split('\n').slice(-3).join(' | ')}`);
    }
  }
}
