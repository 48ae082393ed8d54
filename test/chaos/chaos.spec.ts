import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../support/child-instance.js';
import { describeReport, holds, runChaos, struckOf } from './run-chaos.js';
import { FAULT_KINDS } from './fault-plan.js';

const SEED = 20_261_122;
const SECONDS = 25;

beforeAll(() => {
  ensureBuilt();
});

describe('chaos', () => {
  it('leaves every promise intact when each kind of fault strikes once under load', async () => {
    const report = await runChaos({ seed: SEED, seconds: SECONDS, faults: FAULT_KINDS.length, keep: false });
    expect(report.counts.documents).toBeGreaterThan(5);
    expect(struckOf(report.faults)).toBeGreaterThanOrEqual(8);
    expect(holds(report), describeReport(report)).toBe(true);
  }, 480_000);
});
