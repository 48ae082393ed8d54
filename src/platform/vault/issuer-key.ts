import { Injectable } from '@nestjs/common';
import { fromHex, IdSource } from '../../kernel/index.js';
import { Settings } from '../config/index.js';
import { seal, unseal } from './seal.js';

/** Makes and opens the keys of issuers, which are stored only wrapped under MASTER_KEY. */
@Injectable()
export class IssuerKeys {
  private readonly masterKey: Uint8Array;

  constructor(
    settings: Settings,
    private readonly ids: IdSource,
  ) {
    this.masterKey = fromHex(settings.masterKey);
  }

  /** A new key for `issuerId`, wrapped for storage. */
  generateWrapped(issuerId: string): Buffer {
    return seal(this.ids, this.masterKey, this.ids.bytes(32), `issuer:${issuerId}`);
  }

  unwrap(issuerId: string, wrapped: Uint8Array): Uint8Array {
    return unseal(this.masterKey, wrapped, `issuer:${issuerId}`);
  }
}
