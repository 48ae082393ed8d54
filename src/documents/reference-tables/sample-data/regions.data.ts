import type { ReferenceRow } from '../reference-table.js';

/**
 * SAMPLE of GB/T 2260: every province, and the cities that the samples play in. `abbreviation` stands on plates and
 * certificates, `invoiceCode` is what digits 3–4 of a 数电票 number say: the five 计划单列市 have one of their own.
 */
export const sampleRegions: readonly ReferenceRow[] = [
  region('110000', '北京市', '京', '11'),
  region('120000', '天津市', '津', '12'),
  region('130000', '河北省', '冀', '13'),
  region('140000', '山西省', '晋', '14'),
  region('150000', '内蒙古自治区', '蒙', '15'),
  region('210000', '辽宁省', '辽', '21'),
  region('220000', '吉林省', '吉', '22'),
  region('230000', '黑龙江省', '黑', '23'),
  region('310000', '上海市', '沪', '31'),
  region('320000', '江苏省', '苏', '32'),
  region('330000', '浙江省', '浙', '33'),
  region('340000', '安徽省', '皖', '34'),
  region('350000', '福建省', '闽', '35'),
  region('360000', '江西省', '赣', '36'),
  region('370000', '山东省', '鲁', '37'),
  region('410000', '河南省', '豫', '41'),
  region('420000', '湖北省', '鄂', '42'),
  region('430000', '湖南省', '湘', '43'),
  region('440000', '广东省', '粤', '44'),
  region('450000', '广西壮族自治区', '桂', '45'),
  region('460000', '海南省', '琼', '46'),
  region('500000', '重庆市', '渝', '50'),
  region('510000', '四川省', '川', '51'),
  region('520000', '贵州省', '贵', '52'),
  region('530000', '云南省', '云', '53'),
  region('540000', '西藏自治区', '藏', '54'),
  region('610000', '陕西省', '陕', '61'),
  region('620000', '甘肃省', '甘', '62'),
  region('630000', '青海省', '青', '63'),
  region('640000', '宁夏回族自治区', '宁', '64'),
  region('650000', '新疆维吾尔自治区', '新', '65'),
  region('710000', '台湾省', '台', '71'),
  region('810000', '香港特别行政区', '港', '81'),
  region('820000', '澳门特别行政区', '澳', '82'),
  region('210200', '大连市', '辽', '91'),
  region('330200', '宁波市', '浙', '92'),
  region('350200', '厦门市', '闽', '93'),
  region('370200', '青岛市', '鲁', '94'),
  region('440300', '深圳市', '粤', '95'),
  region('320100', '南京市', '苏', '32'),
  region('530700', '丽江市', '云', '53'),
  region('440600', '佛山市', '粤', '44'),
  region('133100', '雄安新区', '冀', '13'),
  region('431300', '娄底市', '湘', '43'),
  region('330100', '杭州市', '浙', '33'),
];

function region(code: string, name: string, abbreviation: string, invoiceCode: string): ReferenceRow {
  return { code, validFrom: '2019-01-01', data: { name, abbreviation, invoiceCode } };
}
