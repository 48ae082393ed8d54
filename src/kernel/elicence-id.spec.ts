import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { elicenceId, parseElicenceId } from './elicence-id.js';
import { hasMod37Check36, mod37Check36Character } from './iso7064.js';
import { normaliseCode } from './text-rules.js';

describe('ISO 7064 MOD 37,36', () => {
  it.each(domainVectors('iso7064_mod37_36'))('$why', ({ input, valid }) => {
    expect(hasMod37Check36(input)).toBe(valid);
  });

  it('finds every wrong single character and every swap of neighbours', () => {
    const text = 'A12425GABC1234002';
    const whole = text + mod37Check36Character(text);
    for (let index = 0; index < whole.length; index += 1) {
      for (const other of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
        const changed = whole.slice(0, index) + other + whole.slice(index + 1);
        expect(hasMod37Check36(changed)).toBe(changed === whole);
      }
    }
  });

  it('takes nothing but digits and capitals', () => {
    expect(hasMod37Check36('a1')).toBe(false);
    expect(() => mod37Check36Character('Ａ')).toThrow(TypeError);
  });
});

describe('电子证照标识', () => {
  it.each(domainVectors('elicenceId'))('$why', ({ input, valid }) => {
    expect(parseElicenceId(normaliseCode(input)) !== null).toBe(valid);
  });

  it('accepts the real proof of property that carries a region code', () => {
    expect(parseElicenceId('1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9')).toEqual({
      typeCode: '11100000MB03271699022',
      issuerCode: '340100',
      serial: '000000016',
      version: '001',
    });
  });

  it('builds what it reads, and refuses a part out of shape', () => {
    const id = '1.2.156.3005.2.11100000MB03271699001.12431300MBXDEM0689.20260000123.001.W';
    const parts = parseElicenceId(id);
    expect(parts).not.toBeNull();
    expect(parts && elicenceId(parts)).toBe(id);
    expect(() => elicenceId({ typeCode: 'X', issuerCode: '340100', serial: '1', version: '001' })).toThrow(TypeError);
  });
});
