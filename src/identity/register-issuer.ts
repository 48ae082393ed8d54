import { Injectable } from '@nestjs/common';
import { Wallet } from 'ethers';
import { Clock, IdSource, isUscc } from '../kernel/index.js';
import { storeAddress } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { sqlState, UnitOfWork } from '../platform/database/index.js';
import { IssuerKeys } from '../platform/vault/index.js';
import { InvalidTaxId, TaxIdTaken } from './identity.errors.js';
import { IdentityRepository } from './identity.repository.js';
import type { Issuer, IssuerId } from './issuer.js';

export type IssuerRequest = Pick<Issuer, 'name' | 'taxId' | 'regionCode' | 'taxBureau' | 'domain' | 'mandate'>;

const UNIQUE_VIOLATION = '23505';

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
    const issuer = {
      ...request,
      id,
      store: storeAddress({ ...storeRoles(this.settings), issuerKey: issuerKeyOf(id) }),
      wrappedKey: this.keys.generateWrapped(id),
      createdAt: this.clock.now(),
    };
    try {
      await this.unitOfWork.run((tx) => this.identities.insertIssuer(tx, issuer));
    } catch (error) {
      throw sqlState(error) === UNIQUE_VIOLATION ? new TaxIdTaken() : error;
    }
    return id;
  }
}

/** Who may do what with a store: the admin revokes, the relayer anchors. */
export function storeRoles(settings: Settings): { admin: string; relayer: string } {
  return { admin: new Wallet(settings.chainAdminKey).address, relayer: new Wallet(settings.chainRelayerKey).address };
}

/** The 32 bytes that tell the stores of one admin apart: the issuer's id, left-padded. */
export function issuerKeyOf(issuerId: string): string {
  return `0x${issuerId.replaceAll('-', '').padStart(64, '0')}`;
}
