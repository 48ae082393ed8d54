import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Clock } from '../kernel/index.js';
import { ReadDocuments, type IssuedFile } from './read-documents.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 800;

/** Answers a PDF as soon as it is drawn. */
@Injectable()
export class AwaitFile {
  constructor(
    private readonly read: ReadDocuments,
    private readonly clock: Clock,
  ) {}

  /** Null when `patienceMs` ran out first. Throws what `ReadDocuments.issuedFile` throws. */
  async execute(issuerId: string, id: string, patienceMs: number): Promise<IssuedFile | null> {
    const until = this.clock.now().getTime() + patienceMs;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const file = await this.read.issuedFile(issuerId, id);
      const left = until - this.clock.now().getTime();
      if (file !== null || left <= 0) {
        return file;
      }
      await pause(Math.min(wait, left));
    }
  }
}
