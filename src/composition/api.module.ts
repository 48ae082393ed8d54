import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { BatchesApiModule } from '../anchoring/index.js';
import { CertificatesApiModule } from '../certificates/index.js';
import { CourtApiModule } from '../court/index.js';
import {
  DocumentsApiModule,
  ImportsApiModule,
  ReferenceTablesApiModule,
  RevocationsApiModule,
  StatusListsApiModule,
} from '../documents/index.js';
import { EvidenceApiModule } from '../evidence/index.js';
import { IdentityModule } from '../identity/index.js';
import { InvoicesApiModule } from '../invoices/index.js';
import type { Settings } from '../platform/config/index.js';
import { ReceiptsApiModule } from '../receipts/index.js';
import { AccessGuard, ProblemFilter, RateLimitGuard } from '../platform/http/index.js';
import { VerificationApiModule } from '../verification/index.js';
import { HealthController } from './health.controller.js';
import { KindsModule } from './kinds.module.js';
import { PlatformModule } from './platform.module.js';
import { Readiness } from './readiness.js';
import { RateLimitsModule } from './rate-limits.module.js';
import { StoresModule } from './stores.module.js';

/** What an API process is made of. */
@Module({
  imports: [
    KindsModule,
    StoresModule,
    IdentityModule,
    RateLimitsModule,
    DocumentsApiModule,
    ImportsApiModule,
    RevocationsApiModule,
    StatusListsApiModule,
    ReferenceTablesApiModule,
    InvoicesApiModule,
    CertificatesApiModule,
    ReceiptsApiModule,
    BatchesApiModule,
    EvidenceApiModule,
    VerificationApiModule,
    CourtApiModule,
  ],
  controllers: [HealthController],
  providers: [
    Readiness,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class ApiModule {
  static for(settings: Settings): DynamicModule {
    return { module: ApiModule, imports: [PlatformModule.for(settings, 'chopmark_api')] };
  }
}
