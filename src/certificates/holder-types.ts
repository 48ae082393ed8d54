/** 证件种类 of whoever holds a licence (GB/T 36903 holder-code types). */
export const CITIZEN_ID = '111';
export const ORGANISATION_ID = '001';

const names: Readonly<Record<string, string>> = {
  '001': '统一社会信用代码',
  '099': '其他机构证件',
  '111': '居民身份证',
  '114': '军官证',
  '115': '武警警官证',
  '118': '士兵证',
  '119': '军士证',
  '120': '军队文职人员证',
  '122': '武警文职人员证',
  '411': '外交护照',
  '412': '公务护照',
  '413': '因公普通护照',
  '414': '普通护照',
  '511': '台湾居民来往大陆通行证',
  '516': '港澳居民来往内地通行证',
  '999': '其他证件',
};

export const HOLDER_TYPES: readonly string[] = Object.keys(names).sort();

export function holderTypeName(code: string): string {
  return names[code] ?? code;
}

/** Companies and other bodies are shown in full to everybody; people are not. */
export function isOrganisation({ idType }: { readonly idType: string }): boolean {
  return idType.startsWith('0');
}
