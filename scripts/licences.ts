import { readFileSync } from 'node:fs';

/**
 * Fails when something that is shipped comes under a licence nobody has looked at. What only builds and tests
 * (`dev` in the lock file) is not shipped.
 */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]);

/** What the lock file does not know, read in the package itself. */
const KNOWN: Readonly<Record<string, string>> = { 'node_modules/png-js@2.0.0': 'MIT' };

type LockedPackage = { readonly dev?: boolean; readonly license?: string; readonly version?: string };

/** Whether one of the alternatives of an SPDX expression such as `(MIT OR GPL-3.0)` holds only what is allowed. */
function isAllowed(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => ALLOWED.has(licence.trim())));
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};
const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
const refused = shipped
  .map(([path, { license, version }]) => [path, license ?? KNOWN[`${path}@${version ?? ''}`]] as const)
  .filter(([, licence]) => licence === undefined || !isAllowed(licence));
for (const [path, licence] of refused) {
  console.error(`${path}: ${licence ?? 'no licence named'} is not on the list in scripts/licences.ts`);
}
console.log(`${shipped.length} packages shipped, ${refused.length} with a licence that is not allowed`);
process.exitCode = refused.length === 0 ? 0 : 1;
