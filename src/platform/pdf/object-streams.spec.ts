import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packObjects } from './object-streams.js';

type Held = { readonly id: number; readonly text: string };

/** Reads a stream by what its dictionary says, as any reader does. */
function objectsIn(bytes: Buffer): Held[] {
  const head = bytes.toString('latin1', 0, bytes.indexOf('stream\n'));
  const [count = 0, first = 0] = [/\/N (\d+)/, /\/First (\d+)/].map((entry) => Number(entry.exec(head)?.[1]));
  const data = inflateSync(bytes.subarray(bytes.indexOf('stream\n') + 'stream\n'.length)).toString('latin1');
  const numbers = data.slice(0, first).trim().split(' ').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const [id = NaN, at = NaN, , end] = numbers.slice(2 * index, 2 * index + 4);
    return { id, text: data.slice(first + at, end === undefined ? undefined : first + end).trim() };
  });
}

const objects = Array.from({ length: 600 }, (_, index) => ({ id: 3 * index + 7, value: `<</K ${index}>>` }));

describe('packObjects', () => {
  const { streams, objects: places } = packObjects(objects, 2_000);

  it('holds every object once, where it says', () => {
    const held = new Map(streams.map(({ id, bytes }) => [id, objectsIn(bytes)]));
    expect(places.map(({ stream, index }) => held.get(stream)?.[index])).toEqual(
      objects.map(({ id, value }) => ({ id, text: value })),
    );
    expect([...held.values()].flat()).toHaveLength(objects.length);
  });

  it('numbers the streams one after the other, and says their length and number in front', () => {
    expect(streams.map(({ id }) => id)).toEqual([2_000, 2_001, 2_002]);
    for (const { id, bytes } of streams) {
      const text = bytes.toString('latin1');
      const length = Number(/^(\d+) 0 obj\n.*\/Length (\d+)>>\nstream\n/.exec(text)?.[2]);
      expect(text.startsWith(`${id} 0 obj\n<</Type/ObjStm/`)).toBe(true);
      expect(text.slice(text.indexOf('stream\n') + 7 + length)).toBe('\nendstream\nendobj\n');
    }
  });

  it('keeps indices within a byte', () => {
    expect(Math.max(...places.map(({ index }) => index))).toBe(255);
  });

  it('makes no stream of nothing', () => {
    expect(packObjects([], 5)).toEqual({ objects: [], streams: [] });
  });
});
