export { Logger, NestLogger } from './logger.js';
export type { LogFields } from './logger.js';
export { Metrics } from './metrics.js';
export { withRequestId } from './request-context.js';
