import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { describeReport, holds, runChaos } from '../test/chaos/run-chaos.js';

/** `npm run chaos -- --seed N --seconds 120 [--faults 60] [--keep]`: exits with 1 when a promise is broken. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '120' },
    faults: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const report = await runChaos({
  seed: Number(values.seed),
  seconds,
  faults: Number(values.faults ?? Math.ceil(seconds / 2)),
  keep: values.keep,
});
console.log(describeReport(report));
process.exitCode = holds(report) ? 0 : 1;
