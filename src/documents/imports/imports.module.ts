import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents.module.js';
import { AcceptImport, ImportOrigin } from './accept-import.js';
import { CheckRows } from './check-rows.js';
import { ImportsController } from './imports.controller.js';
import { ProcessImportHandler } from './imports.processor.js';
import { ImportsRepository } from './imports.repository.js';
import { IssueRows } from './issue-rows.js';
import { JudgeRows } from './judge-rows.js';
import { ImportSteps, ProcessImport } from './process-import.js';
import { ReadImports } from './read-imports.js';
import { WatchImport } from './watch-import.js';

/** Taking imports and telling how far they are. The server MUST also be told to `acceptNdjson`. */
@Module({
  imports: [DocumentsModule],
  controllers: [ImportsController],
  providers: [ImportsRepository, AcceptImport, ImportOrigin, ReadImports, WatchImport],
})
export class ImportsApiModule {}

@Module({
  imports: [DocumentsModule],
  providers: [ImportsRepository, JudgeRows, CheckRows, IssueRows, ImportSteps, ProcessImport, ProcessImportHandler],
  exports: [ProcessImportHandler],
})
export class ImportsWorkerModule {}
