import { describe, expect, it } from 'vitest';
import { CertificateKind } from './certificate.kind.js';
import { PropertyProofKind } from './property-proof.kind.js';
import { addDays, addWorkingDays } from './working-days.js';

describe('counting days', () => {
  it('passes over weekends: fifteen working days are three weeks', () => {
    expect(addWorkingDays('2026-03-02', 15)).toBe('2026-03-23'); // Monday to Monday
    expect(addWorkingDays('2026-03-06', 1)).toBe('2026-03-09'); // Friday to Monday
    expect(addWorkingDays('2026-03-07', 1)).toBe('2026-03-09'); // Saturday to Monday
    expect(addWorkingDays('2026-03-06', 0)).toBe('2026-03-06');
  });

  it('knows the length of months', () => {
    expect([addDays('2026-02-20', 15), addDays('2028-02-20', 15), addDays('2026-12-20', 15)]).toEqual([
      '2026-03-07',
      '2028-03-06',
      '2027-01-04',
    ]);
  });
});

describe('registered documents', () => {
  it('are not taken past the register by an import', () => {
    for (const kind of [new CertificateKind(), new PropertyProofKind()]) {
      expect(kind.parse()).toMatchObject({ ok: false, errors: [{ code: 'certificates.only-through-register' }] });
    }
  });
});
