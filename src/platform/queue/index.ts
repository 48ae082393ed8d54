export { defineJob, JobHandler, requireHandlers } from './define-job.js';
export type { JobDefinition, JobPayload } from './define-job.js';
export { JobQueues } from './job-queues.js';
export { JobRunner } from './job-runner.js';
export type { QueueBackend } from './queue-backend.js';
