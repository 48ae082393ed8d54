export { ApiModule } from './api.module.js';
export { OperatorDesk } from './operator-desk.js';
export { migrate, migrations } from './migrations.js';
export { describeApi } from './openapi.js';
export { runCommand } from './run-command.js';
export { runProcess } from './run-process.js';
export { makeFastify, startApi } from './start-api.js';
export { startWorker } from './start-worker.js';
export { WorkerModule } from './worker.module.js';
