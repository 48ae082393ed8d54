import 'reflect-metadata';
import { runBench } from '../bench/pdf/run-bench.js';

process.exitCode = await runBench(process.argv.slice(2));
