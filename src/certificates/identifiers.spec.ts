import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { maskAddress, maskCitizenId, maskName } from '../kernel/index.js';
import {
  certificateNumber,
  certificateSeries,
  normaliseCertificateNumber,
  parseCertificateNumber,
} from './certificate-number.js';
import { registeredElicenceId, registeredQrText } from './registered-numbering.js';
import { makeOneWhole } from './shares.js';
import { normaliseUnitNumber, printedUnitNumber, unitNumberParts, unitNumberProblem } from './unit-number.js';

describe('不动产单元号', () => {
  it.each(domainVectors('unitNo'))('$why', ({ input, valid }) => {
    expect(unitNumberProblem(normaliseUnitNumber(input)) === null).toBe(valid);
  });

  it('knows every letter of the parcel, and which land each goes with', () => {
    const allowed = (owner: string): string =>
      Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ0')
        .filter((use) => unitNumberProblem(`431302001005${owner}${use}00012F00030602`) === null)
        .join('');
    expect([allowed('G'), allowed('J'), allowed('Z'), allowed('K')]).toEqual([
      'BDEFGHLNSWXY',
      'ABCDEFGHLNSWXY',
      'BDEFGHLNSWXY',
      '',
    ]);
  });

  it('knows what may stand on a parcel', () => {
    const problem = (end: string): string | null => unitNumberProblem(`431302001005GB00012${end}`);
    expect(['F00030602', 'L00000001', 'Q00000001', 'W00000000'].map(problem)).toEqual([null, null, null, null]);
    expect(['W00000001', 'A00030602', 'F0003060', 'F000306022'].map(problem)).toEqual([
      'fixture',
      'shape',
      'shape',
      'shape',
    ]);
    expect(unitNumberProblem('991302001005GB00012F00030602')).toBe('region');
  });

  it('reads the printed groups and full-width characters', () => {
    const printed = '431302 001005 GB00012 F00030602';
    expect(normaliseUnitNumber('４３１３０２ 001005 gb00012　F00030602')).toBe('431302001005GB00012F00030602');
    expect(printedUnitNumber('431302001005GB00012F00030602')).toBe(printed);
    expect(unitNumberParts(normaliseUnitNumber(printed))).toMatchObject({ district: '001', fixtureUnit: '00030602' });
    expect(() => unitNumberParts(printed)).toThrow(TypeError);
  });
});

describe('certificate numbers', () => {
  it.each(domainVectors('certNo'))('$why', ({ input, valid }) => {
    const kind = parseCertificateNumber(normaliseCertificateNumber(input))?.kind;
    expect(kind === 'certificate').toBe(valid);
  });

  it('tell a proof from a certificate', () => {
    expect(parseCertificateNumber('湘(2026)娄底市不动产证明第0000456号')).toEqual({
      kind: 'proof',
      province: '湘',
      year: '2026',
      place: '娄底市',
      serial: '0000456',
    });
  });

  it.each([
    '湘(2018)娄底市不动产权第0000000号',
    '湘(2018)娄底市不动产权第000001号',
    '人(2018)娄底市不动产权第0000001号',
    '湘(2018)不动产权第0000001号',
    '湘(2018)娄底市不动产权第0000001号 ',
  ])('refuse %s', (text) => {
    expect(parseCertificateNumber(text)).toBeNull();
  });

  it('run in series of province, year, place and kind', () => {
    const series = certificateSeries({ regionCode: '431300', place: '娄底市', kind: 'certificate' }, 2018);
    expect(certificateNumber(series, 1n)).toBe('湘(2018)娄底市不动产权第0000001号');
    expect(certificateNumber(series, 9_999_999n)).toBe('湘(2018)娄底市不动产权第9999999号');
    expect(() => certificateNumber(series, 10_000_000n)).toThrow(RangeError);
  });

  it('lead to the published e-licence identifiers', () => {
    const code = '12431300MBXDEM0689';
    expect(registeredElicenceId('湘(2026)娄底市不动产权第0000123号', code)).toBe(
      '1.2.156.3005.2.11100000MB03271699001.12431300MBXDEM0689.20260000123.001.W',
    );
    expect(registeredElicenceId('湘(2026)娄底市不动产证明第0000457号', code)).toBe(
      '1.2.156.3005.2.11100000MB03271699022.12431300MBXDEM0689.20260000457.001.I',
    );
  });

  it('stand in a QR text of the known shape', () => {
    const said = {
      businessNo: '201903050587',
      unitNo: '320311001021GB00233F00010013',
      number: '苏(2019)徐州市不动产权第0020128号',
      authorityCode: '12431300MBXDEM0689',
      registeredAt: '2019-03-05',
    };
    expect(registeredQrText(said)).toMatch(
      /^201903050587\$320311001021GB00233F00010013\$苏\(2019\)徐州市不动产权第0020128号\$[0-9A-F]{32}$/,
    );
  });
});

describe('masking on public pages', () => {
  const masks: Readonly<Record<string, (text: string) => string>> = {
    name: maskName,
    citizenId: maskCitizenId,
    address: maskAddress,
  };
  it.each(domainVectors('mask') as readonly { input: { kind: string; value: string }; expected: string }[])(
    '$expected',
    ({ input, expected }) => {
      expect(masks[input.kind]?.(input.value)).toBe(expected);
    },
  );
});

describe('shares', () => {
  it.each([
    [['50%', '50%'], true],
    [['33.33%', '33.33%', '33.34%'], true],
    [['33.33%', '33.33%', '33.33%'], false],
    [['1/3', '1/3', '1/3'], true],
    [['1/3', '66.67%'], false],
    [['1/2', '25%', '0.25%'], false],
    [['100%'], true],
    [['99.9999999999%', '0.0000000001%'], true],
  ])('%j make one whole: %s', (shares, whole) => {
    expect(makeOneWhole(shares)).toBe(whole);
  });
});
