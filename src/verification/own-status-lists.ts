import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { openSignedList, ReadStatusLists } from '../documents/index.js';
import { IssuerCertificates } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import type { StatusList, StatusLists } from '../proof/index.js';

/** The lists that this service gives out, opened as a stranger would, for when the chain cannot be asked. */
@Injectable()
export class OwnStatusLists {
  constructor(
    private readonly read: ReadStatusLists,
    private readonly certificates: IssuerCertificates,
    private readonly clock: Clock,
  ) {}

  lists(): StatusLists {
    return { find: async (id) => [await this.find(id)], now: this.clock.now() };
  }

  private async find(id: string): Promise<StatusList> {
    const { token, issuerId } = await this.read.one(id);
    return openSignedList(token, ([own = new Uint8Array()]) => this.isRegistered(issuerId, own));
  }

  private async isRegistered(issuerId: string, certificate: Uint8Array): Promise<boolean> {
    const fingerprint = createHash('sha256').update(certificate).digest('hex');
    return (await this.certificates.of(issuerId)).some((one) => one.fingerprint === fingerprint);
  }
}
