import 'reflect-metadata';
import { runAnchoringBench } from '../bench/anchoring/run-bench.js';

process.exitCode = await runAnchoringBench(process.argv.slice(2));
