import { Injectable } from '@nestjs/common';
import { Clock, IdSource, isUscc } from '../kernel/index.js';
import { storeAddress } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { isCollision, UnitOfWork } from '../platform/database/index.js';
import { IssuerKeys } from '../platform/vault/index.js';
import { InvalidTaxId, TaxIdTaken } from './identity.errors.js';
import { IdentityRepository } from './identity.repository.js';
import type { Issuer, IssuerId } from './issuer.js';
import { accountsOf, storeRolesOf } from './store-roles.js';

export type IssuerRequest = Pick<Issuer, 'name' | 'taxId' | 'regionCode' | 'taxBureau' | 'domain' | 'mandate'>;

/** Admits a new issuer. Its store's address is final from now on; the store itself is deployed by `DeployStore`. */
@Injectable()
export class RegisterIssuer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly keys: IssuerKeys,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Throws `InvalidTaxId` or `TaxIdTaken`. */
  async execute(request: IssuerRequest): Promise<IssuerId> {
    if (!isUscc(request.taxId)) {
      throw new InvalidTaxId();
    }
    const id = this.ids.uuid() as IssuerId;
    const storeAccounts = accountsOf(this.settings);
    const issuer = {
      ...request,
      id,
      store: storeAddress(storeRolesOf(id, storeAccounts)),
      storeAccounts,
      wrappedKey: this.keys.generateWrapped(id),
      createdAt: this.clock.now(),
    };
    try {
      await this.unitOfWork.run((tx) => this.identities.insertIssuer(tx, issuer));
    } catch (error) {
      throw isCollision(error) ? new TaxIdTaken() : error;
    }
    return id;
  }
}
