import { Injectable } from '@nestjs/common';
import { Clock, IdSource, isUscc } from '../kernel/index.js';
import { isCollision, UnitOfWork } from '../platform/database/index.js';
import { InvalidTaxId, TaxIdTaken } from './identity.errors.js';
import { IdentityRepository } from './identity.repository.js';
import type { Claimant } from './issuer.js';

/** Admits an organisation that will check and claim documents. */
@Injectable()
export class RegisterClaimant {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Throws `InvalidTaxId` or `TaxIdTaken`. */
  async execute(request: Omit<Claimant, 'id'>): Promise<string> {
    if (!isUscc(request.taxId)) {
      throw new InvalidTaxId();
    }
    const id = this.ids.uuid();
    try {
      await this.unitOfWork.run((tx) => this.identities.insertClaimant(tx, { ...request, id }, this.clock.now()));
    } catch (error) {
      throw isCollision(error) ? new TaxIdTaken() : error;
    }
    return id;
  }
}
