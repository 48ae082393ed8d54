import { Injectable } from '@nestjs/common';
import { type AnchorPlace, AnchorRepairs, relayersOf, senderOf, SubmitLeaf } from '../anchoring/index.js';
import { DocumentRepairs } from '../documents/index.js';
import { fromHex } from '../kernel/index.js';
import { Chains, type ConfiguredChain } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { type Tx, UnitOfWork } from '../platform/database/index.js';
import { buildTree } from '../proof/index.js';
import { BatchesUnderAudit } from './batches-under-audit.repository.js';
import type { Finding, FindingCode } from './finding.js';
import { LocateRoot } from './locate-root.js';

/** What was, or would be, done about a finding; `why` is set when nothing can be. */
export type Repaired = { readonly action: string; readonly isDone: boolean; readonly why?: string };

/** One repair. It changes nothing unless it is told to, and doing it twice changes nothing either. */
type Work = { readonly action: string; readonly apply: () => Promise<Repaired['why']> };

/** What repairs write through. */
@Injectable()
export class RepairTools {
  constructor(
    readonly anchors: AnchorRepairs,
    readonly documents: DocumentRepairs,
    readonly submitLeaf: SubmitLeaf,
    readonly batches: BatchesUnderAudit,
    readonly locateRoot: LocateRoot,
  ) {}
}

/**
 * Puts right what follows from what is whole: never a document, a number, a leaf, or what a batch is made of. What cannot be
 * derived is a matter for a backup, and for people.
 */
@Injectable()
export class Repair {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tools: RepairTools,
    private readonly chains: Chains,
    private readonly settings: Settings,
  ) {}

  /** Null when there is nothing that may be done about this finding. Throws `ChainUnreachable`. */
  async execute(finding: Finding, { apply, retry }: { apply: boolean; retry: boolean }): Promise<Repaired | null> {
    const work = this.workFor(finding, retry);
    if (work === null) {
      return null;
    }
    const { action } = work;
    if (!apply) {
      return { action, isDone: false };
    }
    const why = await work.apply();
    return why === undefined ? { action, isDone: true } : { action, isDone: false, why };
  }

  private workFor(finding: Finding, retry: boolean): Work | null {
    if (finding.code === 'document.given-up' || finding.code === 'event.given-up') {
      return retry ? this.retryWork(finding) : null;
    }
    return this.works[finding.code]?.(finding) ?? null;
  }

  private get works(): Readonly<Partial<Record<FindingCode, (finding: Finding) => Work>>> {
    const entry = (finding: Finding): Work => ({
      action: 'hand the entry over to be anchored',
      apply: () => this.submit(finding),
    });
    const tiles = (finding: Finding): Work => ({
      action: 'write the tiles anew from the batch’s entries',
      apply: () => this.writeTiles(finding),
    });
    const add = (finding: Finding): Work => ({
      action: 'let the root be anchored on this chain',
      apply: () => this.write((tx) => this.tools.anchors.add(tx, onChain(inBatch(finding)))),
    });
    const takeBack = (finding: Finding): Work => ({
      action: 'let the root be anchored again',
      apply: () => this.takeBack(onChain(inBatch(finding))),
    });
    const relocate = (finding: Finding): Work => ({
      action: 'take the place of the root from the chain',
      apply: () => this.relocate(onChain(inBatch(finding))),
    });
    const revoke = (finding: Finding): Work => ({
      action: 'send the revocation to the chain',
      apply: () => this.revoke(onChain(named(finding))),
    });
    return {
      ...{ 'entry.missing': entry, 'list.entry-missing': entry },
      ...{ 'tile.missing': tiles, 'tile.wrong': tiles },
      ...{ 'anchor.missing': add, 'anchor.not-on-chain': takeBack },
      ...{ 'anchor.place-wrong': relocate, 'anchor.behind': relocate },
      ...{ 'revocation.missing': revoke, 'revocation.not-on-chain': revoke },
    };
  }

  private takeBack(place: AnchorPlace): Promise<Repaired['why']> {
    const senders = relayersOf(this.settings, this.chainOf(place.chainId)).map(({ sender }) => sender);
    return this.write((tx) => this.tools.anchors.takeBack(tx, place, senders));
  }

  private revoke(place: Parameters<DocumentRepairs['revokeAgain']>[1]): Promise<Repaired['why']> {
    const { sender } = senderOf(this.chainOf(place.chainId), this.settings.chainAdminKey);
    return this.write((tx) => this.tools.documents.revokeAgain(tx, place, sender));
  }

  private retryWork(finding: Finding): Work {
    const { documents } = this.tools;
    const place = named(finding);
    return finding.code === 'document.given-up'
      ? { action: 'draw the document again', apply: () => this.write((tx) => documents.retryDrawing(tx, place)) }
      : { action: 'fix the leaves again', apply: () => this.write((tx) => documents.retryLeaves(tx, place)) };
  }

  private async submit({ issuerId = '', entry }: Finding): Promise<Repaired['why']> {
    if (entry === undefined) {
      return 'The document has other differences: nothing that may be wrong is anchored.';
    }
    const bytes = fromHex(entry);
    return this.unitOfWork.run(async (tx) => {
      if (await this.tools.batches.isInTile(tx, issuerId, bytes)) {
        return 'A batch holds the entry already: restore its row of anchor_leaves, or it would be anchored twice.';
      }
      await this.tools.submitLeaf.execute(tx, issuerId, [bytes]);
      return undefined;
    });
  }

  private writeTiles(finding: Finding): Promise<Repaired['why']> {
    const { issuerId, batchId } = inBatch(finding);
    return this.unitOfWork.run(async (tx) => {
      const batch = await this.tools.batches.find(tx, issuerId, batchId);
      const { leaves } = await this.tools.batches.content(tx, { issuerId, id: batchId });
      const tree = buildTree(leaves);
      if (batch === null || !Buffer.from(tree.root).equals(batch.root)) {
        return 'The entries do not give the root of the batch any more.';
      }
      await this.tools.anchors.writeTiles(tx, { issuerId, batchId }, tree);
      return undefined;
    });
  }

  private async relocate(place: AnchorPlace): Promise<Repaired['why']> {
    const found = await this.tools.locateRoot.execute(this.chainOf(place.chainId), place);
    return found === null
      ? 'The store does not hold the root any more.'
      : this.write((tx) => this.tools.anchors.moveTo(tx, place, found));
  }

  private chainOf(chainId: number): ConfiguredChain {
    return this.chains.find(chainId) ?? this.chains.primary;
  }

  private write(work: (tx: Tx) => Promise<boolean>): Promise<Repaired['why']> {
    return this.unitOfWork.run(async (tx) => ((await work(tx)) ? undefined : 'It has changed meanwhile: look again.'));
  }
}

type BatchPlace = { readonly issuerId: string; readonly batchId: string };

function inBatch({ issuerId = '', batchId = '', chainId }: Finding): BatchPlace & Pick<Finding, 'chainId'> {
  return chainId === undefined ? { issuerId, batchId } : { issuerId, batchId, chainId };
}

function named({ issuerId = '', documentId = '', chainId }: Finding): {
  readonly issuerId: string;
  readonly documentId: string;
  readonly chainId?: number;
} {
  return chainId === undefined ? { issuerId, documentId } : { issuerId, documentId, chainId };
}

function onChain<Place extends object>(
  place: Place & { readonly chainId?: number },
): Place & { readonly chainId: number } {
  return { ...place, chainId: place.chainId ?? 0 };
}
