/** 收费项目 in the order in which they are printed (财政部、卫生健康委、医保局 on 医疗收费电子票据). */
export const OUTPATIENT_ITEMS: readonly string[] = [
  ...['诊察费', '检查费', '化验费', '治疗费', '手术费', '卫生材料费', '西药费', '中药饮片', '中成药费'],
  ...['一般诊疗费', '挂号费', '其他门急诊收费'],
];
export const INPATIENT_ITEMS: readonly string[] = [
  ...['床位费', '诊察费', '检查费', '化验费', '治疗费', '手术费', '护理费', '卫生材料费', '西药费', '中药饮片'],
  ...['中成药费', '一般诊疗费', '其他住院收费'],
];
