/** First two digits of GB/T 2260 region codes: provinces, Taiwan, Hong Kong, Macao, and what state registers use besides. */
const provinces = new Set([
  ...['11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37'],
  ...['41', '42', '43', '44', '45', '46', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '71', '81', '82'],
]);

/** 计划单列市: five cities whose tax bureaus report to Beijing directly and number 数电票 under a code of their own. */
const planCities: ReadonlyMap<string, string> = new Map([
  ['2102', '91'], // 大连
  ['3302', '92'], // 宁波
  ['3502', '93'], // 厦门
  ['3702', '94'], // 青岛
  ['4403', '95'], // 深圳
]);
const planCityCodes = new Set(planCities.values());

export function isProvinceCode(pair: string): boolean {
  return provinces.has(pair);
}

/** Provinces and the pseudo codes 91–95, as digits 3–4 of a 数电票 number carry them. */
export function isInvoiceRegionCode(pair: string): boolean {
  return provinces.has(pair) || planCityCodes.has(pair);
}

/** Six digits under a known province. */
export function isRegionCode(code: string): boolean {
  return /^\d{6}$/.test(code) && provinces.has(code.slice(0, 2));
}

/** Digits 3–4 of the 数电票 numbers of an issuer in region `code`: `440300` → `95`, `320102` → `32`. */
export function invoiceRegionCode(code: string): string {
  if (!isRegionCode(code)) {
    throw new TypeError('Not a region code');
  }
  return planCities.get(code.slice(0, 4)) ?? code.slice(0, 2);
}
