import { Injectable } from '@nestjs/common';
import { type Issuer, IdentityRepository } from '../identity/index.js';
import { Chains, ChainUnreachable, type ConfiguredChain, WrongChain } from '../platform/chain/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { AuditChain } from './audit-chain.js';
import { AuditEntries } from './audit-entries.js';
import type { AuditScope, Progress } from './audit-scope.js';
import { AuditStored } from './audit-stored.js';
import type { Finding, FindingCode } from './finding.js';

/** After one of these an entry of no event may stand where another one is missing. */
const ENTRIES_IN_DOUBT: ReadonlySet<FindingCode> = new Set(['entry.missing', 'batch.leaves-wrong', 'batch.root-wrong']);

/**
 * The product's promise, checked by the product: derives every commitment again from what is stored, and compares it with
 * every chain. Changes nothing, and may run beside everything else.
 */
@Injectable()
export class Fsck {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly stored: AuditStored,
    private readonly entries: AuditEntries,
    private readonly chain: AuditChain,
    private readonly chains: Chains,
  ) {}

  /** Findings as they are found. A chain that cannot be asked is told as such, and the others are asked all the same. */
  async *execute(scope: AuditScope, progress: Progress): AsyncGenerator<Finding> {
    const issuers = await this.issuersIn(scope);
    const inDoubt = new Set<string>();
    for await (const finding of this.inStore(issuers, scope, progress)) {
      if (ENTRIES_IN_DOUBT.has(finding.code) && finding.issuerId !== undefined) {
        inDoubt.add(finding.issuerId);
      }
      yield finding;
    }
    for (const { id } of issuers) {
      yield* await this.entries.execute(id, inDoubt.has(id));
    }
    for (const chain of this.chains.all) {
      yield* this.compareWith(chain, issuers, { scope, progress });
    }
  }

  private async *inStore(issuers: readonly Issuer[], scope: AuditScope, progress: Progress): AsyncGenerator<Finding> {
    for (const { id } of issuers) {
      yield* this.stored.execute(id, scope, progress);
    }
    if (scope.sample !== undefined) {
      for (const [issuerId, ids] of await this.stored.sample(scope, scope.sample)) {
        yield* this.stored.chosen(issuerId, ids);
      }
    }
  }

  private async *compareWith(
    chain: ConfiguredChain,
    issuers: readonly Issuer[],
    { scope, progress }: { scope: AuditScope; progress: Progress },
  ): AsyncGenerator<Finding> {
    const { chainId } = chain;
    try {
      await chain.client.assertChainId();
      for (const { id: issuerId, store } of issuers) {
        yield* this.chain.execute({ issuerId, store, chain }, scope, progress);
      }
    } catch (error) {
      if (!(error instanceof ChainUnreachable) && !(error instanceof WrongChain)) {
        throw error;
      }
      yield { code: 'chain.not-asked', chainId, detail: error.message };
    }
  }

  private async issuersIn({ issuerId }: AuditScope): Promise<Issuer[]> {
    const all = await this.unitOfWork.run((tx) => this.identities.listIssuers(tx));
    return issuerId === undefined ? all : all.filter(({ id }) => id === issuerId);
  }
}
