import { Injectable } from '@nestjs/common';
import { getAddress, isAddress } from 'ethers';
import { addressOf, Chains, type RelayerOutcome, setRelayer } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { RelayerInUse, RelayerInvalid } from './identity.errors.js';
import type { Issuer } from './issuer.js';
import type { RoleAccounts } from './store-roles.js';

/** What was done about one account in one issuer's store on one chain. */
export type RelayerOfStore = {
  readonly issuerId: string;
  readonly store: string;
  readonly chainId: number;
  readonly relayer: string;
  readonly outcome: RelayerOutcome;
};

type OwnStore = Pick<Issuer, 'id' | 'store'>;

/** Who may anchor in the issuers' stores: the admin says so, store by store, for each store takes orders from its admin alone. */
@Injectable()
export class ManageRelayers {
  constructor(
    private readonly chains: Chains,
    private readonly settings: Settings,
  ) {}

  /** Admits every relayer of the settings. Doing it again changes nothing and sends nothing. */
  async admit(issuers: readonly OwnStore[]): Promise<readonly RelayerOfStore[]> {
    const done: RelayerOfStore[] = [];
    for (const relayer of this.configured()) {
      done.push(...(await this.setEverywhere(issuers, relayer, true)));
    }
    return done;
  }

  /**
   * Takes the role from `account` (0x hex). What it has anchored stays, and counts as the issuer's until its root is revoked:
   * see `DisownRoots`. On a chain that is added later a store begins with its first relayer: see `dismissFirst`. Throws `RelayerInvalid`, and `RelayerInUse` while the settings name its key: its next transaction would be
   * paid for in vain.
   */
  async dismiss(account: string, issuers: readonly OwnStore[]): Promise<readonly RelayerOfStore[]> {
    if (!isAddress(account)) {
      throw new RelayerInvalid(account);
    }
    const relayer = getAddress(account);
    if (this.configured().includes(relayer)) {
      throw new RelayerInUse(relayer);
    }
    return this.setEverywhere(issuers, relayer, false);
  }

  /**
   * Takes the role from the account that the issuer's store was made with, where the settings name its key no more: on a chain
   * where it has just been put, whoever was dismissed elsewhere would be a relayer again.
   */
  async dismissFirst(issuer: OwnStore, { relayer }: Pick<RoleAccounts, 'relayer'>): Promise<readonly RelayerOfStore[]> {
    return this.configured().includes(relayer) ? [] : this.setEverywhere([issuer], relayer, false);
  }

  private configured(): readonly string[] {
    return [this.settings.chainRelayerKey, ...this.settings.chainFurtherRelayerKeys].map((key) => addressOf(key));
  }

  /** One after the other: the admin's transactions have to be in order. */
  private async setEverywhere(
    issuers: readonly OwnStore[],
    relayer: string,
    isAdmitted: boolean,
  ): Promise<RelayerOfStore[]> {
    const done: RelayerOfStore[] = [];
    for (const { chainId, client } of this.chains.all) {
      await client.assertChainId();
      for (const { id: issuerId, store } of issuers) {
        const outcome = await setRelayer(client, this.settings.chainAdminKey, { store, relayer, isAdmitted });
        done.push({ issuerId, store, chainId, relayer, outcome });
      }
    }
    return done;
  }
}
