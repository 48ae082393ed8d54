import './composition/young-garbage.js';
import 'reflect-metadata';
import { runProcess, startApi } from './composition/index.js';

await runProcess(startApi);
