import type { ReferenceRow } from '../reference-table.js';

/** SAMPLE of the holder code types of electronic licences (持证主体代码类型), which certificates use for owners too. */
export const sampleIdTypes: readonly ReferenceRow[] = [
  idType('001', '统一社会信用代码', 'unified social credit code'),
  idType('099', '其他法人或组织代码', 'other organisation'),
  idType('111', '居民身份证', 'citizen id'),
  idType('114', '军官证', 'officer id'),
  idType('115', '武警警官证', 'armed police id'),
  idType('118', '士兵证', 'soldier id'),
  idType('119', '军士证', 'sergeant id'),
  idType('120', '军队文职人员证', 'civilian staff of the army'),
  idType('122', '武警文职人员证', 'civilian staff of the armed police'),
  idType('411', '外交护照', 'diplomatic passport'),
  idType('412', '公务护照', 'service passport'),
  idType('413', '公务普通护照', 'official passport'),
  idType('414', '普通护照', 'passport'),
  idType('511', '台湾居民来往大陆通行证', 'taiwan permit'),
  idType('516', '港澳居民来往内地通行证', 'hong kong macao permit'),
  idType('999', '其他', 'other'),
];

function idType(code: string, name: string, english: string): ReferenceRow {
  return { code, validFrom: '2019-01-01', data: { name, english } };
}
