import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { isFinished, type Import } from './import.js';
import { ReadImports } from './read-imports.js';

const SHORTEST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 2_000;

/** Follows an import by asking Postgres, whichever process works on it. Watchers of one import share the asking. */
@Injectable()
export class WatchImport implements BeforeApplicationShutdown {
  private readonly readings = new Map<string, Promise<Import>>();
  private stopping = false;

  constructor(private readonly read: ReadImports) {}

  /** The import as it is now and whenever it has moved; null when it has not. Ends when it is finished, or the process is. */
  async *execute(first: Import): AsyncGenerator<Import | null, void> {
    let last = first;
    let wait = SHORTEST_PAUSE_MS;
    yield last;
    while (!isFinished(last) && !this.stopping) {
      await pause(wait);
      const now = await this.readOnce(last);
      const isMoved = now.state !== last.state || now.issued !== last.issued || now.failed !== last.failed;
      wait = isMoved ? SHORTEST_PAUSE_MS : Math.min(wait * 1.5, LONGEST_PAUSE_MS);
      last = now;
      yield isMoved ? now : null;
    }
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  private readOnce({ issuerId, id }: Import): Promise<Import> {
    const key = `${issuerId} ${id}`;
    const known = this.readings.get(key);
    if (known !== undefined) {
      return known;
    }
    const reading = this.read.one(issuerId, id);
    this.readings.set(key, reading);
    setTimeout(() => this.readings.delete(key), SHORTEST_PAUSE_MS / 2).unref();
    return reading;
  }
}
