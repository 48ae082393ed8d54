import { REFERENCE_TABLES, ReferenceTable, ReferenceTables } from './reference-table.js';
import type { ReferenceRow, ReferenceTableName } from './reference-table.js';
import { sampleFiscalCategories, sampleViolationCodes } from './sample-data/fiscal.data.js';
import { sampleHolidays } from './sample-data/holidays.data.js';
import { sampleIdTypes } from './sample-data/id-types.data.js';
import { samplePlateLetters } from './sample-data/plate-letters.data.js';
import { sampleRegions } from './sample-data/regions.data.js';
import { sampleTaxClasses } from './sample-data/tax-classes.data.js';
import { sampleTaxRates } from './sample-data/tax-rates.data.js';

/** What an installation starts with. SAMPLES: real issuers load the lists of their authorities over them. */
export const sampleRows: Readonly<Record<ReferenceTableName, readonly ReferenceRow[]>> = {
  'tax-rates': sampleTaxRates,
  'tax-classes': sampleTaxClasses,
  regions: sampleRegions,
  'fiscal-categories': sampleFiscalCategories,
  'violation-codes': sampleViolationCodes,
  'plate-letters': samplePlateLetters,
  'id-types': sampleIdTypes,
  holidays: sampleHolidays,
};

/** The samples as they are in version 1, for rules that are tried without a database. */
export class SampleReferenceTables extends ReferenceTables {
  private readonly tables = new Map(
    REFERENCE_TABLES.map((name) => [
      name,
      new ReferenceTable(
        name,
        1,
        sampleRows[name].map((row) => ({ ...row, isSample: true, since: 1 })),
      ),
    ]),
  );

  override table(name: ReferenceTableName): ReferenceTable {
    return this.tables.get(name) ?? new ReferenceTable(name, 1, []);
  }
}
