import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PileNewsDto } from './pile.dto.js';
import { EVENT_STREAM, NDJSON, pileStream, streamForm } from './pile-stream.js';

const COUNTS = { valid: 0, pending: 0, 'not-valid': 0, 'cannot-tell': 0, refused: 0 };

/** A pile without end that counts what was asked of it. */
class EndlessPile {
  begun = 0;
  closed = 0;
  readonly news = this.work();

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }

  private async *work(): AsyncGenerator<PileNewsDto, void> {
    for (;;) {
      this.begun += 1;
      await pause(1);
      yield { type: 'item', done: this.begun, total: 500, counts: COUNTS };
    }
  }
}

describe('the stream of a pile', () => {
  it('has nothing verified ahead of who reads it', async () => {
    const pile = new EndlessPile();
    const stream = pileStream(pile, NDJSON);
    const reading = stream[Symbol.asyncIterator]();
    await reading.next();
    await pause(100);
    expect(pile.begun).toBeLessThanOrEqual(3);
    stream.destroy();
  });

  it.each([
    ['before anything was read', 0],
    ['after some was read', 2],
  ])('is closed when the reader leaves %s', async (_when, count) => {
    const pile = new EndlessPile();
    const stream = pileStream(pile, EVENT_STREAM);
    const reading = stream[Symbol.asyncIterator]();
    for (let read = 0; read < count; read += 1) {
      expect((await reading.next()).value).toMatch(/^event: item\ndata: \{.*\}\n\n$/);
    }
    stream.destroy();
    await pause(50);
    const { begun, closed } = pile;
    await pause(50);
    expect([closed, pile.begun]).toEqual([1, begun]);
  });

  it.each([
    ['application/x-ndjson', NDJSON],
    ['text/event-stream, */*', EVENT_STREAM],
    ['application/json', null],
    [undefined, null],
  ])('is asked for with %s as %s', (accept, form) => {
    expect(streamForm(accept)).toBe(form);
  });
});
