import { describe, expect, it } from 'vitest';
import { MicroBatcher, type Outcome } from './micro-batcher.js';

const echo = (items: readonly number[]): Outcome<number>[] => items.map((value) => ({ ok: true, value }));

describe('MicroBatcher', () => {
  it('writes what arrives together in one batch, and what arrives meanwhile in the next', async () => {
    const sizes: number[] = [];
    const batcher = new MicroBatcher<number, number>(async (items) => {
      sizes.push(items.length);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return echo(items);
    }, 10);
    const first = [1, 2, 3].map((item) => batcher.submit(item));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    const second = Array.from({ length: 12 }, (_, index) => batcher.submit(index));
    expect(await Promise.all(first)).toEqual([1, 2, 3]);
    expect(await Promise.all(second)).toHaveLength(12);
    expect(sizes).toEqual([3, 10, 2]);
  });

  it('lets a bad item fail alone, whether it is reported or breaks the whole batch', async () => {
    const reporting = new MicroBatcher<number, number>((items) =>
      Promise.resolve(
        items.map((value) => (value === 2 ? { ok: false, error: new Error('two') } : { ok: true, value })),
      ),
    );
    const breaking = new MicroBatcher<number, number>((items) =>
      items.includes(2) ? Promise.reject(new Error('two')) : Promise.resolve(echo(items)),
    );
    for (const batcher of [reporting, breaking]) {
      const settled = await Promise.allSettled([1, 2, 3].map((item) => batcher.submit(item)));
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    }
  });

  it('goes on after a failed batch', async () => {
    let calls = 0;
    const batcher = new MicroBatcher<number, number>((items) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('down')) : Promise.resolve(echo(items));
    });
    await expect(batcher.submit(1)).rejects.toThrow('down');
    await expect(batcher.submit(2)).resolves.toBe(2);
  });
});
