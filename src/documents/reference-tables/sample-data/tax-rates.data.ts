import type { ReferenceRow } from '../reference-table.js';

/**
 * SAMPLE: put together from memory of public rules, for demonstration only. A real issuer loads the rate list that the
 * tax bureau gives for its taxpayer, which has the same shape (rate, valid from, valid to).
 *
 * The code is the rate as a canonical decimal fraction, no trailing zeros: `0.13`. `levy` tells 征收率 from 税率.
 */
export const sampleTaxRates: readonly ReferenceRow[] = [
  rate('0.17', 'general goods, before 2018-05', '1994-01-01', '2018-04-30'),
  rate('0.16', 'general goods, 2018-05 to 2019-03', '2018-05-01', '2019-03-31'),
  rate('0.13', 'general goods', '2019-04-01'),
  rate('0.11', 'transport and construction, before 2018-05', '2014-01-01', '2018-04-30'),
  rate('0.1', 'transport and construction, 2018-05 to 2019-03', '2018-05-01', '2019-03-31'),
  rate('0.09', 'transport, construction, real estate, farm goods', '2019-04-01'),
  rate('0.06', 'modern and life services', '2012-01-01'),
  rate('0.05', 'levy rate, transitional: old real-estate projects', '2016-05-01'),
  rate('0.03', 'levy rate', '2009-01-01'),
  rate('0.015', 'relief: individual housing rental', '2016-05-01'),
  rate('0.01', 'relief: small-scale taxpayers', '2020-03-01', '2027-12-31'),
  rate('0.005', 'relief: second-hand cars', '2020-05-01', '2027-12-31'),
  rate('0', 'zero-rated, exempt or not taxable; the line says which', '1994-01-01'),
];

function rate(code: string, use: string, validFrom: string, validTo?: string): ReferenceRow {
  return { code, validFrom, ...(validTo === undefined ? {} : { validTo }), data: { use } };
}
