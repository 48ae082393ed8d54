/** What vitest's JSON reporter writes, as far as we count it. */
export type VitestResults = {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

/**
 * Counts tests, and counts as one failure each file that broke outside its tests (it could not be loaded, its set-up
 * threw). Trouble outside any file, such as an unhandled rejection, vitest tells by its exit code alone.
 */
export function tally({ testResults }: VitestResults, exitCode: number): Tally {
  const count = (...statuses: string[]): number =>
    testResults.flatMap((result) => result.assertionResults).filter(({ status }) => statuses.includes(status)).length;
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const counted = count('failed') + brokenFiles;
  const failed = counted === 0 && exitCode !== 0 ? 1 : counted;
  return { passed: count('passed'), failed, skipped: count('skipped', 'pending', 'todo', 'disabled') };
}

/** The last line of every run: `N passed, N failed`, and `, N skipped` when any were. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
