import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pdf, put, VerifyingWorld } from './verifying-world.js';

const missing = inject('missingPackages');

describe.skipIf(missing.includes('chromium') || missing.includes('poppler-utils'))('the report of a pile', () => {
  let world: VerifyingWorld;
  let files: { readonly number: string; readonly amount: string; readonly bytes: Buffer }[];

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    await world.instance.startWorker();
    const issued = [];
    for (let count = 0; count < 9; count += 1) {
      issued.push(await world.caller.issue());
    }
    await world.instance.waitUntilAnchored('confirmed');
    files = await Promise.all(
      issued.map(async ({ id, number }) => ({
        number,
        amount: (await world.caller.get<{ content: { totals: { withTax: string } } }>(`/v1/documents/${id}`)).body
          .content.totals.withTax,
        bytes: await world.stamped(id),
      })),
    );
  });
  afterAll(() => world.close());

  it('is printed with counts, numbers, amounts, duplicates, the time and the nodes asked', async () => {
    const { page, complaints } = await world.open('/verify?lang=zh');
    const [first] = files;
    const altered = Buffer.from(first?.bytes ?? '');
    altered[5_000] = (altered[5_000] ?? 0) ^ 1;
    await put(
      page,
      ...files.map(({ bytes }, index) => pdf(`发票 ${index + 1}.pdf`, bytes)),
      pdf('副本.pdf', first?.bytes ?? altered),
      pdf('改动.pdf', altered),
      pdf('他处.pdf', Buffer.from('%PDF-1.4\n%%EOF')),
    );
    await page.locator('td', { hasText: '本服务认为原件有效' }).first().waitFor();
    expect(await page.locator('.printed').isVisible()).toBe(false);
    await world.picture(page, 'pile-of-12-zh-1280');
    await page.evaluate(`window.print = () => { window.isPrinted = true; }`);
    await page.getByRole('button', { name: '打印报告' }).click();
    expect(await page.evaluate('window.isPrinted')).toBe(true);

    const text = textOf(await page.pdf({ format: 'A4' }), 'pile-report-zh');
    expect(text).toContain('核验报告');
    expect(text).toMatch(/核验时间\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\+08:00\)/);
    expect(text).toMatch(/12 个文件 · 核验通过 10 · 开具后被改动 1 · 不是这样开具的文件 1/);
    expect(text).toMatch(/重复\s+2\n/);
    const sum = files.reduce((cents, { amount }) => cents + BigInt(amount.replace('.', '')), 0n);
    expect(text).toContain(`${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`);
    expect(text).toContain(inject('chainRpcUrl'));
    for (const { number, amount } of files) {
      expect(text).toContain(number);
      expect(text).toContain(amount);
    }
    expect(text).toContain('与 发票 1.pdf 相同');
    expect(text).not.toMatch(/区块链节点 ·|用文件地址验证|下载 CSV/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives way to the details of one file when those are looked at', async () => {
    const { page } = await world.open('/verify?lang=en', 360);
    await put(page, ...files.slice(0, 2).map(({ bytes }, index) => pdf(`${index}.pdf`, bytes)));
    await page.getByRole('button', { name: 'Details of 0.pdf' }).click();
    const text = textOf(await page.pdf({ format: 'A4' }), 'one-report-en');
    expect(text).toContain('It holds');
    expect(text).not.toContain('Verification report');
    expect(text).not.toMatch(/Choose files|Show only a part|Make it with/);
    await page.close();
  });

  function textOf(bytes: Buffer, name: string): string {
    const path = join(world.directory, `${name}.pdf`);
    writeFileSync(path, bytes);
    const directory = process.env['PICTURES'];
    if (directory !== undefined) {
      mkdirSync(directory, { recursive: true });
      execFileSync('pdftoppm', ['-png', '-r', '70', path, join(directory, name)]);
    }
    execFileSync('pdftotext', ['-layout', path, `${path}.txt`]);
    return readFileSync(`${path}.txt`, 'utf8');
  }
});
