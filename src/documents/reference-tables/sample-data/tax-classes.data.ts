import type { ReferenceRow } from '../reference-table.js';

/**
 * SAMPLE: a few of the several thousand classes of goods and services (商品和服务税收分类编码), so that the samples have
 * theirs. Not complete: a class that is not here is not refused.
 */
export const sampleTaxClasses: readonly ReferenceRow[] = [
  taxClass('1010112010000000000', '蔬菜', 'fresh vegetables'),
  taxClass('1010115010000000000', '谷物', 'grain'),
  taxClass('1030107020000000000', '植物油', 'vegetable oil'),
  taxClass('1060201030000000000', '纸制品', 'paper goods'),
  taxClass('1080301020000000000', '塑料制品', 'plastic goods'),
  taxClass('1090511010000000000', '电子计算机', 'computers'),
  taxClass('3010102020000000000', '运输服务', 'transport'),
  taxClass('3040201010000000000', '信息技术服务', 'information technology services'),
  taxClass('3040502020200000000', '经营租赁', 'leasing: parking'),
  taxClass('3040901000000000000', '现代服务', 'modern services'),
  taxClass('3070301000000000000', '旅游服务', 'tourism'),
  taxClass('3070401000000000000', '餐饮服务', 'catering'),
  taxClass('3070402000000000000', '生活服务', 'life services'),
];

function taxClass(code: string, shortName: string, english: string): ReferenceRow {
  return { code, validFrom: '2016-05-01', data: { shortName, english } };
}
