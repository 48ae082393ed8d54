const rateText = /^(?:0|1)(?:\.\d{1,6})?$/;

/** A rate as requests may spell it: a decimal fraction with at most six decimals, `0.13` or `0.130000`. */
export function isTaxRateText(text: string): boolean {
  return rateText.test(text);
}

/** The one spelling that is stored and hashed: `0.130000` → `0.13`, `0.00` → `0`. */
export function canonicalTaxRate(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The rate in millionths, exactly: `0.06` → `60000n`. */
export function taxRateInMillionths(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}
