import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { isTaxClassCode } from './invoice-field-rules.js';
import { LARGEST_SERIAL, isShudianNumber, parseShudianNumber, shudianNumber, shudianSeries } from './shudian-number.js';
import {
  canonicalTaxRate,
  isTaxRateInForce,
  isTaxRateText,
  taxRateInMillionths,
  taxRatesInForce,
} from './tax-rates.js';
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
    expect(isTaxRateInForce('0.16', '2019-03-31')).toBe(true);
    expect(isTaxRateInForce('0.16', '2019-04-01')).toBe(false);
    expect(isTaxRateInForce('0.13', '2019-04-01')).toBe(true);
    expect(taxRatesInForce('2026-03-05')).toEqual([
      ...['0.13', '0.09', '0.06', '0.05', '0.03', '0.015', '0.01', '0.005', '0'],
    ]);
    const table = [{ rate: '0.5', use: 'test', validFrom: '2030-01-01', validTo: '2030-01-01' }];
    expect(taxRatesInForce('2030-01-01', table)).toEqual(['0.5']);
    expect(taxRatesInForce('2030-01-02', table)).toEqual([]);
  });

  it('has one spelling for a rate', () => {
    expect(['0.130000', '0.10', '0.00', '0', '0.06'].map(canonicalTaxRate)).toEqual(['0.13', '0.1', '0', '0', '0.06']);
    expect(['.13', '13%', '0.1300000', '-0.13', '1e-1', '00.1', ''].some(isTaxRateText)).toBe(false);
    expect(taxRateInMillionths('0.015')).toBe(15_000n);
    expect(taxRateInMillionths('0')).toBe(0n);
  });
});
