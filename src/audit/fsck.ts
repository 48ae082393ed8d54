import { Injectable } from '@nestjs/common';
import { type Issuer, IdentityRepository } from '../identity/index.js';
import { Chains, ChainUnreachable, type ConfiguredChain, WrongChain } from '../platform/chain/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { AuditChain } from './audit-chain.js';
import { AuditEntries } from './audit-entries.js';
import type { AuditScope, Progress } from './audit-scope.js';
import { AuditStored } from './audit-stored.js';
import type { Finding } from './finding.js';

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
    for (const { id } of issuers) {
      yield* this.stored.execute(id, scope, progress);
      yield* await this.entries.execute(id);
    }
    if (scope.sample !== undefined) {
      for (const [issuerId, ids] of await this.stored.sample(scope, scope.sample)) {
        yield* this.stored.chosen(issuerId, ids);
      }
    }
    for (const chain of this.chains.all) {
      yield* this.compareWith(chain, issuers, { scope, progress });
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
