import { Injectable } from '@nestjs/common';
import { Chains, createStore, deployContracts, storeAddress } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { StoreRolesUnknown } from './identity.errors.js';
import { IdentityRepository } from './identity.repository.js';
import type { Issuer } from './issuer.js';
import { accountsOf, type RoleAccounts, storeRolesOf } from './store-roles.js';

/** Puts an issuer's store on every chain, at the address that was printed on its documents from the first day. */
@Injectable()
export class DeployStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly chains: Chains,
    private readonly settings: Settings,
  ) {}

  /**
   * Does nothing where the store, or the factory, stands already. The store is made of the roles that the issuer was
   * registered with, whatever keys this process has: its own key only pays. Throws `StoreRolesUnknown`, before anything
   * is sent, when those were never written down and are not those of this process. Answers with these roles: a store begins
   * with them on every chain, also when they were taken from somebody on another.
   */
  async execute({ id, store }: Issuer): Promise<RoleAccounts> {
    const recorded = await this.unitOfWork.run((tx) => this.identities.findStoreAccounts(tx, id), { issuerId: id });
    const accounts = recorded ?? accountsOf(this.settings);
    const roles = storeRolesOf(id, accounts);
    if (storeAddress(roles) !== store) {
      throw new StoreRolesUnknown(id, store);
    }
    for (const { client } of this.chains.all) {
      await deployContracts(client, this.settings.chainAdminKey);
      await createStore(client, this.settings.chainAdminKey, roles);
    }
    return accounts;
  }
}
