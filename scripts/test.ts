import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCheckers } from './checkers.js';
import { ensureDebianPackages } from './debian-packages.js';
import { runThrough } from './run-through.js';
import { tally, tallyLine } from './tally.js';
import type { Tally, VitestResults } from './tally.js';

/** `npm test [-- arguments for vitest]`: makes sure of what the tests need and runs them; ends with the tally. */
const result = await prepareAndRun(process.argv.slice(2));
console.log(tallyLine(result));
process.exitCode = result.failed === 0 ? 0 : 1;

async function prepareAndRun(args: readonly string[]): Promise<Tally> {
  let missing: readonly string[];
  try {
    missing = [...ensureDebianPackages(), ...ensureCheckers()];
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const result = await runVitest(args);
  if (missing.length > 0) {
    console.log(`Some tests were skipped for want of ${missing.join(', ')}.`);
  }
  return result;
}

async function runVitest(args: readonly string[]): Promise<Tally> {
  const workspace = mkdtempSync(join(tmpdir(), 'chopmark-results-'));
  const resultsFile = join(workspace, 'results.json');
  const exitCode = await runThrough(process.execPath, [
    join('node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`],
    ...args,
  ]);
  const results = readResults(resultsFile);
  rmSync(workspace, { recursive: true, force: true });
  return tally(results, exitCode);
}

function readResults(file: string): VitestResults {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestResults;
  } catch {
    return { testResults: [] };
  }
}
