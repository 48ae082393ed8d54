import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadMessage, LoadPlan, LoadResult } from './load-protocol.js';

export type LoadWatcher = {
  /** The measured time begins; the number is that of the load generator's process. */
  readonly begin: (generatorPid: number) => void;
  readonly end: () => void;
};

/** Runs a plan in a process of its own. */
export function runLoad(plan: LoadPlan, watcher: LoadWatcher): Promise<LoadResult> {
  const child = fork(fileURLToPath(new URL('load-generator.js', import.meta.url)), { serialization: 'advanced' });
  return new Promise<LoadResult>((resolve, reject) => {
    let result: LoadResult | undefined;
    child.on('message', (message: LoadMessage) => {
      if (message.event === 'done') {
        result = message.result;
      } else if (message.event === 'begin') {
        watcher.begin(child.pid ?? 0);
      } else {
        watcher.end();
      }
    });
    child.once('close', (code) => {
      if (result === undefined) {
        reject(new Error(`The load generator ended with ${code ?? 'a signal'} before it was done`));
      } else {
        resolve(result);
      }
    });
    child.send(plan);
  });
}
