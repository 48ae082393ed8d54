import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VERIFIER = 'verifier/dist/chopmark-verify.mjs';
/** From the sources, and from `dist`. */
const ROOTS = ['../../', '../../../'];

/** The stand-alone verifier as it was built beside this program; null in a checkout where `npm run build:verifier` was not run. */
export function builtVerifier(): Buffer | null {
  return ownFile(VERIFIER);
}

export function programVersion(): string {
  const description = JSON.parse(ownFile('package.json')?.toString('utf8') ?? '{}') as { version?: string };
  return `Chopmark ${description.version ?? '?'}`;
}

function ownFile(path: string): Buffer | null {
  for (const root of ROOTS) {
    try {
      return readFileSync(fileURLToPath(new URL(root + path, import.meta.url)));
    } catch {
      // Not there: one of the two is the other form of the program.
    }
  }
  return null;
}
