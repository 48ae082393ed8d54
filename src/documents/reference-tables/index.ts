export { ConsultedTables, ReferenceTable, ReferenceTables } from './reference-table.js';
export type { ReferenceRow, ReferenceTableName, VersionedRow } from './reference-table.js';
export { ReferenceTablesApiModule, ReferenceTablesModule } from './reference-tables.module.js';
export { SampleReferenceTables } from './sample-tables.js';
