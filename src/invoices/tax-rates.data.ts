/** One VAT rate (税率) or levy rate (征收率) and the days on which invoices may use it. */
export type TaxRateRow = {
  /** Canonical decimal fraction, no trailing zeros: `0.13`. */
  readonly rate: string;
  readonly use: string;
  /** First and last day, in China; no last day means in force until further notice. */
  readonly validFrom: string;
  readonly validTo?: string;
};

/**
 * SAMPLE: put together from memory of public rules, for demonstration only. A real issuer loads the rate list that the
 * tax bureau gives for its taxpayer, which has the same shape (rate, valid from, valid to).
 */
export const sampleTaxRates: readonly TaxRateRow[] = [
  { rate: '0.17', use: 'general goods, before 2018-05', validFrom: '1994-01-01', validTo: '2018-04-30' },
  { rate: '0.16', use: 'general goods, 2018-05 to 2019-03', validFrom: '2018-05-01', validTo: '2019-03-31' },
  { rate: '0.13', use: 'general goods', validFrom: '2019-04-01' },
  { rate: '0.11', use: 'transport and construction, before 2018-05', validFrom: '2014-01-01', validTo: '2018-04-30' },
  {
    rate: '0.1',
    use: 'transport and construction, 2018-05 to 2019-03',
    validFrom: '2018-05-01',
    validTo: '2019-03-31',
  },
  { rate: '0.09', use: 'transport, construction, real estate, farm goods', validFrom: '2019-04-01' },
  { rate: '0.06', use: 'modern and life services', validFrom: '2012-01-01' },
  { rate: '0.05', use: 'levy rate, transitional: old real-estate projects', validFrom: '2016-05-01' },
  { rate: '0.03', use: 'levy rate', validFrom: '2009-01-01' },
  { rate: '0.015', use: 'relief: individual housing rental', validFrom: '2016-05-01' },
  { rate: '0.01', use: 'relief: small-scale taxpayers', validFrom: '2020-03-01', validTo: '2027-12-31' },
  { rate: '0.005', use: 'relief: second-hand cars', validFrom: '2020-05-01', validTo: '2027-12-31' },
  { rate: '0', use: 'zero-rated, exempt or not taxable; the line says which', validFrom: '1994-01-01' },
];
