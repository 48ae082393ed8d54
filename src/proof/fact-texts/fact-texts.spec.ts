import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_ANSWERS } from '../chain-reader.js';
import { FACT_TEXTS, factText } from './fact-texts.js';

const PROOF = 'src/proof';

/** The codes that the checks of src/proof can answer with, read from their source. */
function codesOfProof(): string[] {
  const source = readdirSync(PROOF)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && name !== 'verdict.ts')
    .map((name) => readFileSync(join(PROOF, name), 'utf8'))
    .join('\n');
  const calls = source.matchAll(/\b(?:holds|fails|unknown|notApplicable)\(\s*'(\w+)',([^;]*?)\)[;,\s:]/g);
  const noAnswers = NO_ANSWERS.flatMap((why) => [`anchor.${why}`, `anchor.stamp-${why}`, `status.${why}`]);
  const written = [...calls].flatMap(([, question, rest = '']) =>
    [...rest.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map(([, name]) => `${question}.${name}`),
  );
  return [...written, ...noAnswers];
}

describe('the sentences of facts', () => {
  it('cover every code that verification can answer with', () => {
    const codes = new Set(codesOfProof());
    expect(codes.size).toBeGreaterThan(25);
    expect([...codes].filter((code) => !Object.hasOwn(FACT_TEXTS, code))).toEqual([]);
  });

  it.each(Object.entries(FACT_TEXTS))('say %s in both languages, as whole sentences', (_code, { zh, en }) => {
    expect(zh).toMatch(/^[^\s].*\p{Script=Han}.*。$/u);
    expect(en).toMatch(/^[A-Z][^\p{Script=Han}]*\.$/u);
  });

  it('say something of a code that is not known yet', () => {
    expect(factText({ outcome: 'fails', code: 'signature.broken' }).en).toBe('This does not hold.');
    expect(factText({ outcome: 'holds', code: 'toString' }).en).toBe('This holds.');
  });
});
