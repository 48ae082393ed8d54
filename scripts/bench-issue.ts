import 'reflect-metadata';
import { runBench } from '../bench/issue/run-bench.js';

process.exitCode = await runBench(process.argv.slice(2));
