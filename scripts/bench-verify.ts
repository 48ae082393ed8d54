import { runVerifyBench } from '../bench/verify/run-bench.js';

process.exitCode = await runVerifyBench(process.argv.slice(2));
