import { runGasBench } from '../bench/gas/run-bench.js';

process.exitCode = await runGasBench();
