import { Module, type DynamicModule } from '@nestjs/common';
import { IdentityAdministrationModule, IdentityModule } from '../identity/index.js';
import type { Settings } from '../platform/config/index.js';
import { PlatformModule } from './platform.module.js';
import { SigningModule } from './signing.module.js';

/** What an operator's commands are made of. */
@Module({ imports: [SigningModule, IdentityModule, IdentityAdministrationModule] })
export class CliModule {
  static for(settings: Settings): DynamicModule {
    return { module: CliModule, imports: [PlatformModule.for(settings, 'chopmark_worker')] };
  }
}
