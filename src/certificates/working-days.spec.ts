import { describe, expect, it } from 'vitest';
import { SampleReferenceTables } from '../documents/index.js';
import type { Logger } from '../platform/observability/index.js';
import { CertificateKind } from './certificate.kind.js';
import { PropertyProofKind } from './property-proof.kind.js';
import { WorkingDays } from './working-days.js';

const unknownYears: unknown[] = [];
const logger = { warn: (_event: string, fields: object) => unknownYears.push(fields) } as unknown as Logger;
const days = new WorkingDays(new SampleReferenceTables(), logger);

describe('counting working days', () => {
  it('passes over weekends: fifteen working days are three weeks', () => {
    expect(days.after('2026-03-02', 15)).toBe('2026-03-23'); // Monday to Monday
    expect(days.after('2026-03-06', 1)).toBe('2026-03-09'); // Friday to Monday
    expect(days.after('2026-03-07', 1)).toBe('2026-03-09'); // Saturday to Monday
    expect(days.after('2026-03-06', 0)).toBe('2026-03-06');
  });

  it('passes over holidays, and works the weekends that make up for them', () => {
    // Spring festival of 2026: off from Sunday 15 to Monday 23 February, worked on the Saturdays 14 and 28.
    expect(days.after('2026-02-13', 1)).toBe('2026-02-14');
    expect(days.after('2026-02-13', 2)).toBe('2026-02-24');
    expect(days.after('2026-02-27', 1)).toBe('2026-02-28');
    expect(days.after('2026-02-09', 15)).toBe('2026-03-06');
    expect(days.after('2025-09-30', 3)).toBe('2025-10-11');
  });

  it('ends a term on the day itself when it is worked, and after the rest when it is not', () => {
    expect(days.endOfTerm('2026-03-05', 15)).toBe('2026-03-20');
    expect(days.endOfTerm('2026-03-06', 15)).toBe('2026-03-23'); // Saturday
    expect(days.endOfTerm('2026-01-31', 15)).toBe('2026-02-24'); // the first day of the spring festival
    expect(days.endOfTerm('2026-01-30', 15)).toBe('2026-02-14'); // a Saturday that is worked
    expect(days.endOfTerm('2026-07-03', 90)).toBe('2026-10-08'); // the first day of October
  });

  it('knows the length of months', () => {
    expect(days.endOfTerm('2026-12-20', 15)).toBe('2027-01-04');
    expect(days.endOfTerm('2027-02-10', 19)).toBe('2027-03-01');
  });

  it('counts Monday to Friday in a year that the table does not cover, and says so', () => {
    unknownYears.length = 0;
    expect(days.after('2028-09-29', 1)).toBe('2028-10-02'); // Friday to Monday in what will be a holiday
    expect(unknownYears).toEqual([{ year: '2028' }]);
    expect(days.after('2026-09-30', 1)).toBe('2026-10-08');
    expect(unknownYears).toHaveLength(1);
  });
});

describe('registered documents', () => {
  it('are not taken past the register by an import', () => {
    for (const kind of [new CertificateKind(), new PropertyProofKind()]) {
      expect(kind.parse()).toMatchObject({ ok: false, errors: [{ code: 'certificates.only-through-register' }] });
    }
  });
});
