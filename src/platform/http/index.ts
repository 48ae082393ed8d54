export { Access, ACCESS_METADATA, SCOPE_EXTENSION, SCOPES } from './access.js';
export type { Scope } from './access.js';
export { AccessGuard } from './access.guard.js';
export { attachmentNamed } from './attachment-name.js';
export { BODY_LIMITS } from './body-limits.js';
export { endConnectionsOnClose } from './closing-connections.js';
export {
  Forbidden,
  InvalidQuery,
  InvalidRequest,
  MalformedPath,
  Unauthenticated,
  UnsupportedMediaType,
} from './http.errors.js';
export { PathId } from './path-id.pipe.js';
export { readJson } from './json-body.js';
export { Authenticator, CurrentPrincipal } from './principal.js';
export type { Principal } from './principal.js';
export { problemFor, ProblemFilter, sendProblem } from './problem.filter.js';
export type { Problem } from './problem.filter.js';
export { FORM_EXTENSION, ProblemDto } from './problem.dto.js';
export { RATE_LIMIT_EXTENSION, RateLimited, RateLimitGuard, RateLimits, registerRateLimits } from './rate-limits.js';
export { validated } from './validated.pipe.js';
export { isHeld } from './held-copy.js';
