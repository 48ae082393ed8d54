import { Module } from '@nestjs/common';
import { AnchoringModule } from '../../anchoring/index.js';
import { IdentityModule, IssuerSigningModule } from '../../identity/index.js';
import { BuildStatusLists } from './build-status-lists.js';
import { ReadStatusLists } from './read-status-lists.js';
import { SignStatusList } from './sign-status-list.js';
import { StatusListTiming } from './status-list-timing.js';
import { StatusListsController } from './status-lists.controller.js';
import { StatusListsMetrics } from './status-lists.metrics.js';
import { BuildStatusListsHandler } from './status-lists.processor.js';
import { StatusListsRepository } from './status-lists.repository.js';

/** Reading status lists. */
@Module({
  imports: [AnchoringModule],
  providers: [StatusListsRepository, ReadStatusLists],
  exports: [StatusListsRepository, ReadStatusLists],
})
export class StatusListsModule {}

@Module({ imports: [StatusListsModule], controllers: [StatusListsController] })
export class StatusListsApiModule {}

@Module({
  imports: [StatusListsModule, IdentityModule, IssuerSigningModule, AnchoringModule],
  providers: [StatusListTiming, SignStatusList, BuildStatusLists, BuildStatusListsHandler, StatusListsMetrics],
  exports: [BuildStatusListsHandler, BuildStatusLists],
})
export class StatusListsWorkerModule {}
