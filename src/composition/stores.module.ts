import { Global, Injectable, Module } from '@nestjs/common';
import { StoreDirectory } from '../anchoring/index.js';
import { IdentityModule, IdentityRepository } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';

/** Anchoring knows issuers by id only; identity knows their stores. */
@Injectable()
class IssuerStores extends StoreDirectory {
  constructor(private readonly identities: IdentityRepository) {
    super();
  }

  override storesOf(tx: Tx, issuerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.identities.findStores(tx, issuerIds);
  }
}

@Global()
@Module({
  imports: [IdentityModule],
  providers: [{ provide: StoreDirectory, useClass: IssuerStores }],
  exports: [StoreDirectory],
})
export class StoresModule {}
