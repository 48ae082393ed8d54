import { Injectable } from '@nestjs/common';
import { ChainClient, createStore, deployContracts } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import type { Issuer } from './issuer.js';
import { issuerKeyOf, storeRoles } from './register-issuer.js';

/** Puts an issuer's store on the chain, at the address that was printed on its documents from the first day. */
@Injectable()
export class DeployStore {
  constructor(
    private readonly chain: ChainClient,
    private readonly settings: Settings,
  ) {}

  /** Does nothing where the store, or the factory, stands already. */
  async execute(issuer: Issuer): Promise<void> {
    await deployContracts(this.chain, this.settings.chainAdminKey);
    await createStore(this.chain, this.settings.chainAdminKey, {
      ...storeRoles(this.settings),
      issuerKey: issuerKeyOf(issuer.id),
    });
  }
}
