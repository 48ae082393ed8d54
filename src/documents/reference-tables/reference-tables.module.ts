import { Global, Module } from '@nestjs/common';
import { CachedReferenceTables } from './cached-reference-tables.js';
import { ReferenceTables } from './reference-table.js';
import { ReferenceTablesController } from './reference-tables.controller.js';
import { ReferenceTablesRepository } from './reference-tables.repository.js';
import { ReviseReferenceRow } from './revise-reference-row.js';

/** For every process that judges documents. */
@Global()
@Module({
  providers: [
    ReferenceTablesRepository,
    CachedReferenceTables,
    { provide: ReferenceTables, useExisting: CachedReferenceTables },
  ],
  exports: [ReferenceTablesRepository, CachedReferenceTables, ReferenceTables],
})
export class ReferenceTablesModule {}

@Module({
  imports: [ReferenceTablesModule],
  controllers: [ReferenceTablesController],
  providers: [ReviseReferenceRow],
})
export class ReferenceTablesApiModule {}
