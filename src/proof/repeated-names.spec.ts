import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRepeatedNames } from './repeated-names.js';

describe('names in JSON', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"lines":[{"x":1},{"x":[{}],"y":"}","x":2}]}',
    '{"amount":1,"\\u0061mount":2}',
    '{"a":"\\\\","b":"\\"","a":1}',
    '{"__proto__":1,"__proto__":2}',
  ])('are found when they stand twice: %s', (json) => {
    expect(hasRepeatedNames(json)).toBe(true);
  });

  it('may be the same in different objects', () => {
    expect(hasRepeatedNames('{"a":{"a":[{"a":1},{"a":"\\"a\\":1"}]},"b":["a","a"]}')).toBe(false);
    fc.assert(fc.property(fc.json({ maxDepth: 5 }), (json) => !hasRepeatedNames(json)));
  });
});
