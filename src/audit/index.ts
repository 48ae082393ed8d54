/** Derives again what is stored, compares it with the chains, and puts right what may be put right. */
export { AuditModule } from './audit.module.js';
export type { AuditScope, Progress } from './audit-scope.js';
export { DisownRoots } from './disown-roots.js';
export type { Disowned } from './disown-roots.js';
export { explained, gravityOf } from './finding.js';
export type { Finding, FindingCode } from './finding.js';
export { Fsck } from './fsck.js';
export { Reconcile } from './reconcile.js';
export type { Reconciled } from './reconcile.js';
