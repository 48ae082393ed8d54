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

/** 省区市简称: what plates and certificate numbers call a province. */
const shortNames: Readonly<Record<string, string>> = {
  ...{ 11: '京', 12: '津', 13: '冀', 14: '晋', 15: '蒙', 21: '辽', 22: '吉', 23: '黑', 31: '沪', 32: '苏', 33: '浙' },
  ...{ 34: '皖', 35: '闽', 36: '赣', 37: '鲁', 41: '豫', 42: '鄂', 43: '湘', 44: '粤', 45: '桂', 46: '琼', 50: '渝' },
  ...{ 51: '川', 52: '贵', 53: '云', 54: '藏', 61: '陕', 62: '甘', 63: '青', 64: '宁', 65: '新', 71: '台', 81: '港' },
  ...{ 82: '澳' },
};

/** `431302` → `湘`. Throws `TypeError` on anything `isRegionCode` refuses. */
export function provinceShortName(code: string): string {
  const name = shortNames[code.slice(0, 2)];
  if (!isRegionCode(code) || name === undefined) {
    throw new TypeError('Not a region code');
  }
  return name;
}

export function isProvinceShortName(name: string): boolean {
  return Object.values(shortNames).includes(name);
}
