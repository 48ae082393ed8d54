import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/composition/index.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { type AuditWorld, makeAuditWorld, settle } from './audit-world.js';

let world: AuditWorld;
beforeAll(async () => {
  world = await makeAuditWorld();
  await world.caller.issueMany(2);
  await settle(world.instance);
});
afterAll(() => world.close());
afterEach(() => {
  process.exitCode = undefined;
});

/** What the command wrote to standard output, and what the process would end with. */
async function run(words: readonly string[], overrides: Readonly<Record<string, string>> = {}) {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await runCommand(loadSettings({ ...world.instance.environment, ...overrides }), words);
  } finally {
    write.mockRestore();
  }
  return { text: lines.join(''), code: process.exitCode };
}

describe('the commands of an auditor', () => {
  it('end with 0 and say what was looked at, when there is no difference', async () => {
    const { text, code } = await run(['fsck']);
    expect(code).toBe(0);
    expect(text).toBe(`No differences in 2 documents, 1 batches, 1 anchors on chain ${world.chain.chainId}.\n`);
  });

  it('end with 1 and name the document, in words and as JSON', async () => {
    await world.whileDamaged(['documents'], `update documents set status = 'void'`, async () => {
      const told = await run(['fsck', '--issuer', world.issuer.id]);
      expect(told.code).toBe(1);
      expect(told.text).toMatch(
        /^document\.status-wrong \(damage\) issuerId \S+ documentId \S+ number \d{20}\n {2}.+\n {2}→ /,
      );
      const { text } = await run(['fsck', '--json']);
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatchObject({ code: 'document.status-wrong', gravity: 'damage', issuerId: world.issuer.id });
      expect(lines[2]).toMatchObject({ summary: { found: 2, codes: { 'document.status-wrong': 2 } } });
    });
  });

  it('say what they would do, and end with 2 when a chain could not be asked', async () => {
    await world.whileDamaged(['anchor_tiles'], 'delete from anchor_tiles', async () => {
      expect((await run(['reconcile'])).text).toContain('→ would write the tiles anew');
      expect((await run(['reconcile', '--apply'])).text).toContain('→ done: write the tiles anew');
    });
    const { text, code } = await run(['fsck'], { CHAIN_RPC_URL: 'http://127.0.0.1:9', CHAIN_TIMEOUT_MS: '300' });
    expect(code).toBe(2);
    expect(text).toContain('1 could not be asked');
  });

  it('refuse an issuer that is not there, and what is no time or number', async () => {
    await expect(run(['fsck', '--issuer', '00000000-0000-7000-8000-000000000000'])).rejects.toThrow('no issuer');
    await expect(run(['fsck', '--since', 'yesterday'])).rejects.toThrow('--since');
    await expect(run(['fsck', '--sample', 'few'])).rejects.toThrow('--sample');
  });
});
