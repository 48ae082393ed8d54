import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkerFolder, ensureCheckers, missingCheckers } from '../../../scripts/checkers.js';

describe('the checkers of PDFs', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'chopmark-cache-'));
    vi.stubEnv('XDG_CACHE_HOME', cache);
    vi.stubEnv('PATH', '/nowhere');
    vi.spyOn(console, 'log').mockReturnValue(undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(cache, { recursive: true });
  });

  it('are told aloud when they cannot be installed, and leave no half of themselves', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    vi.stubEnv('CI', '');
    expect(ensureCheckers()).toEqual(['java-checkers', 'pyhanko']);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('SKIPPED ALOUD'));
    expect(readdirSync(join(cache, 'chopmark', 'checkers'))).toEqual([]);
  });

  it('must be there in CI', () => {
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    vi.stubEnv('CI', 'true');
    expect(() => ensureCheckers()).toThrow('CI must have these checkers');
    expect(missingCheckers()).toEqual(['java-checkers', 'pyhanko']);
  });

  it('are kept outside the repository, one folder for each set of versions', () => {
    expect(checkerFolder('pyhanko')).toMatch(new RegExp(`^${cache}/chopmark/checkers/pyhanko-[0-9a-f]{16}$`));
  });
});
