import { contestants } from './contestants.js';
import { ContestantProcess, type Place } from './contestant-process.js';

/** How often the memory is told in a run, at most. */
const STEPS = 20;
/** What the second half may take more than the first, in percent: caches fill, leaks grow. */
const ALLOWED_GROWTH = 15;

/** Draws `documents` different ones in one process and tells what it holds on to; 1 when its memory goes on growing. */
export async function watchMemory(place: Place, documents: number): Promise<number> {
  const [, ours] = contestants();
  if (ours === undefined) {
    throw new Error('Nobody draws');
  }
  const process = new ContestantProcess(ours, place);
  const megabytes: number[] = [];
  const step = Math.ceil(documents / STEPS);
  try {
    for (let from = 0; from < documents; from += step) {
      const { residentMegabytes, cpuMs, documents: drawn } = await process.work({ from, seconds: 0, atLeast: step });
      megabytes.push(residentMegabytes);
      const cpu = (cpuMs / drawn).toFixed(2);
      console.log(
        `${(from + step).toString().padStart(8)} documents  ${residentMegabytes.toFixed(0)} MB  ${cpu} ms of CPU each`,
      );
    }
  } finally {
    await process.stop();
  }
  const [early, late] = [highest(megabytes.slice(1, STEPS / 2)), highest(megabytes.slice(STEPS / 2))];
  const growth = (100 * (late - early)) / early;
  console.log(`Second half against first: ${growth.toFixed(1)} % (${early.toFixed(0)} → ${late.toFixed(0)} MB)`);
  return growth <= ALLOWED_GROWTH ? 0 : 1;
}

const highest = (values: readonly number[]): number => Math.max(...values);
