import type { ReferenceRow } from '../reference-table.js';

/**
 * SAMPLE: the public holidays of China with the weekends that are worked for them. The days of a row are those it is valid
 * on; `data.day` says what they are: `rest`, `work` (调休上班), or `announced`, which every day of a year has whose
 * holidays are all in the table. On days of which nothing is said Monday to Friday are worked.
 *
 * 2025 and 2026 as the 国务院办公厅 announced them. 2027 was not announced when this was put together: only what the
 * 全国年节及纪念日放假办法 (2024) itself grants, with the days that make up for weekends (article 6) and no weekend worked.
 */
export const sampleHolidays: readonly ReferenceRow[] = [
  announced(2025, '国务院办公厅关于2025年部分节假日安排的通知'),
  rest('元旦', '2025-01-01', '2025-01-01'),
  rest('春节', '2025-01-28', '2025-02-04'),
  rest('清明节', '2025-04-04', '2025-04-06'),
  rest('劳动节', '2025-05-01', '2025-05-05'),
  rest('端午节', '2025-05-31', '2025-06-02'),
  rest('国庆节', '2025-10-01', '2025-10-08'), // with 中秋节 on the 6th
  work('春节调休', '2025-01-26'),
  work('春节调休', '2025-02-08'),
  work('劳动节调休', '2025-04-27'),
  work('国庆节调休', '2025-09-28'),
  work('国庆节调休', '2025-10-11'),

  announced(2026, '国务院办公厅关于2026年部分节假日安排的通知'),
  rest('元旦', '2026-01-01', '2026-01-03'),
  rest('春节', '2026-02-15', '2026-02-23'),
  rest('清明节', '2026-04-04', '2026-04-06'),
  rest('劳动节', '2026-05-01', '2026-05-05'),
  rest('端午节', '2026-06-19', '2026-06-21'),
  rest('中秋节', '2026-09-25', '2026-09-27'),
  rest('国庆节', '2026-10-01', '2026-10-07'),
  work('元旦调休', '2026-01-04'),
  work('春节调休', '2026-02-14'),
  work('春节调休', '2026-02-28'),
  work('劳动节调休', '2026-05-09'),
  work('国庆节调休', '2026-09-20'),
  work('国庆节调休', '2026-10-10'),

  announced(2027, '全国年节及纪念日放假办法'),
  rest('元旦', '2027-01-01', '2027-01-01'),
  rest('春节', '2027-02-05', '2027-02-10'),
  rest('清明节', '2027-04-05', '2027-04-05'),
  rest('劳动节', '2027-05-01', '2027-05-04'),
  rest('端午节', '2027-06-09', '2027-06-09'),
  rest('中秋节', '2027-09-15', '2027-09-15'),
  rest('国庆节', '2027-10-01', '2027-10-05'),
];

function announced(year: number, source: string): ReferenceRow {
  return { code: '年度', validFrom: `${year}-01-01`, validTo: `${year}-12-31`, data: { day: 'announced', source } };
}

function rest(code: string, validFrom: string, validTo: string): ReferenceRow {
  return { code, validFrom, validTo, data: { day: 'rest' } };
}

function work(code: string, day: string): ReferenceRow {
  return { code, validFrom: day, validTo: day, data: { day: 'work' } };
}
