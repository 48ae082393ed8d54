import { Injectable } from '@nestjs/common';
import { Chains, createStore, deployContracts } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import type { Issuer } from './issuer.js';
import { issuerKeyOf, storeRoles } from './register-issuer.js';

/** Puts an issuer's store on every chain, at the address that was printed on its documents from the first day. */
@Injectable()
export class DeployStore {
  constructor(
    private readonly chains: Chains,
    private readonly settings: Settings,
  ) {}

  /** Does nothing where the store, or the factory, stands already. */
  async execute(issuer: Issuer): Promise<void> {
    const roles = { ...storeRoles(this.settings), issuerKey: issuerKeyOf(issuer.id) };
    for (const { client } of this.chains.all) {
      await deployContracts(client, this.settings.chainAdminKey);
      await createStore(client, this.settings.chainAdminKey, roles);
    }
  }
}
