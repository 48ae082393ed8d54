import { describe, expect, it } from 'vitest';
import { tally, tallyLine } from './tally.js';

const file = (status: string, ...tests: string[]): { status: string; assertionResults: { status: string }[] } => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('the tally of a test run', () => {
  it('counts tests over all files', () => {
    const testResults = [file('passed', 'passed', 'skipped'), file('failed', 'passed', 'failed', 'failed')];
    expect(tally({ testResults }, 1)).toEqual({ passed: 2, failed: 2, skipped: 1 });
  });

  it('counts a file that broke before its tests as one failure', () => {
    expect(tally({ testResults: [file('failed'), file('failed', 'skipped')] }, 1).failed).toBe(2);
  });

  it('never calls a run good that ended badly', () => {
    expect(tally({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
    expect(tally({ testResults: [] }, 1).failed).toBe(1);
  });

  it('is one plain line', () => {
    expect(tallyLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(tallyLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
