import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesBelow } from './files-below.js';

const operations = readFileSync('docs/OPERATIONS.md', 'utf8');

describe('docs/OPERATIONS.md', () => {
  it('names every metric there is, and no other', () => {
    const defined = filesBelow('src', '.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/'(chopmark_[a-z_]+[a-z])'/g)].map(([, name]) => name),
    );
    const told = [...operations.matchAll(/`(chopmark_[a-z_]+)`/g)].map(([, name]) => name);
    const roles = ['chopmark_api', 'chopmark_worker', 'chopmark_locator'];
    const only = (names: readonly (string | undefined)[]): string[] =>
      [...new Set(names.filter((name) => name !== undefined && !roles.includes(name)))].sort() as string[];
    expect(only(told)).toEqual(only(defined));
  });

  it('names every command there is, as it is called', () => {
    const source = readFileSync('src/composition/run-command.ts', 'utf8');
    const usages = [...source.matchAll(/usage: '([^']+)'/g)].map(([, usage]) => usage);
    const told = [...operations.matchAll(/^\| `([a-z][a-z-]+(?: [^`]*)?)`\s*\|/gm)]
      .map(([, usage = '']) => usage.replaceAll('\\|', '|'))
      .filter((usage) => !usage.startsWith('chopmark_'));
    expect(usages.length).toBeGreaterThan(0);
    expect(usages.filter((usage) => !told.includes(usage ?? ''))).toEqual([]);
  });
});
