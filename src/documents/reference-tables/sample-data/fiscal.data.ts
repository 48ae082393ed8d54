import type { ReferenceRow } from '../reference-table.js';

/**
 * SAMPLE: category (2 digits) and type (2 digits) of fiscal e-bills, digits 3–6 of their code (票据代码). Only those that
 * this product issues.
 */
export const sampleFiscalCategories: readonly ReferenceRow[] = [
  category('0101', '非税收入统一票据', 'non-tax income'),
  category('0103', '罚没款统一票据', 'fines and confiscations'),
  category('0201', '停车收费票据', 'parking'),
  category('0202', '充电收费票据', 'charging'),
  category('0301', '社会团体会费票据', 'membership fees'),
  category('0309', '图书馆收费票据', 'libraries'),
  category('0501', '景区门票票据', 'scenic spots'),
  category('0601', '医疗门诊收费票据', 'medical, out-patient'),
  category('0602', '医疗住院收费票据', 'medical, in-patient'),
];

/** SAMPLE of GA/T 16.31: what the fine is for. Points are one of 0, 1, 3, 6, 9 and 12 (公安部令163号 art. 7). */
export const sampleViolationCodes: readonly ReferenceRow[] = [
  violation('1039', '机动车违反规定停放，驾驶人不在现场，妨碍其他车辆、行人通行的', '0'),
  violation('1345', '机动车违反禁止标线指示的', '1'),
  violation('1625', '驾驶机动车违反道路交通信号灯通行的', '6'),
  violation('1636', '驾驶中型以上载客载货汽车以外的机动车行驶超过规定时速20%以上未达到50%的', '6'),
];

function category(code: string, name: string, english: string): ReferenceRow {
  return { code, validFrom: '2020-01-01', data: { name, english } };
}

function violation(code: string, text: string, points: string): ReferenceRow {
  return { code, validFrom: '2022-04-01', data: { text, points } };
}
