import { TheSpine1780000000000 } from '../../migrations/1780000000000-the-spine.js';
import { LifeCycle1780100000001 } from '../../migrations/1780100000001-life-cycle.js';
import { Invoices1780100000002 } from '../../migrations/1780100000002-invoices.js';
import { Certificates1780100000003 } from '../../migrations/1780100000003-certificates.js';
import { Receipts1780100000004 } from '../../migrations/1780100000004-receipts.js';
import { ReferenceTables1780100000005 } from '../../migrations/1780100000005-reference-tables.js';
import { ReceiptNumbers1780200000001 } from '../../migrations/1780200000001-receipt-numbers.js';
import { TermsOfBurdens1780200000002 } from '../../migrations/1780200000002-terms-of-burdens.js';
import { StoreRoles1780200000004 } from '../../migrations/1780200000004-store-roles.js';
import { IssuerCertificates1780200000005 } from '../../migrations/1780200000005-issuer-certificates.js';
import { PublicBatches1780300000001 } from '../../migrations/1780300000001-public-batches.js';
import { StatusLists1780300000003 } from '../../migrations/1780300000003-status-lists.js';
import { StuckBatches1780300000007 } from '../../migrations/1780300000007-stuck-batches.js';
import { DepthOfRevocations1780300000008 } from '../../migrations/1780300000008-depth-of-revocations.js';
import { DocumentsByNumber1780300000012 } from '../../migrations/1780300000012-documents-by-number.js';
import { MiddlesOfTiles1780400000001 } from '../../migrations/1780400000001-middles-of-tiles.js';
import { makeDataSource } from '../platform/database/index.js';

/** In the order they are applied. */
export const migrations = [
  TheSpine1780000000000,
  LifeCycle1780100000001,
  Invoices1780100000002,
  Certificates1780100000003,
  Receipts1780100000004,
  ReferenceTables1780100000005,
  ReceiptNumbers1780200000001,
  TermsOfBurdens1780200000002,
  StoreRoles1780200000004,
  IssuerCertificates1780200000005,
  PublicBatches1780300000001,
  StatusLists1780300000003,
  StuckBatches1780300000007,
  DepthOfRevocations1780300000008,
  DocumentsByNumber1780300000012,
  MiddlesOfTiles1780400000001,
];

/** Brings the database at `url` up to date; several processes may do so at once, one of them does the work. */
export async function migrate(url: string): Promise<void> {
  const source = await makeDataSource({ url, role: 'owner', poolSize: 2 }, { migrations }).initialize();
  try {
    await source.query('select pg_advisory_lock(723201)');
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
