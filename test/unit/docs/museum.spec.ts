import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { findingFor, PIECES, ROOMS } from '../../vectors/museum/catalogue.js';
import { describeMuseum } from '../../vectors/museum/describe.js';
import { JUDGES } from '../../vectors/museum/piece.js';

describe('the catalogue of the museum', () => {
  it('is what its page says', async () => {
    const page = await format(describeMuseum(ROOMS), { parser: 'markdown', printWidth: 120 });
    await expect(page).toMatchFileSnapshot('../../vectors/museum/README.md');
  });

  it('has forty pieces and more, each once', () => {
    const ids = PIECES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
  });

  it('has something of every verdict before every judge', () => {
    for (const judge of JUDGES) {
      const verdicts = new Set(PIECES.map((piece) => findingFor(piece, judge).verdict));
      expect([...verdicts]).toEqual(expect.arrayContaining(['valid', 'not-valid', 'cannot-tell', 'pending']));
    }
  });

  it('says why a judge finds something else, and does not repeat what all find', () => {
    for (const { id, expected, otherwise = {} } of PIECES) {
      for (const { because, verdict, by } of Object.values(otherwise)) {
        expect([id, because.length > 10, { verdict, by }]).toEqual([id, true, expect.not.objectContaining(expected)]);
      }
    }
  });
});
