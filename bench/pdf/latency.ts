import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { RenderThreads, type RenderTask } from '../../src/documents/index.js';
import { contextAt, invoiceAt } from './invoices.js';

/** What somebody who asks for one document may have to wait. */
const ALLOWED_MS = 50;
const LOAD = 160;
const REQUESTS = 100;
const PAUSE_MS = 7;

/** Asks for one document after the other while a thread draws a load; 1 when one in a hundred waited too long. */
export async function watchLatency(): Promise<number> {
  const pool = new RenderThreads(pathToFileURL('dist/src/render-thread.js'), 1);
  const load = Array.from({ length: LOAD }, (_, index) => taskAt(index));
  await pool.render(load);
  let isOver = false;
  let drawn = 0;
  const drawLoad = async (): Promise<void> => {
    while (!isOver) {
      drawn += (await pool.render(load)).length;
    }
  };
  const loads = [drawLoad(), drawLoad()];
  const waited: number[] = [];
  const started = performance.now();
  for (let request = 0; request < REQUESTS; request += 1) {
    const task = taskAt(LOAD + request);
    const asked = performance.now();
    await pool.render([task]);
    waited.push(performance.now() - asked);
    await setTimeout(PAUSE_MS);
  }
  const seconds = (performance.now() - started) / 1_000;
  isOver = true;
  await Promise.all(loads);
  await pool.close();
  return report(waited, drawn / seconds);
}

function taskAt(index: number): RenderTask {
  return { renderer: 'invoice', content: invoiceAt(index), context: contextAt(index) };
}

function report(waited: readonly number[], rate: number): number {
  const sorted = [...waited].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  const [middle, late, last] = [at(0.5), at(0.99), at(1)].map((milliseconds) => milliseconds.toFixed(1));
  console.log(
    `${sorted.length} single documents beside a load on one thread (${rate.toFixed(0)}/s): median ${middle ?? ''} ms, p99 ${late ?? ''} ms, longest ${last ?? ''} ms; allowed at p99 ${ALLOWED_MS} ms`,
  );
  return at(0.99) <= ALLOWED_MS ? 0 : 1;
}
