export { GIVE_UP_AFTER } from './give-up.js';
export { DocumentKind, DocumentKinds } from './document-kind.js';
export type { FurtherKinds, Judgement, NumberedSeries, Parsed, PublicFact, Reader } from './document-kind.js';
export type { DocumentEvent, DocumentId, IssuedDocument, StoredDocument } from './document.js';
export { DocumentFilesRepository } from './document-files.repository.js';
export { DocumentRepairs } from './document-repairs.js';
export { DocumentInForce, DocumentNotFound, TransitionRefused } from './documents.errors.js';
export { IssuedDocumentDto } from './documents.dto.js';
export {
  DocumentRepairsModule,
  DocumentsApiModule,
  DocumentsModule,
  DocumentsWorkerModule,
} from './documents.module.js';
export { DocumentsRepository } from './documents.repository.js';
export { documentHandlers } from './documents.processor.js';
export { EventsRepository } from './events.repository.js';
export { answeredBefore, idempotencyOf } from './idempotency.js';
export type { Idempotency } from './idempotency.js';
export { drawing } from './drawing/index.js';
export type { Drawing, RenderContext, Rendered, RenderTask } from './drawing/index.js';
export { OwnThread, RenderPool, RenderThreads } from './render-pool.js';
export { DrawDocument } from './draw-document.js';
export type { OpenedDocument } from './draw-document.js';
export { IssueDocument } from './issue-document.js';
export type { Outcome } from './micro-batcher.js';
export { entryOf, OpenEvent } from './open-event.js';
export { ReadDocuments } from './read-documents.js';
export { outOfForceMark, transition } from './life-cycle.js';
export type { Bilingual, LifeCycle } from './life-cycle.js';
export { ASKED_FORMATS, isKnownBy, numberAsStored } from './look-up.js';
export type { AskedFact, AskedFormat, ExpectedFact, LookUp, NumberPart } from './look-up.js';
export { RecordEvent } from './record-event.js';
export type { EventRequest, RecordedEvent } from './record-event.js';
export {
  ConsultedTables,
  ReferenceTable,
  ReferenceTables,
  ReferenceTablesApiModule,
  ReferenceTablesModule,
  SampleReferenceTables,
} from './reference-tables/index.js';
export type { ReferenceRow, ReferenceTableName, VersionedRow } from './reference-tables/index.js';
export { sealCore, sealEnvelope } from './seal-content.js';
export type { SealedCore } from './seal-content.js';
export { sealEvent } from './seal-event.js';
export { StampDocument } from './stamp-document.js';
export { StoreDocuments } from './store-documents.js';
export type { StoreRequest } from './store-documents.js';
export { RevocationsApiModule, RevocationsWorkerModule } from './revocations/revocations.module.js';
export { BackRevokeHandler } from './revocations/back-revoke.js';
export { RevokeOnChain, RevokeOnChainHandler } from './revocations/revocations.processor.js';
export { openSignedList } from './status-lists/open-signed-list.js';
export { ReadStatusLists } from './status-lists/read-status-lists.js';
export {
  StatusListsApiModule,
  StatusListsModule,
  StatusListsWorkerModule,
} from './status-lists/status-lists.module.js';
export { BuildStatusLists, statusBitsOf } from './status-lists/build-status-lists.js';
export { BuildStatusListsHandler } from './status-lists/status-lists.processor.js';
export { undrawableFields } from './undrawable-fields.js';
export { ImportsApiModule, ImportsWorkerModule } from './imports/imports.module.js';
export { ProcessImportHandler } from './imports/imports.processor.js';
export { acceptNdjson } from './imports/ndjson.js';
