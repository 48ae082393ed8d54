import { readdirSync } from 'node:fs';
import { SampleReferenceTables, type ReferenceTables, type RenderContext } from '../../src/documents/index.js';
import type { Issuer } from '../../src/identity/index.js';
import { IdSource } from '../../src/kernel/index.js';
import type { CoreData } from '../../src/proof/index.js';
import { BuiltInReceiptKinds, type ReceiptKind } from '../../src/receipts/index.js';
import { ReceiptClaimsRepository } from '../../src/receipts/receipt-claims.repository.js';
import { ReceiptTools } from '../../src/receipts/receipt.kind.js';
import type { Receipt } from '../../src/receipts/receipt.js';
import { readSample } from './invoice-request.js';

export type ReceiptBody = Record<string, unknown> & { kind: string; particulars: Record<string, unknown> };
export type SampleReceipt = {
  readonly name: string;
  /** Key of `samples/parties.json`. */
  readonly issuer: string;
  readonly request: ReceiptBody;
  readonly expected: {
    readonly total: string;
    readonly words: string;
    readonly code: string;
    readonly title: string;
  };
};

/** Counts instead of drawing by chance. */
export class CountingIds extends IdSource {
  private next = 0;

  override uuid(): string {
    return '00000000-0000-7000-8000-000000000000';
  }

  override bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => (this.next = (this.next + 37) % 256));
  }
}

export const countingTools = (tables: ReferenceTables = new SampleReferenceTables()): ReceiptTools =>
  new ReceiptTools(new CountingIds(), new ReceiptClaimsRepository(), tables);

export const NOW = new Date('2026-03-21T02:30:00Z');

/** Those of built-in kinds; a kind of `samples/receipt-kinds` has to be registered first. */
export function sampleReceipts(): readonly SampleReceipt[] {
  const builtIn = new Set(new BuiltInReceiptKinds(countingTools()).all.map(({ name }) => name));
  const names = readdirSync(new URL('../../samples/receipts/', import.meta.url)).sort();
  return names
    .map((name) => ({ name, ...(readSample(`receipts/${name}`) as Omit<SampleReceipt, 'name'>) }))
    .filter(({ request }) => builtIn.has(request.kind));
}

export function sampleReceipt(name: string): SampleReceipt {
  const found = sampleReceipts().find((sample) => sample.name.includes(name));
  if (found === undefined) {
    throw new Error(`No sample is called ${name}`);
  }
  return found;
}

/** A fine that is paid, for a decision of its own. */
export function fineOf(serial: number, changes: Record<string, unknown> = {}): ReceiptBody {
  // Without its requestSerialNo, by which all of them would be one.
  const body = structuredClone({ ...sampleReceipt('fine-parking').request, requestSerialNo: undefined });
  const decisionNo = `4403009${String(serial).padStart(9, '0')}`;
  Object.assign(body.particulars, { decisionNo, ...changes });
  return body;
}

export function kindCalled(name: string, tables?: ReferenceTables): ReceiptKind {
  const found = new BuiltInReceiptKinds(countingTools(tables)).all.find((kind) => kind.name === name);
  if (found === undefined) {
    throw new Error(`No kind is called ${name}`);
  }
  return found;
}

export function issuerCalled(party: string, overrides: Partial<Issuer> = {}): Issuer {
  const { issuers } = readSample('parties.json') as { issuers: Record<string, Issuer> };
  const found = issuers[party];
  if (found === undefined) {
    throw new Error(`No party is called ${party}`);
  }
  return { ...found, mandate: 'sample', numberBlock: 1, store: `0x${'1'.repeat(40)}`, ...overrides };
}

/** Each broken rule as `field code`. */
export function problemsOf(body: unknown, party: string, kind: ReceiptKind, now = NOW): readonly string[] {
  const parsed = kind.parse(body);
  const judged = parsed.ok ? kind.judge(parsed.value, issuerCalled(party), now) : parsed;
  return judged.ok ? [] : judged.errors.map(({ field, code }) => `${field} ${code}`);
}

/** Issues without a database. Throws when a rule is broken. */
export function issued(body: ReceiptBody, issuer: Issuer, kind = kindCalled(body.kind), now = NOW): Receipt {
  const parsed = kind.parse(body);
  const judged = parsed.ok ? kind.judge(parsed.value, issuer, now) : parsed;
  if (!judged.ok) {
    throw new Error(JSON.stringify(judged.errors));
  }
  const { format } = kind.seriesFor(judged.prepared, issuer, now);
  return kind.complete(judged.prepared, format(101n), now) as unknown as Receipt;
}

export const asCore = (receipt: Receipt): CoreData => receipt;

export const renderContext: RenderContext = {
  documentAddress: 'eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4',
  verifyUrl: 'https://verify.example.com/v/eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4',
  docId: `0x9b0c2f6f1d2e3a4b${'0'.repeat(48)}`,
  networkName: '本地测试链 Local test chain',
  attachment: { name: 'core-data.json', bytes: new TextEncoder().encode('{}') },
};
