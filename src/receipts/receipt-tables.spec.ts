import { describe, expect, it } from 'vitest';
import {
  issued,
  issuerCalled,
  kindCalled,
  NOW,
  problemsOf,
  sampleReceipt,
  type ReceiptBody,
} from '../../test/support/receipts.js';
import { ReferenceTable, SampleReferenceTables, type ReferenceTables } from '../documents/index.js';
import { prepareWriteOff } from './receipt.canonical.js';

type Bend = (body: ReceiptBody) => unknown;

const set =
  (values: Record<string, unknown>): Bend =>
  (body) =>
    Object.assign(body.particulars, values);

describe('what the tables say', () => {
  it.each<[string, Bend, readonly string[]]>([
    [
      'an id type that no table has',
      (b) => (b.payer = { type: '1', name: '林', code: 'E12345678', codeType: '415' }),
      ['payer.codeType receipts.id-type-not-in-force'],
    ],
    [
      'an id type of organisations for a person',
      (b) => (b.payer = { type: '1', name: '林', code: '91440300MAXDEM0135', codeType: '001' }),
      ['payer.codeType receipts.id-type-of-other-payer'],
    ],
    [
      'an id type in letters',
      (b) => (b.payer = { type: '1', name: '林', code: 'E12345678', codeType: 'passport' }),
      ['payer.codeType validation.format'],
    ],
    [
      'a violation code that no table has',
      set({ violationCode: '9999' }),
      ['particulars.violationCode receipts.violation-code-not-in-force'],
    ],
    [
      'a violation code of later days',
      set({ violationTime: '2022-03-31T23:59:59+08:00' }),
      ['particulars.violationCode receipts.violation-code-not-in-force'],
    ],
    [
      'a plate of no province',
      set({ plateNo: '字BD12345' }),
      ['particulars.plateNo receipts.plate-province-not-in-force'],
    ],
    [
      'a new-energy letter that is not given out',
      set({ plateNo: '粤BL12345' }),
      ['particulars.plateNo receipts.plate-new-energy-not-in-force'],
    ],
  ])('refuses %s', (_name, bend, expected) => {
    const body = structuredClone(sampleReceipt('fine-parking').request);
    bend(body);
    expect(problemsOf(body, 'traffic', kindCalled(body.kind))).toEqual(expected);
  });

  it('takes a passport, and an organisation without a credit code, by their id types', () => {
    const { request } = sampleReceipt('fine-parking');
    for (const payer of [
      { type: '1', name: '林', code: 'E12345678', codeType: '414' },
      { type: '2', name: '示例代表处', code: 'X12345678', codeType: '099' },
    ]) {
      expect(problemsOf({ ...request, payer }, 'traffic', kindCalled(request.kind))).toEqual([]);
    }
  });

  it('remembers the tables it was judged by, and its write-off names the same', () => {
    const { request } = sampleReceipt('fine-parking');
    const kind = kindCalled(request.kind);
    const receipt = issued(request, issuerCalled('traffic'));
    expect(receipt.judgedBy).toEqual({
      'fiscal-categories': '1',
      'id-types': '1',
      'plate-letters': '1',
      regions: '1',
      'violation-codes': '1',
    });
    const back = prepareWriteOff(receipt, kind.definition, { category: '01', type: '01', title: '' });
    expect(back.content.judgedBy).toEqual(receipt.judgedBy);
  });

  it('names field, code and day of what a table does not have', () => {
    const { request } = sampleReceipt('fine-parking');
    const body = structuredClone(request);
    Object.assign(body.particulars, { violationCode: '9999' });
    const kind = kindCalled(request.kind);
    const parsed = kind.parse(body);
    const judged = parsed.ok ? kind.judge(parsed.value, issuerCalled('traffic'), NOW) : parsed;
    expect(judged.ok ? [] : judged.errors.map(({ message }) => message)).toEqual([
      'The violation code 9999 is not in force on 2026-03-01, the day of the violation; see the table violation-codes.',
    ]);
  });

  it('is refused when its class of bills, or its issuer’s province, is in no table', () => {
    const { request } = sampleReceipt('parking.json');
    const samples = new SampleReferenceTables();
    const none = (name: string): ReferenceTables => ({
      table: (wanted) => (wanted === name ? new ReferenceTable(wanted, 2, []) : samples.table(wanted)),
    });
    const problems = (tables: ReferenceTables, kind: string) =>
      problemsOf({ ...request, kind }, 'traffic', kindCalled(kind, tables));
    expect(problems(none('fiscal-categories'), 'receipt.parking')).toEqual([
      'kind receipts.fiscal-category-not-in-force',
    ]);
    expect(problems(none('regions'), 'receipt.parking')).toEqual([]);
    const fine = sampleReceipt('fine-parking').request;
    expect(problemsOf(fine, 'traffic', kindCalled(fine.kind, none('regions')))).toEqual([
      'kind receipts.issuer-region-not-in-force',
    ]);
    expect(problems(none('plate-letters'), 'receipt.parking')).toEqual([
      'particulars.plateNo receipts.plate-province-not-in-force',
      'particulars.plateNo receipts.plate-new-energy-not-in-force',
    ]);
  });
});
