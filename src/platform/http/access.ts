import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';

/** What a credential may be allowed to do. */
export const SCOPES = [
  'invoices.issue',
  'invoices.confirm',
  'certificates.issue',
  'receipts.issue',
  'documents.read',
  'documents.revoke',
  'imports.write',
  'batches.read',
  'claims.write',
  'operator',
] as const;
export type Scope = (typeof SCOPES)[number];

/** `public`: anyone. `local`: this machine; once METRICS_TOKEN is set, its bearer only. Else the scope that a credential needs. */
export type Access = 'public' | 'local' | Scope;

export const ACCESS_METADATA = 'chopmark:access';
/** The scope a key needs, in the description of the API. */
export const SCOPE_EXTENSION = 'x-required-scope';

/**
 * Every route says who may call it; one that does not is refused by `AccessGuard`. Of several scopes, a credential needs
 * one. The description of the API follows from it: that a key is needed, with which scope, and how its absence is answered.
 */
export function Access(access: Access, ...orAnyOf: readonly Scope[]): MethodDecorator {
  const metadata = SetMetadata(ACCESS_METADATA, [access, ...orAnyOf]);
  return access === 'public' || access === 'local'
    ? applyDecorators(metadata)
    : applyDecorators(metadata, ApiBearerAuth(), ApiExtension(SCOPE_EXTENSION, [access, ...orAnyOf].join(' | ')));
}
