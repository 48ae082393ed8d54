import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { SampleReferenceTables } from '../documents/index.js';
import { buildBlockchainQrUrl, readBlockchainQrUrl } from './blockchain-qr-url.js';
import { isTaxClassCode } from './invoice-field-rules.js';
import {
  LARGEST_LEGACY_SERIAL,
  isCheckCode,
  isInvoiceCode,
  legacyNumber,
  legacySeries,
  makeCheckCode,
  schemeOfCode,
} from './legacy-number.js';
import { placeOf } from './place-names.js';
import { LARGEST_SERIAL, isShudianNumber, parseShudianNumber, shudianNumber, shudianSeries } from './shudian-number.js';
import { canonicalTaxRate, isTaxRateText, taxRateInMillionths } from './tax-rates.js';
import { buildVatQrText, crc16Umts, readVatQrText } from './vat-qr-text.js';

describe('数电票 numbers', () => {
  it.each(domainVectors('shudianNumber'))('$input: $why', ({ input, valid }) => {
    expect(isShudianNumber(input)).toBe(valid);
    expect(parseShudianNumber(input) !== null).toBe(valid);
  });

  it('puts year, region, channel and block in front of the serial', () => {
    const nanjing = shudianSeries({ regionCode: '320102', numberBlock: 1 }, 2026);
    const shenzhen = shudianSeries({ regionCode: '440300', numberBlock: 2 }, 2026);
    expect(shudianNumber(nanjing, 1)).toBe('26322000000100000001');
    expect(shudianNumber(shenzhen, 2)).toBe('26952000000200000002');
    expect(parseShudianNumber('26952000000200000002')).toEqual({
      year: 2026,
      region: '95',
      channel: '2',
      series: '269520000002',
      serial: 2,
    });
  });

  it('never leaves its twenty digits', () => {
    const series = shudianSeries({ regionCode: '320102', numberBlock: 9_999_999 }, 2026);
    expect(shudianNumber(series, LARGEST_SERIAL)).toHaveLength(20);
    expect(() => shudianNumber(series, LARGEST_SERIAL + 1)).toThrow(RangeError);
    expect(() => shudianNumber(series, 0)).toThrow(RangeError);
    expect(() => shudianSeries({ regionCode: '320102', numberBlock: 10_000_000 }, 2026)).toThrow(RangeError);
  });
});

describe('codes and numbers of the older schemes', () => {
  it.each(domainVectors('legacyInvoiceCode'))('$input: $why', ({ input, valid }) => {
    expect(isInvoiceCode(input)).toBe(valid);
  });

  it('tell their scheme', () => {
    expect(['011001605111', '144032109111', '153002409100'].map(schemeOfCode)).toEqual([
      ...['legacy', 'blockchain', 'blockchain'],
    ]);
    expect(['019901605111', '011001605114', '１44032109111', ''].map(schemeOfCode)).toEqual([null, null, null, null]);
  });

  it('are made of region, year, batch and block, so that issuers of a region share none', () => {
    const shenzhen = (numberBlock: number) => ({ regionCode: '440300', numberBlock });
    expect(legacyNumber(legacySeries('blockchain', shenzhen(110), 2026), 1)).toBe('14403260911000000001');
    expect(legacyNumber(legacySeries('legacy', shenzhen(5_007), 2026), 99)).toBe('04403260071100500099');
    const series = Array.from({ length: 3_000 }, (_, block) => legacySeries('legacy', shenzhen(block + 1), 2026));
    expect(new Set(series).size).toBe(3_000);
    expect(series.every((each) => isInvoiceCode(each.slice(0, 12)))).toBe(true);
  });

  it('never leave their twenty digits', () => {
    const series = legacySeries('legacy', { regionCode: '320102', numberBlock: 999_999 }, 2026);
    expect(legacyNumber(series, LARGEST_LEGACY_SERIAL)).toHaveLength(20);
    expect(() => legacyNumber(series, LARGEST_LEGACY_SERIAL + 1)).toThrow(RangeError);
    expect(() => legacySeries('legacy', { regionCode: '320102', numberBlock: 1_000_000 }, 2026)).toThrow(RangeError);
    expect(() => legacySeries('legacy', { regionCode: '990102', numberBlock: 1 }, 2026)).toThrow(RangeError);
  });

  it('come with check codes of chance', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 17);
    expect(makeCheckCode('blockchain', bytes)).toBe('00112');
    expect(isCheckCode(makeCheckCode('legacy', bytes), 'legacy')).toBe(true);
    expect(makeCheckCode('legacy', new Uint8Array(16))).toBe('0'.repeat(20));
    expect([isCheckCode('1c834', 'blockchain'), isCheckCode('1C83g', 'blockchain')]).toEqual([true, false]);
  });

  it('name their region in the title', () => {
    const names: Record<string, string> = { '440000': '广东省', '440300': '深圳市', '450000': '广西壮族自治区' };
    const nameOf = (code: string) => names[code];
    expect(placeOf('blockchain', '440305', nameOf)).toBe('深圳');
    expect(placeOf('legacy', '440305', nameOf)).toBe('广东');
    expect(placeOf('blockchain', '450100', nameOf)).toBe('广西');
    expect(placeOf('legacy', '110000', nameOf)).toBe('');
  });
});

describe('the link of a blockchain invoice', () => {
  it.each(domainVectors('invoiceQrUrl'))('$why', ({ input, valid, parsed }) => {
    const reading = readBlockchainQrUrl(input);
    expect(reading !== null).toBe(valid);
    expect(reading?.number).toBe(parsed?.number);
    expect(reading?.totalFen).toBe(parsed === undefined ? undefined : BigInt(parsed.totalFen));
  });

  it('is read as it is built', () => {
    const fields = { hash: `01${'ab'.repeat(32)}`, number: '00000001', totalFen: -3_000n };
    expect(readBlockchainQrUrl(buildBlockchainQrUrl('https://example.invalid/verify/scan', fields))).toEqual(fields);
    expect(readBlockchainQrUrl('javascript:/verify/scan')).toBeNull();
    expect(readBlockchainQrUrl(buildBlockchainQrUrl('https://example.invalid/elsewhere', fields))).toBeNull();
  });
});

describe('QR text', () => {
  it.each(domainVectors('invoiceQr'))('$input: $why', ({ input, valid }) => {
    expect(readVatQrText(input)?.checksum === 'matches').toBe(valid);
  });

  it('knows the check value of CRC-16/UMTS', () => {
    expect(crc16Umts('123456789')).toBe(0xfee8);
  });

  it('builds what it reads', () => {
    const text = '01,32,,26322000000100000001,660.00,20260305,,0A30';
    const reading = readVatQrText(text);
    expect(reading?.fields.number).toBe('26322000000100000001');
    expect(reading && buildVatQrText(reading.fields)).toBe(text);
  });

  it('tells a wrong checksum from a missing one and from no QR text', () => {
    const body = '01,32,,25432000000031411143,655.00,20250311,';
    expect(readVatQrText(`${body},19E3,`)?.checksum).toBe('matches');
    expect(readVatQrText(`${body},19E4`)?.checksum).toBe('differs');
    expect(readVatQrText(body)?.checksum).toBe('missing');
    expect(readVatQrText('https://example.invalid/')).toBeNull();
    expect(readVatQrText('01,32,,25432000000031411143,655,20250311,,19E3')).toBeNull();
    const withoutLastComma = crc16Umts(body).toString(16).padStart(4, '0');
    expect(readVatQrText(`${body},${withoutLastComma}`)?.checksum).toBe('matches');
  });
});

describe('tax classes and rates', () => {
  it.each(domainVectors('taxClassCode'))('$input: $why', ({ input, valid }) => {
    expect(isTaxClassCode(input)).toBe(valid);
  });

  it('keeps rates as data with dates', () => {
    const rates = new SampleReferenceTables().table('tax-rates');
    expect(rates.find('0.16', '2019-03-31')).toBeDefined();
    expect(rates.find('0.16', '2019-04-01')).toBeUndefined();
    expect(rates.find('0.13', '2019-04-01')).toBeDefined();
    expect(rates.inForce('2026-03-05').map(({ code }) => code)).toEqual([
      '0.13',
      '0.09',
      '0.06',
      '0.05',
      '0.03',
      '0.015',
      '0.01',
      '0.005',
      '0',
    ]);
  });

  it('has one spelling for a rate', () => {
    expect(['0.130000', '0.10', '0.00', '0', '0.06'].map(canonicalTaxRate)).toEqual(['0.13', '0.1', '0', '0', '0.06']);
    expect(['.13', '13%', '0.1300000', '-0.13', '1e-1', '00.1', ''].some(isTaxRateText)).toBe(false);
    expect(taxRateInMillionths('0.015')).toBe(15_000n);
    expect(taxRateInMillionths('0')).toBe(0n);
  });
});
