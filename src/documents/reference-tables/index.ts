export { REFERENCE_TABLES, ReferenceTable, ReferenceTables } from './reference-table.js';
export type { ReferenceRow, ReferenceTableName, VersionedRow } from './reference-table.js';
export { ReferenceTablesApiModule, ReferenceTablesModule } from './reference-tables.module.js';
export { SampleReferenceTables, sampleRows } from './sample-tables.js';
