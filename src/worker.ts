import './composition/young-garbage.js';
import 'reflect-metadata';
import { runProcess, startWorker } from './composition/index.js';

await runProcess(startWorker);
