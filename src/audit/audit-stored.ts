import { Injectable } from '@nestjs/common';
import { DocumentKinds, type LifeCycle } from '../documents/index.js';
import { type IssuerProfile, IssuerProfiles } from '../identity/index.js';
import { Settings } from '../platform/config/index.js';
import { type Tx, UnitOfWork } from '../platform/database/index.js';
import { SealBroken } from '../platform/vault/index.js';
import { AuditLists } from './audit-lists.js';
import type { AuditScope, Progress } from './audit-scope.js';
import { type AuditedBatch, checkBatch } from './batch.check.js';
import { BatchesUnderAudit } from './batches-under-audit.repository.js';
import { type CheckedDocument, checkDocument } from './document.check.js';
import { type AuditedDocument, DocumentsUnderAudit } from './documents-under-audit.repository.js';
import type { Finding } from './finding.js';
import { inPages } from './in-pages.js';
import { type Gap, type NumberedDocument, NumbersUnderAudit } from './numbers-under-audit.repository.js';

const DOCUMENTS_A_PAGE = 64;
const BATCHES_A_PAGE = 100;

type Checked = CheckedDocument & { readonly document: AuditedDocument };

/** The rows that are compared with each other. */
@Injectable()
export class RowsUnderAudit {
  constructor(
    readonly documents: DocumentsUnderAudit,
    readonly batches: BatchesUnderAudit,
    readonly numbers: NumbersUnderAudit,
  ) {}
}

/**
 * Compares what is stored of one issuer with what follows from it.
 *
 * It may run beside everything else: each page is read as of one moment, and what one transaction stores together (a PDF, its
 * leaf, the entry) is therefore seen together or not at all. Takes as much memory as one page, or the largest batch.
 */
@Injectable()
export class AuditStored {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: RowsUnderAudit,
    private readonly lists: AuditLists,
    private readonly profiles: IssuerProfiles,
    private readonly kinds: DocumentKinds,
    private readonly settings: Settings,
  ) {}

  async *execute(issuerId: string, scope: AuditScope, progress: Progress): AsyncGenerator<Finding> {
    yield* this.numbers(issuerId);
    yield* this.documents(issuerId, scope, progress);
    yield* this.lists.execute(issuerId);
    yield* this.batches(issuerId, scope, progress);
  }

  /** Documents chosen at random, by issuer. */
  sample(scope: AuditScope, size: number): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.read((tx) => this.rows.documents.sample(tx, scope, size));
  }

  async *chosen(issuerId: string, ids: readonly string[]): AsyncGenerator<Finding> {
    const profile = await this.profileOf(issuerId);
    for (let start = 0; profile !== null && start < ids.length; start += DOCUMENTS_A_PAGE) {
      const page = await this.read((tx) =>
        this.rows.documents.some(tx, issuerId, ids.slice(start, start + DOCUMENTS_A_PAGE)),
      );
      yield* this.check(profile, page);
    }
  }

  private async *numbers(issuerId: string): AsyncGenerator<Finding> {
    const { numbers } = this.rows;
    const gaps = this.all((tx, after: Gap | undefined) => numbers.findGaps(tx, issuerId, after));
    for await (const { series, first, last } of gaps) {
      yield { code: 'series.gap', issuerId, detail: `series ${series}, serials ${first} to ${last}` };
    }
    const behind = this.all((tx, after: NumberedDocument | undefined) => numbers.findBehind(tx, issuerId, after));
    for await (const document of behind) {
      yield { code: 'series.behind', issuerId, ...document };
    }
    const doubled = this.all((tx, after: NumberedDocument | undefined) => numbers.findDuplicates(tx, issuerId, after));
    for await (const document of doubled) {
      yield { code: 'number.duplicate', issuerId, ...document };
    }
    const dangling = this.all((tx, after: string | undefined) => numbers.findDangling(tx, issuerId, after));
    for await (const documentId of dangling) {
      yield { code: 'idempotency.dangling', issuerId, documentId };
    }
  }

  private async *documents(issuerId: string, scope: AuditScope, progress: Progress): AsyncGenerator<Finding> {
    const profile = await this.profileOf(issuerId);
    if (profile === null) {
      yield { code: 'issuer.key-broken', issuerId };
      return;
    }
    if (scope.sample !== undefined) {
      return;
    }
    const total = await this.read((tx) => this.rows.documents.count(tx, issuerId, scope));
    const page = (after: string | undefined): Promise<AuditedDocument[]> =>
      this.read((tx) => this.rows.documents.page(tx, issuerId, { since: scope.since, after, limit: DOCUMENTS_A_PAGE }));
    let [done, next] = [0, page(undefined)];
    for (;;) {
      const documents = await next;
      const last = documents.at(-1);
      if (last === undefined) {
        return;
      }
      next = page(last.id); // read while this page is hashed
      next.catch(() => undefined); // told where it is awaited
      yield* this.check(profile, documents);
      progress({ phase: 'documents', added: documents.length, done: (done += documents.length), total });
    }
  }

  private async *check(profile: IssuerProfile, documents: readonly AuditedDocument[]): AsyncGenerator<Finding> {
    const checked: Checked[] = [];
    for (const document of documents) {
      const lifeCycle = await this.lifeCycleOf(document.kind);
      const ground = { profile, chainId: this.settings.chainId, lifeCycle };
      checked.push({ ...checkDocument(document, ground), document });
    }
    // Asked after the documents were read: whoever fixes a leaf hands it over in the same commit.
    const issuerId = profile.issuer.id;
    const expected = checked.flatMap(({ entries }) =>
      entries.flatMap(({ entry, stored }) => (stored === undefined ? [entry] : [entry, stored])),
    );
    const counts = await this.read((tx) => this.rows.documents.countEntries(tx, issuerId, expected));
    for (const { findings, entries, document } of checked) {
      yield* findings;
      yield* entries.flatMap((entry) => entryProblems(document, { ...entry, isSound: findings.length === 0 }, counts));
    }
  }

  private async *batches(issuerId: string, { since }: AuditScope, progress: Progress): AsyncGenerator<Finding> {
    const { batches } = this.rows;
    for (const { batchId, entries } of await this.read((tx) => batches.findMissing(tx, issuerId))) {
      yield { code: 'batch.missing', issuerId, batchId, documents: entries };
    }
    const total = await this.read((tx) => batches.count(tx, issuerId, { since }));
    const read = (after: string | undefined): Promise<AuditedBatch[]> =>
      this.read((tx) => batches.page(tx, issuerId, { since, after, limit: BATCHES_A_PAGE }));
    let done = 0;
    for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1)?.id)) {
      for (const batch of page) {
        yield* checkBatch(batch, await this.read((tx) => batches.content(tx, batch)));
        progress({ phase: 'batches', added: 1, done: (done += 1), total });
      }
    }
  }

  private async profileOf(issuerId: string): Promise<IssuerProfile | null> {
    try {
      return await this.profiles.get(issuerId);
    } catch (error) {
      if (error instanceof SealBroken) {
        return null;
      }
      throw error;
    }
  }

  private async lifeCycleOf(kind: string): Promise<LifeCycle | null> {
    return (await this.kinds.find(kind))?.lifeCycle ?? null;
  }

  /** As of one moment, and changing nothing. */
  private all<Row>(find: (tx: Tx, after: Row | undefined) => Promise<readonly Row[]>): AsyncGenerator<Row> {
    return inPages((last: Row | undefined) => this.read((tx) => find(tx, last)));
  }

  private read<Answer>(work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    return this.unitOfWork.run(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      return work(tx);
    });
  }
}

type Expected = CheckedDocument['entries'][number] & { readonly isSound: boolean };

/** Only what follows from a document in which nothing is wrong may be handed over by `reconcile`. */
function entryProblems(
  { issuerId, id: documentId, number }: AuditedDocument,
  { seq, entry, stored = entry, isDerived, isSound }: Expected,
  counts: ReadonlyMap<string, number>,
): Finding[] {
  const hex = Buffer.from(entry).toString('hex');
  const count = counts.get(hex) ?? counts.get(Buffer.from(stored).toString('hex')) ?? 0;
  if (count === 1) {
    return [];
  }
  const place = { issuerId, documentId, number, seq };
  return count > 1
    ? [{ code: 'entry.duplicate', ...place }]
    : [{ code: 'entry.missing', ...place, ...(isDerived && isSound ? { entry: `0x${hex}` } : {}) }];
}
