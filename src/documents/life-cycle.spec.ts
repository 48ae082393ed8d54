import { describe, expect, it } from 'vitest';
import { outOfForceMark, transition, type LifeCycle } from './life-cycle.js';

const lifeCycle: LifeCycle = {
  initial: 'issued',
  transitions: {
    superseded: { issued: 'superseded' },
    mortgaged: { issued: 'mortgaged', mortgaged: 'mortgaged' },
  },
  outOfForce: { superseded: { zh: '已换发', en: 'Superseded' } },
};

describe('transition', () => {
  it('goes only where the table leads', () => {
    const steps = ['superseded', 'mortgaged', 'revoked', 'issued'].flatMap((event) =>
      ['issued', 'mortgaged', 'superseded'].map((status) => [event, status, transition(lifeCycle, status, event)]),
    );
    expect(steps.filter(([, , next]) => next !== null)).toEqual([
      ['superseded', 'issued', 'superseded'],
      ['mortgaged', 'issued', 'mortgaged'],
      ['mortgaged', 'mortgaged', 'mortgaged'],
    ]);
  });

  it('finds nothing under the names that every object has', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(transition(lifeCycle, 'issued', name)).toBeNull();
      expect(transition(lifeCycle, name, 'mortgaged')).toBeNull();
      expect(outOfForceMark(lifeCycle, name)).toBeUndefined();
    }
  });
});

describe('outOfForceMark', () => {
  it('marks what is no longer in force, and nothing else', () => {
    expect(outOfForceMark(lifeCycle, 'superseded')).toEqual({ zh: '已换发', en: 'Superseded' });
    expect(outOfForceMark(lifeCycle, 'mortgaged')).toBeUndefined();
  });
});
