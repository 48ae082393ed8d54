import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from './debian-packages.js';
import { runThrough } from './run-through.js';

/** `npm test`: makes sure of what the tests need, runs them all, and ends with `N passed, N failed`. */
const missing = ensureDebianPackages();
const workspace = mkdtempSync(join(tmpdir(), 'chopmark-results-'));
const resultsFile = join(workspace, 'results.json');
const exitCode = await runThrough(process.execPath, [
  join('node_modules', 'vitest', 'vitest.mjs'),
  ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`],
  ...process.argv.slice(2),
]);
const { passed, failed, skipped } = tally(resultsFile, exitCode);
rmSync(workspace, { recursive: true, force: true });
if (missing.length > 0) {
  console.log(`Skipped for want of ${missing.join(', ')}.`);
}
console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
process.exitCode = failed === 0 ? 0 : 1;

type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

type VitestResults = {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

/**
 * Counts tests, and counts as one failure each file that could not be loaded and each trouble outside any test (an
 * unhandled rejection, a set-up that broke), which vitest tells by its exit code alone.
 */
function tally(file: string, exitCode: number): Tally {
  const { testResults } = readResults(file);
  const count = (...statuses: string[]): number =>
    testResults.flatMap((result) => result.assertionResults).filter(({ status }) => statuses.includes(status)).length;
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const counted = count('failed') + brokenFiles;
  const failed = counted === 0 && exitCode !== 0 ? 1 : counted;
  return { passed: count('passed'), failed, skipped: count('skipped', 'pending', 'todo', 'disabled') };
}

function readResults(file: string): VitestResults {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestResults;
  } catch {
    return { testResults: [] };
  }
}
