import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../../platform/config/index.js';
import { RateLimits } from '../../platform/http/index.js';
import { TooManyPiles } from '../verification.errors.js';
import { VerifiedFileDto, type PileNewsDto } from './pile.dto.js';
import { MEGABYTE, PILE_LIMITS, type PileCounts, type PileFile } from './pile.js';
import { readPile } from './read-pile.js';
import { Spool } from './spool.js';
import { VerifyPile } from './verify-pile.js';

/** Requests at once, each of which may be held on disk: together 2 GB. Many who hold one file never wait for few who hold piles. */
const MOST_AT_ONCE = { small: 50, large: 4 } as const;
/** Of a request that counts as small: one file and the form around it. */
const SMALL_BYTES = (PILE_LIMITS.fileMegabytes + 1) * MEGABYTE;
/** Proxies give up on a connection that says nothing for longer. */
const LONGEST_SILENCE_SECONDS = 15;

/** A pile that was taken in. `close` MUST be called, whether or not anybody has listened to the news; twice does no harm. */
export type OpenPile = { readonly news: AsyncGenerator<PileNewsDto, void>; close(): Promise<void> };

/** Takes piles in and tells how far they are. */
@Injectable()
export class PileDesk implements BeforeApplicationShutdown {
  private readonly open = { small: 0, large: 0 };
  private readonly stopping = new AbortController();

  constructor(
    private readonly verify: VerifyPile,
    private readonly limits: RateLimits,
    private readonly settings: Settings,
  ) {}

  /** Throws `TooManyPiles`, and what `readPile` throws; nothing is left behind then. */
  async take(request: FastifyRequest): Promise<OpenPile> {
    const size = sizeOf(request);
    if (this.open[size] >= MOST_AT_ONCE[size]) {
      throw new TooManyPiles();
    }
    this.open[size] += 1;
    const spool = await Spool.open().catch((error: unknown) => {
      this.open[size] -= 1;
      throw error;
    });
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => {
      closed ??= spool.close().finally(() => (this.open[size] -= 1));
      return closed;
    };
    try {
      const files = await readPile(request, spool);
      return { news: this.work(files, request), close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** Nothing is begun before somebody asks for the next news, so a slow reader slows the work down. */
  private async *work(files: readonly PileFile[], request: FastifyRequest): AsyncGenerator<PileNewsDto, void> {
    const counts: PileCounts = { valid: 0, pending: 0, 'not-valid': 0, 'cannot-tell': 0, refused: 0 };
    const answers = this.verify.execute(files);
    let done = 0;
    const news = (more: Pick<PileNewsDto, 'type' | 'item' | 'seconds'>): PileNewsDto => {
      const { type, ...rest } = more;
      return { type, done, total: files.length, counts: { ...counts }, ...rest };
    };
    yield news({ type: 'started' });
    for (; done < files.length && !this.stopping.signal.aborted;) {
      for await (const seconds of this.turn(done, request)) {
        yield news({ type: 'waiting', seconds });
      }
      const { value: answer } = await answers.next();
      if (answer === undefined) {
        break;
      }
      done += 1;
      counts['refusal' in answer ? 'refused' : answer.report.verdict] += 1;
      yield news({ type: 'item', item: VerifiedFileDto.of(answer, this.settings.publicBaseUrl) });
    }
    yield news({ type: done === files.length ? 'finished' : 'interrupted' });
  }

  /** Waits until one more may be verified, and says now and then how long that is. Each file counts as a look-up. */
  private async *turn(done: number, request: FastifyRequest): AsyncGenerator<number, void> {
    // The request itself was counted.
    let seconds = done === 0 ? null : await this.limits.take('look-up', request);
    while (seconds !== null && !this.stopping.signal.aborted) {
      for (let left = seconds; left > 0; left -= LONGEST_SILENCE_SECONDS) {
        yield left;
        const milliseconds = Math.min(left, LONGEST_SILENCE_SECONDS) * 1_000;
        await pause(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
      seconds = await this.limits.take('look-up', request);
    }
  }
}

/** A request that does not tell its length may be of any. */
function sizeOf({ headers }: FastifyRequest): keyof typeof MOST_AT_ONCE {
  const length = Number(headers['content-length'] ?? Number.NaN);
  return length <= SMALL_BYTES ? 'small' : 'large';
}
