import { describe, expect, it } from 'vitest';
import { lapse } from './lapse-rules.js';
import type { Burden } from './property-register.repository.js';
import { checkRenewal, checkSeizureTerm } from './seizure-terms.js';

const burden = (changes: Partial<Burden>): Burden => ({
  ...{ id: `${changes.kind}-${changes.position}`, kind: 'seizure', position: 1, state: 'active', proofId: null },
  ...{ proofNumber: null, forbidsTransfer: false, courtDocumentNo: null, lapsesOn: null, termDays: null },
  ...{ dominantUnitNo: null, ...changes },
});
const seizure = (position: number, changes: Partial<Burden>): Burden =>
  burden({ kind: 'seizure', position, id: String(position), ...changes });

describe('what lapses', () => {
  it('stands through its last day, and for ever without one', () => {
    const objection = burden({ kind: 'objection', lapsesOn: '2026-03-20' });
    const mortgage = burden({ kind: 'mortgage' });
    expect(lapse([mortgage, objection], '2026-03-20')).toEqual({ inForce: [mortgage, objection], lapses: [] });
    expect(lapse([mortgage, objection], '2026-03-21')).toEqual({
      inForce: [mortgage],
      lapses: [{ burden: objection, lapsedOn: '2026-03-20' }],
    });
  });

  it('lets the next seizure take effect the day after, as long as its court ordered', () => {
    const first = seizure(1, { lapsesOn: '2026-03-20', termDays: 1095 });
    const second = seizure(2, { state: 'waiting', termDays: 10 });
    const third = seizure(3, { state: 'waiting', termDays: 20 });
    const next = { ...second, state: 'active', lapsesOn: '2026-03-31' };
    expect(lapse([first, second, third], '2026-03-31')).toEqual({
      inForce: [next, third],
      lapses: [{ burden: first, lapsedOn: '2026-03-20', next }],
    });
  });

  it('comes to the same whenever somebody looks', () => {
    const queue = [
      seizure(1, { lapsesOn: '2026-03-20', termDays: 1095 }),
      seizure(2, { state: 'waiting', termDays: 10 }),
      seizure(3, { state: 'waiting', termDays: 20 }),
    ];
    const late = lapse(queue, '2026-12-31');
    const onTheWay = lapse(queue, '2026-03-25');
    const again = lapse(onTheWay.inForce, '2026-12-31');
    expect(late.inForce).toEqual([]);
    expect(late.lapses.map(({ lapsedOn }) => lapsedOn)).toEqual(['2026-03-20', '2026-03-31', '2026-04-21']);
    expect([...onTheWay.lapses, ...again.lapses]).toEqual(late.lapses);
  });
});

describe('the term of a seizure', () => {
  const fields = (errors: readonly { field: string; code: string }[]): string[] =>
    errors.map(({ field, code }) => `${field} ${code.slice('certificates.'.length)}`);
  const of = (from: string, to: string): string[] => fields(checkSeizureTerm({ from, to }, '2026-03-05'));

  it('is three years at most, has begun and is not over', () => {
    expect(of('2026-03-05', '2029-03-05')).toEqual([]);
    expect(of('2026-03-05', '2029-03-06')).toEqual(['term.to seizure-too-long']);
    expect(of('2026-03-05', '2026-03-04')).toEqual(['term.to term-ends-before-start']);
    expect(of('2023-03-05', '2026-03-04')).toEqual(['term.to term-passed']);
    expect(of('9998-01-01', '9999-12-31')).toEqual(['term.from term-starts-late']);
  });

  it('is renewed without a gap, and for longer than it was', () => {
    const renewal = (from: string, to: string): string[] =>
      fields(checkRenewal({ from, to }, '2026-03-20', '2026-03-05'));
    expect(renewal('2026-03-21', '2029-03-20')).toEqual([]);
    expect(renewal('2026-03-22', '2029-03-20')).toEqual(['term.from term-starts-late']);
    expect(renewal('2026-03-05', '2026-03-20')).toEqual(['term.to renewal-too-short']);
    expect(fields(checkRenewal({ from: '2026-03-06', to: '2027-03-05' }, null, '2026-03-05'))).toEqual([]);
  });
});
