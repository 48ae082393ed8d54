import 'reflect-metadata';
import { runCommand, runProcess } from './composition/index.js';

await runProcess((settings) => runCommand(settings, process.argv.slice(2)));
