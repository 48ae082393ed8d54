export { assertNever } from './assert-never.js';
export type { Brand } from './brand.js';
export { Clock, SystemClock } from './clock.js';
export { DomainError } from './domain-error.js';
export type { ErrorKind, FieldError } from './domain-error.js';
export { fromHex, to0x, toHex } from './hex.js';
export { IdSource } from './id-source.js';
