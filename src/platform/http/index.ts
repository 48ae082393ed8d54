export { Access, ACCESS_METADATA, SCOPES } from './access.js';
export type { Scope } from './access.js';
export { AccessGuard } from './access.guard.js';
export { Forbidden, InvalidRequest, Unauthenticated, UnsupportedMediaType } from './http.errors.js';
export { Authenticator, CurrentPrincipal } from './principal.js';
export type { Principal } from './principal.js';
export { problemFor, ProblemFilter, sendProblem } from './problem.filter.js';
export type { Problem } from './problem.filter.js';
export { validated } from './validated.pipe.js';
