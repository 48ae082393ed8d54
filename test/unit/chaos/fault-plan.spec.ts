import { describe, expect, it } from 'vitest';
import { DEEPEST_REORGANISATION, FAULT_KINDS, planFaults } from '../../chaos/fault-plan.js';

const request = { seed: 7, durationMs: 120_000, count: 60, kinds: FAULT_KINDS };

describe('a plan of faults', () => {
  it('follows from its seed alone', () => {
    expect(planFaults(request)).toEqual(planFaults(request));
    expect(planFaults({ ...request, seed: 8 })).not.toEqual(planFaults(request));
  });

  it('has every kind once before any comes twice', () => {
    const kinds = planFaults(request).map(({ kind }) => kind);
    expect(kinds).toHaveLength(60);
    for (let begin = 0; begin + FAULT_KINDS.length <= kinds.length; begin += FAULT_KINDS.length) {
      expect(new Set(kinds.slice(begin, begin + FAULT_KINDS.length)).size).toBe(FAULT_KINDS.length);
    }
  });

  it('is in order, within its time, and reorganises no deeper than the suite promises', () => {
    const plan = planFaults(request);
    const moments = plan.map(({ atMs }) => atMs);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(Math.max(...moments)).toBeLessThan(request.durationMs);
    expect(new Set(plan.map(({ depth }) => depth))).toEqual(new Set([1, 2, 3, 4, DEEPEST_REORGANISATION]));
  });
});
