import { Injectable, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AnchoringWorkerModule, anchoringHandlers } from '../anchoring/index.js';
import { CertificatesWorkerModule, LapseBurdensHandler } from '../certificates/index.js';
import {
  DocumentsWorkerModule,
  ImportsWorkerModule,
  ProcessImportHandler,
  RevocationsWorkerModule,
  BuildStatusListsHandler,
  RevokeOnChainHandler,
  BackRevokeHandler,
  StatusListsWorkerModule,
  documentHandlers,
} from '../documents/index.js';
import { IdentityModule, IssuerSigningModule } from '../identity/index.js';
import type { Settings } from '../platform/config/index.js';
import { AccessGuard, ProblemFilter } from '../platform/http/index.js';
import { OutboxRelay } from '../platform/outbox/index.js';
import { JobRunner, type JobHandler } from '../platform/queue/index.js';
import { HealthController } from './health.controller.js';
import { KindsModule } from './kinds.module.js';
import { PlatformModule } from './platform.module.js';
import { Readiness } from './readiness.js';
import { RenderPoolModule } from './render-pool.module.js';
import { SigningModule } from './signing.module.js';
import { StoresModule } from './stores.module.js';

/** Every job a worker does. */
@Injectable()
export class JobHandlers {
  constructor(readonly all: readonly JobHandler[]) {}
}

/** What a worker process is made of; it also answers health and metrics on the loopback. */
@Module({
  imports: [
    KindsModule,
    RenderPoolModule,
    StoresModule,
    SigningModule,
    IdentityModule,
    IssuerSigningModule,
    DocumentsWorkerModule,
    ImportsWorkerModule,
    RevocationsWorkerModule,
    StatusListsWorkerModule,
    AnchoringWorkerModule,
    CertificatesWorkerModule,
  ],
  controllers: [HealthController],
  providers: [
    Readiness,
    OutboxRelay,
    JobRunner,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    {
      provide: JobHandlers,
      useFactory: (...handlers: JobHandler[]) => new JobHandlers(handlers),
      inject: [
        ...documentHandlers,
        RevokeOnChainHandler,
        BackRevokeHandler,
        BuildStatusListsHandler,
        ProcessImportHandler,
        LapseBurdensHandler,
        ...anchoringHandlers,
      ],
    },
  ],
})
export class WorkerModule {
  static for(settings: Settings): DynamicModule {
    return { module: WorkerModule, imports: [PlatformModule.for(settings, 'chopmark_worker')] };
  }
}
