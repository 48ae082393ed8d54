import { Injectable } from '@nestjs/common';
import { type Issuer, IdentityRepository } from '../identity/index.js';
import { addressOf, Chains, type ConfiguredChain, revokeHashes } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { AnchorsUnderAudit } from './anchors-under-audit.repository.js';
import { StoreArchive } from './store-archive.js';

/** As many as one transaction revokes: about 3 million gas. */
const ROOTS_AT_A_TIME = 100;

/** A root that an issuer's store holds, that no batch here has, and that nobody has revoked. */
export type ForeignRoot = {
  readonly issuerId: string;
  readonly store: string;
  readonly chainId: number;
  /** 0x hex. */
  readonly root: string;
  readonly anchoredAt: Date;
  readonly blockNumber: number;
  /** 0x hex. */
  readonly transactionHash: string;
  /** Who sent that (EIP-55): whose key is in wrong hands. Null when the nodes have forgotten the transaction. */
  readonly sentBy: string | null;
};

/**
 * Left alone: `earlier`, anchored before the time that was given; `relayer-in-use`, sent with a key that the settings still
 * name, as a restored database would see its own roots; `sender-unknown`, until nodes are asked that remember.
 */
type Reprieve = 'earlier' | 'relayer-in-use' | 'sender-unknown';

/** `not-admin`: another account than that of `CHAIN_ADMIN_KEY` is the store's admin, and nothing was sent. */
export type Disowned = ForeignRoot & {
  readonly outcome: 'would-revoke' | 'revoked' | 'not-admin' | Reprieve;
};

/** What was asked for: of one issuer or all; roots anchored at `since` or later; nothing is sent without `apply`. */
export type Disowning = { readonly issuerId: string | undefined; readonly since: Date; readonly apply: boolean };

/**
 * Revokes what somebody else has anchored in the issuers' stores: with a stolen relayer key that is as good as issuing, for
 * verifiers that ask the chain believe every root in a store.
 *
 * MUST NOT be let loose on a database that is older than the chain, such as a backup: the roots of the batches that it has
 * forgotten are genuine, and a revocation cannot be taken back. What keys of the settings have sent is therefore left alone: a
 * key that leaked is to be replaced first.
 */
@Injectable()
export class DisownRoots {
  private readonly ours: ReadonlySet<string>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly anchors: AnchorsUnderAudit,
    private readonly chains: Chains,
    private readonly settings: Settings,
  ) {
    const { chainRelayerKey, chainFurtherRelayerKeys, chainAdminKey } = settings;
    this.ours = new Set([chainRelayerKey, ...chainFurtherRelayerKeys, chainAdminKey].map((key) => addressOf(key)));
  }

  /** Each such root, on every chain, with what was done about it. Throws `ChainUnreachable` and `WrongChain`. */
  async *execute(wanted: Disowning): AsyncGenerator<Disowned> {
    const issuers = await this.unitOfWork.run((tx) => this.identities.listIssuers(tx));
    for (const chain of this.chains.all) {
      await chain.client.assertChainId();
      for (const issuer of issuers.filter(({ id }) => wanted.issuerId === undefined || wanted.issuerId === id)) {
        yield* this.disownIn(issuer, chain, wanted);
      }
    }
  }

  private async *disownIn(issuer: Issuer, chain: ConfiguredChain, wanted: Disowning): AsyncGenerator<Disowned> {
    for await (const found of this.foreignIn(issuer, chain)) {
      const due = found.filter((root) => this.whyNot(root, wanted) === null);
      const outcome: Disowned['outcome'] =
        wanted.apply && due.length > 0 ? await this.revoke(issuer.store, chain, due) : 'would-revoke';
      yield* found.map((root) => ({ ...root, outcome: this.whyNot(root, wanted) ?? outcome }));
    }
  }

  private whyNot({ anchoredAt, sentBy }: ForeignRoot, { since }: Disowning): Reprieve | null {
    if (anchoredAt < since) {
      return 'earlier';
    }
    if (sentBy === null) {
      return 'sender-unknown';
    }
    return this.ours.has(sentBy) ? 'relayer-in-use' : null;
  }

  private revoke(
    store: string,
    { client }: ConfiguredChain,
    roots: readonly ForeignRoot[],
  ): ReturnType<typeof revokeHashes> {
    return revokeHashes(client, this.settings.chainAdminKey, { store, hashes: roots.map(({ root }) => root) });
  }

  /** In pieces of what one transaction revokes. The chain is read first: whatever of ours it holds was stored here before. */
  private async *foreignIn(issuer: Issuer, { chainId, client }: ConfiguredChain): AsyncGenerator<ForeignRoot[]> {
    const archive = new StoreArchive(client, issuer.store);
    if (!(await archive.exists())) {
      return;
    }
    const { number: head } = await client.head();
    for await (const announced of archive.announcements(head)) {
      const anchored = announced.filter((said) => said.kind === 'anchored');
      for (let from = 0; from < anchored.length; from += ROOTS_AT_A_TIME) {
        const piece = anchored.slice(from, from + ROOTS_AT_A_TIME);
        const roots = piece.map(({ root }) => root);
        const carried = await this.unitOfWork.run((tx) => this.anchors.findCarried(tx, issuer.id, chainId, roots));
        const unknown = piece.filter(({ root }) => !carried.has(root));
        const place = { issuerId: issuer.id, store: issuer.store, chainId };
        const found = unknown.map(async ({ root, blockNumber, transactionHash }) => {
          const record = await archive.recordIfInForce(root);
          const anchoredAt = new Date((record?.time ?? 0) * 1_000);
          const sentBy = record && (await client.senderOf(transactionHash));
          return record === null ? [] : [{ ...place, root, anchoredAt, blockNumber, transactionHash, sentBy }];
        });
        yield (await Promise.all(found)).flat();
      }
    }
  }
}
