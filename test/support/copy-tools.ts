import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { CopyTools } from '../../src/proof/anchored-copy/index.js';

const inflateAsync = promisify<Uint8Array, object, Buffer>(inflate);

export const copyTools: CopyTools = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  inflate: (bytes, limit) => inflateAsync(bytes, { maxOutputLength: limit }),
};
