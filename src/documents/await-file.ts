import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Clock } from '../kernel/index.js';
import { ReadDocuments, type IssuedFile } from './read-documents.js';
import { StampDocument, type AnchoredFile, type NotYet } from './stamp-document.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 800;

/** Answers a PDF as soon as there is one. */
@Injectable()
export class AwaitFile {
  constructor(
    private readonly read: ReadDocuments,
    private readonly stamp: StampDocument,
    private readonly clock: Clock,
  ) {}

  /** Null when `patienceMs` ran out first. Throws what `ReadDocuments.issuedFile` throws. */
  execute(issuerId: string, id: string, patienceMs: number): Promise<IssuedFile | null> {
    return this.until(
      () => this.read.issuedFile(issuerId, id),
      (file) => file !== null,
      patienceMs,
    );
  }

  /** The stamped copy, or how far it is when `patienceMs` ran out first. Throws what `StampDocument` throws. */
  anchored(issuerId: string, id: string, patienceMs: number): Promise<AnchoredFile | NotYet> {
    return this.until(
      () => this.stamp.execute(issuerId, id),
      (file) => 'pdf' in file,
      patienceMs,
    );
  }

  private async until<Found>(
    look: () => Promise<Found>,
    isThere: (found: Found) => boolean,
    patienceMs: number,
  ): Promise<Found> {
    const until = this.clock.now().getTime() + patienceMs;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const found = await look();
      const left = until - this.clock.now().getTime();
      if (isThere(found) || left <= 0) {
        return found;
      }
      await pause(Math.min(wait, left));
    }
  }
}
