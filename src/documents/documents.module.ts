import { Module } from '@nestjs/common';
import { AnchoringModule } from '../anchoring/index.js';
import { IdentityModule, IssuerSigningModule } from '../identity/index.js';
import { AwaitFile } from './await-file.js';
import { DocumentFilesRepository } from './document-files.repository.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentRepairs } from './document-repairs.js';
import { DocumentsMetrics } from './documents.metrics.js';
import { documentHandlers } from './documents.processor.js';
import { DocumentsRepository } from './documents.repository.js';
import { DrawDocument } from './draw-document.js';
import { DrawDocuments } from './draw-documents.js';
import { EventsRepository } from './events.repository.js';
import { EventDocuments, FixEventLeaves } from './fix-event-leaves.js';
import { IssueDocument } from './issue-document.js';
import { OpenEvent } from './open-event.js';
import { ReadDocuments } from './read-documents.js';
import { ReadEvents } from './read-events.js';
import { RecordEvent } from './record-event.js';
import { RenderDocuments, RenderReport } from './render-documents.js';
import { SharedSerials } from './shared-serials.js';
import { StampDocument } from './stamp-document.js';
import { StoreDocuments } from './store-documents.js';

/** Reading and storing documents; composition provides `DocumentKinds`. */
@Module({
  imports: [IdentityModule],
  providers: [
    DocumentsRepository,
    DocumentFilesRepository,
    EventsRepository,
    DrawDocument,
    ReadDocuments,
    SharedSerials,
    StoreDocuments,
    IssueDocument,
    RecordEvent,
    OpenEvent,
  ],
  exports: [
    DocumentsRepository,
    DocumentFilesRepository,
    EventsRepository,
    DrawDocument,
    ReadDocuments,
    StoreDocuments,
    IssueDocument,
    RecordEvent,
    OpenEvent,
    IdentityModule,
  ],
})
export class DocumentsModule {}

/** What an operator's command may put right. */
@Module({ imports: [AnchoringModule], providers: [DocumentRepairs], exports: [DocumentRepairs] })
export class DocumentRepairsModule {}

@Module({
  imports: [DocumentsModule, AnchoringModule],
  controllers: [DocumentsController],
  providers: [AwaitFile, ReadEvents, StampDocument],
})
export class DocumentsApiModule {}

@Module({
  imports: [DocumentsModule, IssuerSigningModule, AnchoringModule],
  providers: [
    DrawDocuments,
    RenderDocuments,
    RenderReport,
    EventDocuments,
    FixEventLeaves,
    DocumentsMetrics,
    ...documentHandlers,
  ],
  exports: [...documentHandlers],
})
export class DocumentsWorkerModule {}
