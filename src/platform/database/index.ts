export { isCollision, onceMoreAfterCollision } from './collision.js';
export { makeDataSource } from './data-source.js';
export type { DatabaseConnection, DatabaseRole } from './data-source.js';
export { DatabaseUnavailable } from './database.errors.js';
export { Tx } from './tx.js';
export { sqlState, UnitOfWork } from './unit-of-work.js';
export type { UnitOfWorkOptions } from './unit-of-work.js';
export { valuesList } from './values-list.js';
