import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensureDebianPackages, missingPackages } from '../../../scripts/debian-packages.js';

describe('the Debian packages of the tests', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('are told aloud when they are missing and cannot be installed', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('CI', '');
    expect(missingPackages(['qpdf'])).toEqual(['qpdf']);
    expect(ensureDebianPackages(['qpdf', 'redis-server'])).toEqual(['qpdf', 'redis-server']);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('qpdf, redis-server'));
  });

  it('must be there in CI', () => {
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('CI', 'true');
    expect(() => ensureDebianPackages(['qpdf'])).toThrow('CI must have these Debian packages');
  });
});
