import { Injectable } from '@nestjs/common';
import { SubmitLeaf } from '../../anchoring/index.js';
import { IssuerProfiles, type Issuer } from '../../identity/index.js';
import { UnitOfWork, type Tx } from '../../platform/database/index.js';
import {
  emptyStatusBits,
  isSameHash,
  setStatus,
  statusListId,
  statusListLeaf,
  type StatusPurpose,
} from '../../proof/index.js';
import { SignStatusList } from './sign-status-list.js';
import { StatusListTiming } from './status-list-timing.js';
import { StatusListsRepository } from './status-lists.repository.js';

const PURPOSES: readonly StatusPurpose[] = ['revocation', 'message'];

/** By the document's place in the list. */
type Ends = readonly (readonly [position: number, value: number])[];

/** Makes the lists of an issuer again that changed, or that are so old that their age begins to matter. */
@Injectable()
export class BuildStatusLists {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: StatusListsRepository,
    private readonly profiles: IssuerProfiles,
    private readonly sign: SignStatusList,
    private readonly submitLeaf: SubmitLeaf,
    private readonly timing: StatusListTiming,
  ) {}

  /**
   * Answers how many numbers were built. One transaction for each: the ends that it shows, both lists, and the anchoring of
   * what they say are stored together, and a crash leaves the lists before. Throws `CannotSignNow`, and then nothing more
   * has happened. While another worker builds for this issuer, nothing is done here.
   */
  async execute(issuerId: string, stopping?: AbortSignal): Promise<number> {
    const { issuer } = await this.profiles.get(issuerId);
    const numbers = await this.unitOfWork.run((tx) => this.lists.numbersDue(tx, issuerId, this.timing.builtBefore()));
    let built = 0;
    for (const number of numbers) {
      if (stopping?.aborted === true || !(await this.unitOfWork.run((tx) => this.buildNumber(tx, issuer, number)))) {
        break;
      }
      built += 1;
    }
    return built;
  }

  private async buildNumber(tx: Tx, issuer: Issuer, number: number): Promise<boolean> {
    if (!(await this.lists.lock(tx, issuer.id))) {
      return false;
    }
    await this.lists.claimEnds(tx, issuer.id, number);
    const ends = await this.lists.findEnds(tx, issuer.id, number);
    for (const purpose of PURPOSES) {
      await this.buildOne(tx, issuer, { purpose, number, ends });
    }
    return true;
  }

  private async buildOne(
    tx: Tx,
    issuer: Issuer,
    { purpose, number, ends }: { purpose: StatusPurpose; number: number; ends: Ends },
  ): Promise<void> {
    const key = { issuerId: issuer.id, purpose, number };
    const name = { store: issuer.store, purpose, number };
    const { validFrom, validUntil } = this.timing.fromNow();
    const bits = statusBitsOf(purpose, ends);
    const id = statusListId(name);
    const leaf = Buffer.from(statusListLeaf(id, bits));
    const newest = await this.lists.findNewestVersion(tx, key);
    const isAsBefore = newest !== null && isSameHash(newest.leaf, leaf);
    const version = isAsBefore ? newest.version : (newest?.version ?? 0) + 1;
    const token = await this.sign.execute(issuer, { ...name, bits, validFrom, validUntil });
    await this.lists.publish(tx, key, { id, version, token, validFrom, validUntil });
    await this.lists.keepVersion(tx, key, { version, leaf, firstAt: validFrom, lastUntil: validUntil });
    // A list that says nothing of anybody is not worth a transaction.
    if (ends.length > 0 && !isAsBefore) {
      await this.submitLeaf.execute(tx, issuer.id, [leaf]);
    }
  }
}

/** What a list says when these documents have ended, by their places in it. */
export function statusBitsOf(purpose: StatusPurpose, ends: Ends): Uint8Array {
  const bits = emptyStatusBits(purpose);
  for (const [position, value] of ends) {
    setStatus(bits, purpose, position, purpose === 'revocation' ? 1 : value);
  }
  return bits;
}
