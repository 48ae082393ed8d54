import { spawn, type ChildProcess } from 'node:child_process';
import { findChromium, type Contestant } from './contestants.js';
import type { Task, Work } from './protocol.js';

export type Place = {
  /** The one processor that all contestants take turns on; null where `taskset` is not to be had. */
  readonly processor: number | null;
  readonly fontFile: string;
};

/** A contestant in a process of its own, so that nobody inherits another's garbage or compiled code. */
export class ContestantProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<undefined>;

  constructor(
    readonly contestant: Contestant,
    { processor, fontFile }: Place,
  ) {
    const node = [process.execPath, contestant.module, ...contestant.args];
    const [program = '', ...args] = processor === null ? node : ['taskset', '-c', String(processor), ...node];
    this.child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        BENCH_FONT: fontFile,
        BENCH_CHROMIUM: findChromium() ?? '',
      },
    });
    this.ended = new Promise((resolve) => {
      this.child
        .once('exit', () => {
          resolve(undefined);
        })
        .once('error', () => {
          resolve(undefined);
        });
    });
  }

  /** Throws when the process ends instead of answering. */
  async work(task: Task): Promise<Work> {
    const answer = new Promise<Work>((resolve) =>
      this.child.once('message', (work) => {
        resolve(work as Work);
      }),
    );
    this.child.send(task);
    const work = await Promise.race([answer, this.ended]);
    if (work === undefined) {
      throw new Error(`${this.contestant.name} ended before it answered`);
    }
    return work;
  }

  async stop(): Promise<void> {
    if (this.child.connected) {
      this.child.disconnect();
    }
    await this.ended;
  }
}
