import { SetMetadata, type CustomDecorator } from '@nestjs/common';

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

/** `public`: anyone. `local`: this machine or the bearer of METRICS_TOKEN. Else the scope that a credential needs. */
export type Access = 'public' | 'local' | Scope;

export const ACCESS_METADATA = 'chopmark:access';

/** Every route says who may call it; one that does not is refused by `AccessGuard`. */
export const Access = (access: Access): CustomDecorator => SetMetadata(ACCESS_METADATA, access);
