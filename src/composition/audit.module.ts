import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import type { Settings } from '../platform/config/index.js';
import { KindsModule } from './kinds.module.js';
import { PlatformModule } from './platform.module.js';
import { StoresModule } from './stores.module.js';

/** What `fsck` and `reconcile` are made of. */
@Module({ imports: [KindsModule, StoresModule, IdentityModule, AuditModule] })
export class AuditProcessModule {
  static for(settings: Settings): DynamicModule {
    return { module: AuditProcessModule, imports: [PlatformModule.for(settings, 'chopmark_worker')] };
  }
}
