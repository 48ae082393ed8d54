import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DocumentKinds, isKnownBy, numberAsStored, ReadDocuments } from '../documents/index.js';
import { SealBroken } from '../platform/vault/index.js';
import { LocateDocument, type Located } from './locate-document.js';

/** What is printed on a document, typed by somebody who holds only its paper. */
export type TypedFacts = {
  readonly number: string;
  /** By the names that the kind gives them. */
  readonly facts: Readonly<Record<string, unknown>>;
};

/**
 * How long a "no" takes, whatever the reason: longer than it takes to open all that bear one number, so that the time does
 * not tell a number that was issued from one that was not.
 */
const EVERY_NO_TAKES_MS = 600;

/** Finds a document for those who know what is on its paper; for all others it does not exist. */
@Injectable()
export class LookUpByNumber {
  constructor(
    private readonly locate: LocateDocument,
    private readonly documents: ReadDocuments,
    private readonly kinds: DocumentKinds,
  ) {}

  async execute({ number, facts }: TypedFacts): Promise<Located | null> {
    const waiting = new AbortController();
    const soonest = pause(EVERY_NO_TAKES_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    for (const located of await this.locate.byNumber(numberAsStored(number))) {
      if (await this.isKnown(located, facts)) {
        waiting.abort();
        return located;
      }
    }
    await soonest;
    return null;
  }

  /** A record that was altered behind our back is known to nobody: to say more would confirm the number. */
  private async isKnown({ issuerId, documentId }: Located, facts: TypedFacts['facts']): Promise<boolean> {
    try {
      const { core } = await this.documents.content(issuerId, documentId);
      const { kind } = await this.documents.one(issuerId, documentId);
      return isKnownBy((await this.kinds.get(kind)).expectedFacts(core), facts);
    } catch (error) {
      if (error instanceof SealBroken) {
        return false;
      }
      throw error;
    }
  }
}
