import { Injectable } from '@nestjs/common';
import { didAnchor } from '../anchoring/index.js';
import { Clock, to0x } from '../kernel/index.js';
import {
  type ChainBlock,
  type ChainClient,
  type ConfiguredChain,
  findAnchoringBlock,
  type LogFilter,
  type PlacedLog,
} from '../platform/chain/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { type AnchorOnChain, checkAnchor } from './anchor.check.js';
import { AnchorsUnderAudit, type AuditedAnchor, type CarriedBatch } from './anchors-under-audit.repository.js';
import type { AuditScope, Progress } from './audit-scope.js';
import type { Finding } from './finding.js';
import { inPages, ROWS_A_PAGE } from './in-pages.js';
import { type Announcement, NO_HEAD, nextHead, StoreArchive } from './store-archive.js';

const QUESTIONS_AT_A_TIME = 16;

/** An issuer's store on one chain. */
export type StoreUnderAudit = { readonly issuerId: string; readonly store: string; readonly chain: ConfiguredChain };

/** Many anchors lie in one block; the newest thousand are remembered. */
class BlockMemory {
  private readonly blocks = new Map<number, Promise<ChainBlock | null>>();

  constructor(private readonly chain: ChainClient) {}

  block(number: number): Promise<ChainBlock | null> {
    const known = this.blocks.get(number) ?? this.chain.block(number);
    if (this.blocks.size >= 1_000) {
      this.forget();
    }
    this.blocks.set(number, known);
    return known;
  }

  head(): Promise<ChainBlock> {
    return this.chain.head();
  }

  logs(filter: LogFilter): Promise<readonly PlacedLog[] | null> {
    return this.chain.logs(filter);
  }

  forget(): void {
    this.blocks.clear();
  }
}

/**
 * Compares what is stored of one issuer with what its store on one chain says, both ways: what is said to be there, and what
 * is there and nobody here has said.
 */
@Injectable()
export class AuditChain {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly anchors: AnchorsUnderAudit,
    private readonly clock: Clock,
  ) {}

  /** Throws `ChainUnreachable` and `WrongChain`: then nothing was shown, neither way. */
  async *execute(at: StoreUnderAudit, scope: AuditScope, progress: Progress): AsyncGenerator<Finding> {
    const { issuerId, chain } = at;
    const { chainId } = chain;
    const archive = new StoreArchive(chain.client, at.store);
    const exists = await archive.exists();
    const batches = await this.unitOfWork.run((tx) => this.anchors.countBatches(tx, issuerId));
    if (!exists && batches > 0) {
      yield { code: 'chain.store-missing', issuerId, chainId, documents: batches, detail: at.store };
    }
    yield* this.missingRows(issuerId, chain);
    yield* this.anchorsOf(at, { archive, exists, scope, total: batches, progress });
    yield* this.revocationsOf(at, { archive, exists });
    if (exists) {
      yield* this.announced(at, archive);
    }
  }

  private async *missingRows(issuerId: string, { chainId, since }: ConfiguredChain): AsyncGenerator<Finding> {
    const choice = { chainId, since, limit: ROWS_A_PAGE };
    const batches = inPages((last: { batchId: string; size: number } | undefined) =>
      this.unitOfWork.run((tx) => this.anchors.findMissing(tx, issuerId, { ...choice, after: last?.batchId })),
    );
    for await (const { batchId, size } of batches) {
      yield { code: 'anchor.missing', issuerId, batchId, chainId, documents: size };
    }
    const revoked = inPages((last: { documentId: string; number: string } | undefined) =>
      this.unitOfWork.run((tx) => this.anchors.findUnrevoked(tx, issuerId, { ...choice, after: last?.documentId })),
    );
    for await (const document of revoked) {
      yield { code: 'revocation.missing', issuerId, chainId, ...document };
    }
  }

  private async *anchorsOf(
    { issuerId, store, chain }: StoreUnderAudit,
    { archive, exists, scope, total, progress }: Errand,
  ): AsyncGenerator<Finding> {
    const { chainId, client } = chain;
    const blocks = new BlockMemory(client);
    const ask = async (anchor: AuditedAnchor): Promise<AnchorOnChain | null> => {
      const record = exists ? await archive.recordOf(anchor.root) : null;
      const sought = {
        store,
        root: to0x(anchor.root),
        ...(anchor.blockNumber === null ? {} : { hint: anchor.blockNumber }),
      };
      return record && { record, block: await findAnchoringBlock(blocks, sought, record) };
    };
    const read = (after: string | undefined): Promise<AuditedAnchor[]> => {
      const choice = { chainId, since: scope.since, after, limit: ROWS_A_PAGE };
      return this.unitOfWork.run((tx) => this.anchors.page(tx, issuerId, choice));
    };
    let done = 0;
    for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1)?.batchId)) {
      for (const group of groupsOf(page)) {
        const compared = await Promise.all(group.map((anchor) => this.compare(anchor, ask, { chainId, blocks })));
        yield* compared.flat();
      }
      progress({ phase: `anchors on chain ${chainId}`, added: page.length, done: (done += page.length), total });
    }
  }

  /** Worker and chain move while we look: a difference counts when it is still there at a second look at both. */
  private async compare(
    anchor: AuditedAnchor,
    ask: (anchor: AuditedAnchor) => Promise<AnchorOnChain | null>,
    { chainId, blocks }: { chainId: number; blocks: BlockMemory },
  ): Promise<Finding[]> {
    const now = this.clock.now();
    const findings = checkAnchor(anchor, await ask(anchor), { chainId, now });
    if (findings.length === 0) {
      return [];
    }
    blocks.forget();
    const again = await this.unitOfWork.run((tx) => this.anchors.find(tx, { ...anchor, chainId }));
    return again === null ? [] : checkAnchor(again, await ask(again), { chainId, now });
  }

  private async *revocationsOf(
    { issuerId, chain }: StoreUnderAudit,
    { archive, exists }: Pick<Errand, 'archive' | 'exists'>,
  ): AsyncGenerator<Finding> {
    const { chainId } = chain;
    const read = (after: string | undefined): ReturnType<AnchorsUnderAudit['revoked']> =>
      this.unitOfWork.run((tx) => this.anchors.revoked(tx, issuerId, { chainId, after, limit: ROWS_A_PAGE }));
    for (let page = await read(undefined); page.length > 0; page = await read(page.at(-1)?.documentId)) {
      for (const group of groupsOf(page)) {
        const held = await Promise.all(group.map(async ({ leaf }) => exists && (await archive.isRevoked(leaf))));
        for (const { documentId, number } of group.filter((_, index) => held[index] === false)) {
          yield { code: 'revocation.not-on-chain', issuerId, documentId, number, chainId };
        }
      }
    }
  }

  /** The chain is read first: whatever it holds by then was stored here before. */
  private async *announced(at: StoreUnderAudit, archive: StoreArchive): AsyncGenerator<Finding> {
    const { issuerId, chain } = at;
    const { chainId } = chain;
    const end = await chain.client.head();
    // At once: nodes keep the states of few blocks, and reading what was announced takes its time.
    const announcedHead = await archive.headAt(end.number);
    let head = NO_HEAD;
    let isWhole = true;
    for await (const piece of archive.announcements(end.number)) {
      for (const said of piece) {
        if (said.kind === 'anchored') {
          head = nextHead(head, said.root, said.count);
          isWhole &&= head === said.head;
          head = said.head;
        }
      }
      const anchored = piece.filter((said) => said.kind === 'anchored');
      const carried = await this.unitOfWork.run((tx) =>
        this.anchors.findCarried(
          tx,
          issuerId,
          chainId,
          anchored.map(({ root }) => root),
        ),
      );
      yield* await unknownRoots(at, archive, { anchored, carried });
      yield* this.misnamed(at, anchored, carried);
      yield* await this.unexplained(at, archive, piece);
    }
    if (!isWhole || head !== announcedHead) {
      yield { code: 'chain.head-wrong', issuerId, chainId, detail: `up to block ${end.number}` };
    }
  }

  /** A stamp that names a transaction which did not bring the root in does not verify. */
  private async *misnamed(
    { issuerId, store, chain }: StoreUnderAudit,
    anchored: readonly AnchoredRoot[],
    carried: ReadonlyMap<string, CarriedBatch>,
  ): AsyncGenerator<Finding> {
    const { chainId, client } = chain;
    for (const { root, ...place } of anchored) {
      const batch = carried.get(root);
      const stored = batch?.transactionHash ?? null;
      if (batch === undefined || stored === null || stored === place.transactionHash) {
        continue;
      }
      // The worker may have found a new place since the announcements were read.
      const receipt = await client.receipt(stored);
      if (receipt === null || !didAnchor(receipt, store, root)) {
        const detail = `stored: transaction ${stored}; the chain: ${placeText(place)}`;
        yield { code: 'anchor.place-wrong', issuerId, batchId: batch.batchId, chainId, documents: batch.size, detail };
      }
    }
  }

  private async unexplained(
    at: StoreUnderAudit,
    archive: StoreArchive,
    piece: readonly Announcement[],
  ): Promise<Finding[]> {
    const { issuerId, chain } = at;
    const { chainId } = chain;
    const revoked = piece.filter((said) => said.kind === 'revoked');
    const hashes = revoked.map(({ hash }) => hash);
    const asked = await this.unitOfWork.run((tx) => this.anchors.findAskedFor(tx, issuerId, chainId, hashes));
    const findings: Finding[] = [];
    for (const { hash, ...place } of revoked.filter((said) => !asked.has(said.hash))) {
      if (!(await this.isDisowned(at, archive, hash))) {
        const whose = (await this.unitOfWork.run((tx) => this.anchors.findByLeaf(tx, issuerId, hash))) ?? {};
        const detail = `${hash}, ${placeText(place)}`;
        findings.push({ code: 'revocation.unknown', issuerId, chainId, ...whose, detail });
      }
    }
    return findings;
  }

  /** A foreign root, which the issuer has revoked: see `DisownRoots`. */
  private async isDisowned(
    { issuerId, chain: { chainId } }: StoreUnderAudit,
    archive: StoreArchive,
    hash: string,
  ): Promise<boolean> {
    if ((await archive.recordOf(hash)) === null) {
      return false;
    }
    const carried = await this.unitOfWork.run((tx) => this.anchors.findCarried(tx, issuerId, chainId, [hash]));
    return !carried.has(hash);
  }
}

type AnchoredRoot = Extract<Announcement, { kind: 'anchored' }>;

/** Those that the issuer has revoked are harmless. */
async function unknownRoots(
  { issuerId, chain: { chainId } }: StoreUnderAudit,
  archive: StoreArchive,
  { anchored, carried }: { anchored: readonly AnchoredRoot[]; carried: ReadonlyMap<string, CarriedBatch> },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { root, count, ...place } of anchored.filter((said) => !carried.has(said.root))) {
    if (!(await archive.isRevoked(root))) {
      const detail = `root ${root}, ${placeText(place)}`;
      findings.push({ code: 'chain.root-unknown', issuerId, chainId, documents: Number(count), detail });
    }
  }
  return findings;
}

type Errand = {
  readonly archive: StoreArchive;
  readonly exists: boolean;
  readonly scope: AuditScope;
  readonly total: number;
  readonly progress: Progress;
};

function groupsOf<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / QUESTIONS_AT_A_TIME);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * QUESTIONS_AT_A_TIME, (index + 1) * QUESTIONS_AT_A_TIME),
  );
}

function placeText({ blockNumber, transactionHash }: Pick<Announcement, 'blockNumber' | 'transactionHash'>): string {
  return `block ${blockNumber}, transaction ${transactionHash}`;
}
