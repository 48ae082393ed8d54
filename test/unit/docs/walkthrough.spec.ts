import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow } from './files-below.js';

const PAGE = 'docs/WALKTHROUGH.md';
const MARK = /Step (\d) of 8 — docs\/WALKTHROUGH\.md/g;

type Step = { readonly number: number; readonly text: string };

const page = readFileSync(PAGE, 'utf8');
const steps: readonly Step[] = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ number: Number(/^Step (\d) of 8/.exec(text)?.[1]), text }));

/** Which files say which step they are. */
const marked = filesBelow('src', '.ts').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(MARK)].map(([, number]) => ({ file, number: Number(number) })),
);

describe('the walkthrough', () => {
  it('has the eight steps in order', () => {
    expect(steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each(steps)('step $number is done somewhere, or is said not to be built', ({ number, text }) => {
    const isBuilt = !text.includes('Not built yet.');
    expect(marked.some((mark) => mark.number === number)).toBe(isBuilt);
  });

  it.each(steps)('step $number links to every file that says it belongs to it', ({ number, text }) => {
    const linked = [...text.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => join(dirname(PAGE), target));
    const files = marked.filter((mark) => mark.number === number).map(({ file }) => relative('.', file));
    expect(files.filter((file) => !linked.includes(file))).toEqual([]);
  });
});
