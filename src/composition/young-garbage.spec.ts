import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('sets a flag that this Node.js still knows', () => {
  expect(execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })).toContain(
    '--allocation-site-pretenuring ',
  );
});
