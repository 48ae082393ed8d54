import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { encode } from 'uqr';
import type { Issued } from '../support/api-caller.js';
import { headline, pdf, put, VerifyingWorld, type Opened } from './verifying-world.js';

const BUDGET_BYTES = 120 * 1024;
const WIDTHS = [360, 1280] as const;

const changedAt = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
};

describe.skipIf(inject('missingPackages').includes('chromium'))('a browser that verifies for itself', () => {
  let world: VerifyingWorld;
  let issued: Issued;
  let revoked: Issued;
  let stamped: Buffer;
  let plain: Buffer;
  let stampedRevoked: Buffer;

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    await world.instance.startWorker();
    issued = await world.caller.issue();
    revoked = await world.caller.issue();
    await world.instance.waitUntilAnchored('confirmed');
    stamped = await world.stamped(issued.id);
    plain = (await world.caller.file(issued.id)).bytes;
    stampedRevoked = await world.stamped(revoked.id);
  });
  afterAll(() => world.close());

  const clean = ({ complaints }: Opened): void => {
    expect(complaints).toEqual([]);
  };
  /** The page may ask the service and the node, and nobody else. */
  const own = ({ requests }: Opened): string[] =>
    requests.filter(
      (url) => !url.startsWith(world.api.url) && !url.startsWith(inject('chainRpcUrl')) && !url.startsWith('data:'),
    );

  it('loads less script than it may, and reads codes with a part that is loaded only then', async () => {
    const opened = await world.open('/verify?lang=en');
    const scripts = opened.requests.filter((url) => url.includes('/assets/'));
    expect(scripts).toEqual([`${world.api.url}/assets/${world.built.page}`]);
    const sizes = Object.entries(world.built.sizes).filter(([name]) => name !== world.built.alone);
    const sum = sizes.reduce((total, [, { compressed }]) => total + compressed, 0);
    expect(sum).toBeLessThanOrEqual(BUDGET_BYTES);
    const answer = await fetch(scripts[0] ?? '');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const policy = (await fetch(`${world.api.url}/verify`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|wasm/);
    clean(opened);
    await opened.page.close();
  });

  it.each(WIDTHS)('says of a stamped PDF that it holds, from the chain, at %d pixels', async (width) => {
    const opened = await world.open('/verify?lang=zh', width);
    const { page } = opened;
    await world.picture(page, `form-zh-${width}`);
    expect(await world.barriers(page)).toEqual([]);
    await put(page, pdf('发票.pdf', stamped));
    expect(await headline(page)).toBe('valid');
    expect(await page.locator('.facts [data-code="issuer.certificate-holds"]').count()).toBe(1);
    expect(await page.locator('.facts [data-code="signature.holds"]').textContent()).toMatch(
      /签名证书 SHA-256： [0-9a-f]{64}$/,
    );
    expect(await page.evaluate('document.activeElement.className')).toBe('verdict-title');
    await page.locator('[data-service="valid"]').waitFor();
    expect(await page.locator('h2.block-title').allTextContents()).toEqual([
      '您的浏览器自行核验的结果',
      '本服务的回答',
    ]);
    await world.picture(page, `valid-zh-${width}`);
    expect(await world.barriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const uploads = opened.requests.filter((url) => url.endsWith('/verify'));
    expect([uploads, own(opened)]).toEqual([[], []]);
    clean(opened);
    await page.close();
  });

  it('never sends the file', async () => {
    const opened = await world.open('/verify?lang=en');
    const sent: string[] = [];
    opened.page.on('request', (request) => sent.push(request.postData() ?? ''));
    await put(opened.page, pdf('a.pdf', stamped), pdf('b.pdf', plain));
    await opened.page.locator('td', { hasText: 'holds the original to be valid' }).first().waitFor();
    expect(Math.max(...sent.map((body) => body.length))).toBeLessThan(4_000);
    expect(sent.join('')).not.toContain('%PDF');
    expect(sent.filter((body) => body.includes('fileSha256'))).toHaveLength(1);
    await opened.page.close();
  });

  it('names the part that was altered', async () => {
    const cases = [
      { name: 'prefix', bytes: changedAt(stamped, 5_000), fact: 'integrity.pdf-prefix-changed' },
      { name: 'append', bytes: changedAt(stamped, stamped.length - 400), fact: 'integrity.append-changed' },
      {
        name: 'more',
        bytes: Buffer.concat([stamped, Buffer.from('\n% more\n')]),
        fact: 'integrity.bytes-after-append',
      },
    ];
    const opened = await world.open('/verify?lang=en', 360);
    for (const { name, bytes, fact } of cases) {
      await put(opened.page, pdf(`${name}.pdf`, bytes));
      await opened.page.locator('.results .file', { hasText: `${name}.pdf` }).waitFor();
      expect([name, await headline(opened.page)]).toEqual([name, 'altered']);
      expect(await opened.page.locator(`.facts .fails[data-code="${fact}"]`).count()).toBe(1);
      await world.picture(opened.page, `altered-${name}-en-360`);
    }
    expect(await world.barriers(opened.page)).toEqual([]);
    clean(opened);
    await opened.page.close();
  });

  it('tells what is not ours, and what bears no proof, from what is altered', async () => {
    const opened = await world.open('/verify?lang=zh-TW');
    await put(opened.page, pdf('foreign.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF')));
    expect(await headline(opened.page)).toBe('foreign');
    await opened.page.locator('[data-service="none"]').waitFor();
    await world.picture(opened.page, 'foreign-tw-1280');
    await put(opened.page, pdf('issued.pdf', plain));
    await opened.page.locator('.results .file', { hasText: 'issued.pdf' }).waitFor();
    expect(await headline(opened.page)).toBe('without-proof');
    await opened.page.locator('[data-service="valid"]').waitFor();
    await world.picture(opened.page, 'without-proof-tw-1280');
    expect(await world.barriers(opened.page)).toEqual([]);
    clean(opened);
    await opened.page.close();
  });

  it('sums up a pile: counts, filters, what comes twice, and a table to keep', async () => {
    const opened = await world.open('/verify?lang=zh');
    const { page } = opened;
    await put(
      page,
      pdf('一.pdf', stamped),
      pdf('二.pdf', stamped),
      pdf('三.pdf', changedAt(stamped, 5_000)),
      pdf('=四.pdf', Buffer.from('%PDF-1.4\n%%EOF')),
    );
    expect(await page.locator('#pile-title').textContent()).toBe('4 个文件');
    const rows = await page.locator('.table tbody tr').all();
    expect(await Promise.all(rows.map((row) => row.getAttribute('data-headline')))).toEqual([
      'valid',
      'valid',
      'altered',
      'foreign',
    ]);
    expect(await page.locator('.table tbody tr', { hasText: '与 一.pdf 相同' }).count()).toBe(2);
    await page.locator('td', { hasText: '本服务认为原件有效' }).first().waitFor();
    await world.picture(page, 'pile-zh-1280');
    await page.setViewportSize({ width: 360, height: 800 });
    await world.picture(page, 'pile-zh-360');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await world.barriers(page)).toEqual([]);

    await page.getByLabel('开具后被改动 1').check();
    expect(await page.locator('.table tbody tr:visible').count()).toBe(1);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载 CSV' }).click();
    const csv = readFileSync(await (await downloading).path(), 'utf8');
    expect(csv.startsWith('\uFEFF"文件","SHA-256"')).toBe(true);
    expect(csv.trim().split('\r\n')).toHaveLength(5);
    expect(csv).toContain(`"'=四.pdf"`);

    await page.getByRole('button', { name: '三.pdf 的详情' }).click();
    expect(await headline(page)).toBe('altered');
    await page.getByRole('button', { name: '返回列表' }).click();
    expect(await page.locator('#pile-title').isVisible()).toBe(true);
    clean(opened);
    await page.close();
  });

  it('reads the QR code in a picture, and leads to the document', async () => {
    const opened = await world.open('/verify?lang=en');
    await opened.page.locator('#qr-image').setInputFiles({
      name: 'code.svg.png',
      mimeType: 'image/png',
      buffer: await pictureOf(opened, issued.verifyUrl),
    });
    await opened.page.waitForURL(`**/v/${issued.documentAddress}*`);
    expect(await opened.page.locator('h1').textContent()).toBe('Verified');
    clean(opened);
    await opened.page.close();
  });

  it('says so when the picture has no code, or one that is none of ours', async () => {
    const opened = await world.open('/verify?lang=en');
    const input = opened.page.locator('#qr-image');
    const status = opened.page.locator('section', { has: opened.page.locator('#scan-title') }).getByRole('status');
    await input.setInputFiles({
      name: 'a.png',
      mimeType: 'image/png',
      buffer: await pictureOf(opened, 'https://example.com/x'),
    });
    await status.filter({ hasText: 'https://example.com/x' }).waitFor();
    await input.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await status.filter({ hasText: 'no QR code' }).waitFor();
    clean(opened);
    await opened.page.close();
  });

  it('finds a document by its number, with the script on, too', async () => {
    const { page, complaints } = await world.open('/verify?lang=zh');
    const { content } = (
      await world.caller.get<{ content: { issuedAt: string; totals: { withTax: string } } }>(
        `/v1/documents/${issued.id}`,
      )
    ).body;
    const fill = async (amount: string): Promise<void> => {
      await page.locator('summary', { hasText: '增值税电子发票' }).click();
      await page.getByLabel('发票号码').fill(issued.number);
      await page.getByLabel('开票日期').fill(content.issuedAt.slice(0, 10));
      await page.getByLabel('价税合计').fill(amount);
      await page.getByRole('button', { name: '查询号码' }).first().click();
    };
    await fill('0.01');
    await page.getByRole('alert').filter({ hasText: '没有找到与所填号码和内容都相符的文件' }).waitFor();
    await world.picture(page, 'number-wrong-zh-1280');
    expect(await world.barriers(page)).toEqual([]);
    await page.getByLabel('价税合计').fill(content.totals.withTax);
    await page.getByRole('button', { name: '查询号码' }).first().click();
    await page.getByRole('heading', { level: 1, name: '验证通过', exact: true }).waitFor();
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await page.close();
  });

  it('is led by a bookmark to the document', async () => {
    const { page } = await world.open(`/verify?lang=en#${issued.documentAddress}`);
    await page.waitForURL(`**/v/${issued.documentAddress}*`);
    await page.close();
  });

  it('compares a file with the document whose page it is put on', async () => {
    const opened = await world.open(`/v/${issued.documentAddress}?lang=en`);
    await put(opened.page, pdf('mine.pdf', stamped));
    expect([
      await headline(opened.page),
      await opened.page.getByRole('alert').filter({ hasText: 'another document' }).count(),
    ]).toEqual(['valid', 0]);
    expect(await opened.page.locator('a[href^="https://explorer.example/tx/0x"]').count()).toBeGreaterThan(0);
    await world.picture(opened.page, 'document-en-1280');
    expect(await world.barriers(opened.page)).toEqual([]);
    await put(opened.page, pdf('other.pdf', stampedRevoked));
    await opened.page.getByRole('alert').filter({ hasText: 'another document' }).waitFor();
    clean(opened);
    await opened.page.close();
  });

  it('says that the chain was not asked when no node answers, and asks the one that the visitor names', async () => {
    const opened = await world.open('/verify?lang=en');
    const { page } = opened;
    await page.locator('.nodes summary').click();
    await page.locator('#node-urls').fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: 'Save' }).click();
    await put(page, pdf('mine.pdf', stamped));
    expect(await headline(page)).toBe('chain-unasked');
    await world.picture(page, 'unasked-en-1280');
    await page.locator('#node-urls').fill(inject('chainRpcUrl'));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.verdict[data-headline="valid"]').waitFor();
    await page.reload();
    expect(await page.locator('#node-urls').inputValue()).toBe(inject('chainRpcUrl'));
    await page.close();
  });

  it('verifies from a saved page with the chain alone', async () => {
    const { page } = await world.open('/verify?lang=zh');
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: '保存这个验证器' }).click();
    const saved = join(world.directory, 'saved.html');
    writeFileSync(saved, readFileSync(await (await downloading).path()));
    await page.close();
    await world.api.stop();

    const opened = await world.open(pathToFileURL(saved).href, 360);
    await put(opened.page, pdf('发票.pdf', stamped));
    expect(await headline(opened.page)).toBe('valid');
    await world.picture(opened.page, 'saved-zh-360');
    expect(await world.barriers(opened.page)).toEqual([]);
    const asked = new Set(opened.requests.map((url) => new URL(url).origin));
    expect([...asked]).toEqual(['null', new URL(inject('chainRpcUrl')).origin]);
    await put(opened.page, pdf('三.pdf', changedAt(stamped, 5_000)));
    await opened.page.locator('.results .file', { hasText: '三.pdf' }).waitFor();
    expect(await headline(opened.page)).toBe('altered');
    clean(opened);
    await opened.page.close();
  });

  /** A picture of the code, drawn by the browser and taken as a photo would be. */
  async function pictureOf({ page }: Opened, text: string): Promise<Buffer> {
    const { data, size } = encode(text, { ecc: 'M', border: 4 });
    const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${cells.join('')}"/></svg>`;
    const other = await page.context().newPage();
    await other.setContent(drawing);
    const picture = await other.locator('svg').screenshot();
    await other.close();
    return picture;
  }
});
