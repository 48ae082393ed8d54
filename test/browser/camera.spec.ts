import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Issued } from '../support/api-caller.js';
import { CHROMIUM, VerifyingWorld } from './verifying-world.js';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 20;

describe.skipIf(inject('missingPackages').includes('chromium'))('the camera', () => {
  let world: VerifyingWorld;
  let issued: Issued;
  const browsers: Browser[] = [];

  beforeAll(async () => {
    world = await VerifyingWorld.make();
    issued = await world.caller.issue();
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await world.close();
  });

  /** A browser before whose camera a code is moved about. */
  async function looking(text: string): Promise<Browser> {
    const film = join(world.directory, `${browsers.length}.y4m`);
    writeFileSync(film, filmOf(text));
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        ...['--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
        `--use-file-for-fake-video-capture=${film}`,
      ],
    });
    browsers.push(browser);
    return browser;
  }

  it('reads the code of a document, leads to its page, and is let go', async () => {
    const page = await (await looking(issued.verifyUrl)).newPage({ viewport: { width: 360, height: 800 } });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${world.api.url}/verify?lang=en`);
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.waitForURL(`**/v/${issued.documentAddress}*`);
    expect(await page.locator('h1').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('goes on looking when the code is of something else, until it is turned off', async () => {
    const page = await (await looking('https://example.com/menu')).newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(`${world.api.url}/verify?lang=zh`);
    await page.getByRole('button', { name: '打开摄像头' }).click();
    await page.getByRole('status').filter({ hasText: 'https://example.com/menu' }).waitFor();
    expect(await page.locator('.stage video').count()).toBe(1);
    await world.picture(page, 'camera-zh-360');
    expect(await world.barriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const track = await page.evaluateHandle(`document.querySelector('.stage video').srcObject.getTracks()[0]`);
    await page.getByRole('button', { name: '关闭摄像头' }).click();
    expect(await page.locator('.stage video').count()).toBe(0);
    expect(await track.evaluate((one) => (one as { readyState: string }).readyState)).toBe('ended');
    await page.close();
  });

  it('is let go at once when it is turned off before it shows anything', async () => {
    const page = await (await looking(issued.verifyUrl)).newPage();
    await page.addInitScript('HTMLMediaElement.prototype.play = () => new Promise(() => undefined)');
    await page.goto(`${world.api.url}/verify?lang=en`);
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.locator('.stage video').waitFor();
    const track = await page.evaluateHandle(`document.querySelector('.stage video').srcObject.getTracks()[0]`);
    await page.getByRole('button', { name: 'Turn the camera off' }).click();
    expect(await track.evaluate((one) => (one as { readyState: string }).readyState)).toBe('ended');
    expect(await page.locator('.stage video').count()).toBe(0);
    await page.close();
  });
});

/** The code on a grey table, a little further each time; as Chromium's camera takes it (YUV4MPEG2, 4:2:0). */
function filmOf(text: string): Buffer {
  const frames = Array.from({ length: FRAMES }, (_, index) =>
    Buffer.concat([Buffer.from('FRAME\n'), frameOf(text, index * 3)]),
  );
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames]);
}

function frameOf(text: string, shift: number): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const module = Math.floor((HEIGHT * 0.8) / size);
  const frame = Buffer.alloc(WIDTH * HEIGHT * 1.5, 128);
  const top = Math.floor((HEIGHT - module * size) / 2);
  for (let y = 0; y < module * size; y += 1) {
    for (let x = 0; x < module * size; x += 1) {
      const isDark = data[Math.floor(y / module)]?.[Math.floor(x / module)] === true;
      frame[(top + y) * WIDTH + 40 + shift + x] = isDark ? 25 : 230;
    }
  }
  return frame;
}
