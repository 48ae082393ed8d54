import { describe, expect, it } from 'vitest';
import { type AnchorState, canMove, NEXT_STATES, statesBefore } from './batch-state.js';

const states = Object.keys(NEXT_STATES) as AnchorState[];

describe('the states of an anchor', () => {
  it('lead from pending to final, one step at a time', () => {
    const road = ['pending', 'submitted', 'anchored', 'confirmed', 'final'] as const;
    for (const [step, from] of road.slice(0, -1).entries()) {
      expect(canMove(from, road[step + 1] ?? 'pending')).toBe(true);
    }
    expect(canMove('submitted', 'confirmed')).toBe(false);
    expect(canMove('anchored', 'final')).toBe(false);
  });

  it('end with final, from which nothing leads back', () => {
    expect(states.filter((to) => canMove('final', to))).toEqual([]);
  });

  it('lead back from every other state that a reorganisation can undo', () => {
    for (const from of ['anchored', 'confirmed'] as const) {
      expect(canMove(from, 'submitted')).toBe(true);
      expect(canMove(from, 'pending')).toBe(true);
    }
  });

  it('tell from where a state is reached', () => {
    expect(statesBefore('anchored')).toEqual(['pending', 'submitted']);
    expect(statesBefore('confirmed')).toEqual(['anchored']);
    expect(statesBefore('final')).toEqual(['confirmed']);
  });
});
