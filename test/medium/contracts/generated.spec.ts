import { describe, expect, it } from 'vitest';
import { generatedFiles, isStale } from '../../../scripts/compile-contracts.js';

describe('src/platform/chain/abi', () => {
  it('is what the compiler makes of contracts/', { timeout: 60_000 }, () => {
    const files = [...generatedFiles()];
    expect(files.filter(([file, text]) => isStale(file, text)).map(([file]) => file)).toEqual([]);
    expect(files.map(([file]) => file).sort()).toEqual([
      'constants.ts',
      'document-store.ts',
      'materialised-document.ts',
      'store-factory.ts',
    ]);
  });
});
