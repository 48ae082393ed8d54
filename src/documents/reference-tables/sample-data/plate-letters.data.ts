import type { ReferenceRow } from '../reference-table.js';

/**
 * SAMPLE: the province characters of vehicle plates, and the letters that tell a new-energy plate. Some cities give out
 * further letters where D and F are used up.
 */
export const samplePlateLetters: readonly ReferenceRow[] = [
  province('京', '110000'),
  province('津', '120000'),
  province('沪', '310000'),
  province('渝', '500000'),
  province('冀', '130000'),
  province('豫', '410000'),
  province('云', '530000'),
  province('辽', '210000'),
  province('黑', '230000'),
  province('湘', '430000'),
  province('皖', '340000'),
  province('鲁', '370000'),
  province('新', '650000'),
  province('苏', '320000'),
  province('浙', '330000'),
  province('赣', '360000'),
  province('鄂', '420000'),
  province('桂', '450000'),
  province('甘', '620000'),
  province('晋', '140000'),
  province('蒙', '150000'),
  province('陕', '610000'),
  province('吉', '220000'),
  province('闽', '350000'),
  province('贵', '520000'),
  province('粤', '440000'),
  province('青', '630000'),
  province('藏', '540000'),
  province('川', '510000'),
  province('宁', '640000'),
  province('琼', '460000'),
  newEnergy('D', 'electric', '2016-12-01'),
  newEnergy('F', 'other', '2016-12-01'),
  newEnergy('A', 'electric', '2019-01-01'),
  newEnergy('B', 'electric', '2019-01-01'),
  newEnergy('C', 'electric', '2019-01-01'),
  newEnergy('E', 'electric', '2019-01-01'),
  newEnergy('G', 'other', '2019-01-01'),
  newEnergy('H', 'other', '2019-01-01'),
  newEnergy('J', 'other', '2019-01-01'),
  newEnergy('K', 'other', '2019-01-01'),
];

function province(code: string, regionCode: string): ReferenceRow {
  return { code, validFrom: '1994-07-01', data: { role: 'province', regionCode } };
}

function newEnergy(code: string, power: 'electric' | 'other', validFrom: string): ReferenceRow {
  return { code, validFrom, data: { role: 'new-energy', power } };
}
