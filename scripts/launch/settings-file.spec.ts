import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeSettings } from './settings-file.js';

it('writes settings that Node.js reads back as they were, and nobody else reads', () => {
  const home = mkdtempSync(join(tmpdir(), 'chopmark-settings-'));
  try {
    const file = join(home, 'settings.env');
    const settings = {
      DATABASE_URL: 'postgres://chopmark:0a1b@127.0.0.1:55432/chopmark',
      REDIS_URL: '',
      CHAIN_NAME: '本地演示链 Local # demo "chain" of \'ours\'',
      MASTER_KEY: 'ab'.repeat(32),
    };
    writeSettings(file, settings);
    const names = JSON.stringify(Object.keys(settings));
    const program = `console.log(JSON.stringify(Object.fromEntries(${names}.map((name) => [name, process.env[name]]))))`;
    const said = execFileSync(process.execPath, [`--env-file=${file}`, '-e', program], { env: {}, encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(settings);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
