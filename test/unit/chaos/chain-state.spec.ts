import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isWholeState } from '../../chaos/chain-state.js';

const home = mkdtempSync(join(tmpdir(), 'chopmark-chain-state-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const stateWith = (nonce: number): string =>
  JSON.stringify({
    accounts: { '0xaa': { nonce }, '0xbb': { nonce: 0 }, '0xcc': { nonce: 1 } },
    transactions: [{ info: { from: '0xaa' } }, { info: { from: '0xaa' } }],
  });

it.each([
  ['of one moment', stateWith(2), true],
  ['before anybody sent anything', JSON.stringify({ accounts: {}, transactions: [] }), true],
  ['whose accounts are ahead of the blocks', stateWith(3), false],
  ['whose accounts are behind the blocks', stateWith(1), false],
  ['that was cut off', stateWith(2).slice(0, -9), false],
])('knows a state %s', (_name, text, isWhole) => {
  const file = join(home, 'chain.json');
  writeFileSync(file, text);
  expect(isWholeState(file)).toBe(isWhole);
});
