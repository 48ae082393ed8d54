import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { InvoiceRequest } from '../../../src/invoices/create-invoice.dto.js';
import type { ApiCaller } from '../../support/api-caller.js';
import { invoiceRequest, lineRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance } from '../../support/running-instance.js';

const lacksPoppler = inject('missingPackages').includes('poppler-utils');
if (lacksPoppler) {
  console.warn('SKIPPED ALOUD: reading an invoice with a rare name by poppler-utils, which is not installed');
}
const withPoppler = lacksPoppler ? it.skip : it;

const toPerson = (name: string, changes: Partial<InvoiceRequest> = {}): InvoiceRequest =>
  invoiceRequest({ buyer: { name }, buyerIsNaturalPerson: true, ...changes });

describe('rare characters of names (生僻字)', () => {
  let instance: TestInstance;
  let caller: ApiCaller;

  beforeAll(async () => {
    instance = await TestInstance.make({ ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
    caller = callerOf(await instance.startApi(), await instance.addIssuer());
    await instance.startWorker();
  });
  afterAll(() => instance.close());

  withPoppler('are printed, and come back as text from the file, whichever face draws them', async () => {
    const lines = [lineRequest({ itemName: '𠝹肉套餐' })];
    const { id } = await caller.issue(toPerson('𠮷野㛃䶮', { lines, drawer: '𬭎𡋾', remark: '𠀋与𫖯、𬀪、𬴊、𫗧' }));
    const { status, bytes } = await caller.file(id);
    expect(status).toBe(200);
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
    for (const printed of ['𠮷野㛃䶮（个人）', '*餐饮服务*𠝹肉套餐', '𬭎𡋾', '𠀋与𫖯、𬀪、𬴊、𫗧']) {
      expect(text).toContain(printed);
    }
    const fonts = execFileSync('pdffonts', ['-'], { input: bytes, encoding: 'utf8' });
    expect(fonts.match(/[A-Z]{6}\+NotoSerif(?:SC|HK|JP)-Regular +CID Type 0C +Identity-H +yes yes yes/g)).toHaveLength(
      3,
    );
  });

  it('are refused at issue time, by field, character and code point, where no face draws them', async () => {
    const documents = (): Promise<unknown> => instance.value('select count(*) from documents');
    const before = await documents();
    const { status, body } = await caller.tryToIssue(
      toPerson('张𪚥', { lines: [lineRequest({ itemName: '𤭢与𠮷' })], drawer: '周样宁' }),
    );
    expect([status, body.code]).toEqual([422, 'validation.failed']);
    expect(body.errors).toEqual([
      {
        field: 'buyer.name',
        code: 'validation.undrawable',
        message: 'No font here draws 𪚥 (U+2A6A5); write it in other characters.',
      },
      {
        field: 'lines[0].itemName',
        code: 'validation.undrawable',
        message: 'No font here draws 𤭢 (U+24B62); write it in other characters.',
      },
    ]);
    expect(await documents()).toBe(before);
  });
});
