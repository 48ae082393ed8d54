import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Interface } from 'ethers';
import { runCommand } from '../../../src/composition/index.js';
import { addressOf, documentStoreAbi } from '../../../src/platform/chain/index.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { type AuditWorld, makeAuditWorld, settle } from './audit-world.js';

const store = new Interface(documentStoreAbi);
const root = (digit: string): string => `0x${digit.repeat(64)}`;

let world: AuditWorld;
beforeAll(async () => {
  world = await makeAuditWorld();
  await world.caller.issueMany(2);
  await settle(world.instance);
});
afterAll(() => world.close());

type Told = { readonly root: string; readonly outcome: string; readonly anchoredAt: string; readonly sentBy: string };

/** The settings after the leak: another relayer. */
const REPLACED = { CHAIN_RELAYER_KEY: 'cd'.repeat(32) };

/** Each root that the command tells of, with what it says that it did. */
async function revokeUnknown(
  since: string,
  words: readonly string[] = [],
  overrides: Readonly<Record<string, string>> = REPLACED,
): Promise<readonly Told[]> {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const settings = loadSettings({ ...world.instance.environment, ...overrides });
    await runCommand(settings, ['revoke-unknown-roots', '--since', since, ...words]);
  } finally {
    write.mockRestore();
  }
  return JSON.parse(lines.join('')) as Told[];
}

const outcomes = (told: readonly Told[]): string[][] => told.map((one) => [one.root, one.outcome]);

async function sendWith(key: string, name: string, parameters: readonly unknown[]): Promise<void> {
  const from = addressOf(key);
  await world.chain.rpc('anvil_impersonateAccount', from);
  const data = store.encodeFunctionData(name, [...parameters]);
  await world.chain.rpc('eth_sendTransaction', { from, to: world.issuer.store, data });
}

/** What a thief does with the key of the relayer. */
async function anchorWithStolenKey(hash: string): Promise<string> {
  await sendWith(world.instance.settings.chainRelayerKey, 'anchor', [hash, 1]);
  await expect.poll(() => world.chain.client.isIssued(world.issuer.store, hash), { timeout: 5_000 }).toBe(true);
  return new Date(((await world.chain.client.anchoredAt(world.issuer.store, hash)) ?? 0) * 1_000).toISOString();
}

const isRevoked = (hash: string): Promise<boolean> => world.chain.client.isRevoked(world.issuer.store, hash);
const ownRoot = async (): Promise<string> =>
  `0x${((await world.instance.value('select root from anchor_batches limit 1')) as Buffer).toString('hex')}`;

describe('roots that a thief of the relayer key has anchored', () => {
  let before: string;
  let stolenAt: string;

  it('are told by fsck, which says what to do', async () => {
    before = await anchorWithStolenKey(root('a'));
    await world.chain.rpc('evm_increaseTime', 10);
    stolenAt = await anchorWithStolenKey(root('b'));
    expect((await world.fsck()).map(({ code }) => code)).toEqual(['chain.root-unknown', 'chain.root-unknown']);
  });

  it('are named by the command with who sent them, and it does nothing unless it is told to', async () => {
    const told = await revokeUnknown(stolenAt);
    expect(outcomes(told)).toEqual([
      [root('a'), 'earlier'],
      [root('b'), 'would-revoke'],
    ]);
    const thief = addressOf(world.instance.settings.chainRelayerKey);
    expect(told.map(({ sentBy }) => sentBy)).toEqual([thief, thief]);
    expect(await isRevoked(root('b'))).toBe(false);
  });

  it('are left alone while the settings name the key: a restored backup looks alike, and its roots are genuine', async () => {
    expect(outcomes(await revokeUnknown(before, ['--apply'], {}))).toEqual([
      [root('a'), 'relayer-in-use'],
      [root('b'), 'relayer-in-use'],
    ]);
    expect(await isRevoked(root('b'))).toBe(false);
  });

  it('are not revoked by whoever is not the admin', async () => {
    const told = await revokeUnknown(stolenAt, ['--apply'], { ...REPLACED, CHAIN_ADMIN_KEY: 'ab'.repeat(32) });
    expect(outcomes(told).at(-1)).toEqual([root('b'), 'not-admin']);
    expect(await isRevoked(root('b'))).toBe(false);
  });

  it('are revoked from the time of the theft on, and those of the issuer never', async () => {
    expect(outcomes(await revokeUnknown(stolenAt, ['--apply']))).toEqual([
      [root('a'), 'earlier'],
      [root('b'), 'revoked'],
    ]);
    expect([await isRevoked(root('a')), await isRevoked(root('b')), await isRevoked(await ownRoot())]).toEqual([
      ...[false, true, false],
    ]);
    expect((await world.fsck()).map(({ code }) => code)).toEqual(['chain.root-unknown']);
  });

  it('are no difference any more once all are revoked, and not told again', async () => {
    expect(outcomes(await revokeUnknown(before, ['--apply', '--issuer', world.issuer.id]))).toEqual([
      [root('a'), 'revoked'],
    ]);
    expect(await world.fsck()).toEqual([]);
    expect(await revokeUnknown(before, ['--apply'])).toEqual([]);
  });

  it('are not taken for disowned when the issuer has a batch of that root', async () => {
    await sendWith(world.instance.settings.chainAdminKey, 'revoke', [await ownRoot()]);
    await expect.poll(async () => isRevoked(await ownRoot()), { timeout: 5_000 }).toBe(true);
    expect((await world.fsck()).map(({ code }) => code)).toEqual(['revocation.unknown']);
  });
});

describe('the command', () => {
  it('wants to know since when, and of which issuer', async () => {
    const run = (...words: string[]) =>
      runCommand(loadSettings(world.instance.environment), ['revoke-unknown-roots', ...words]);
    await expect(run()).rejects.toThrow('--since is missing');
    await expect(run('--since', 'yesterday')).rejects.toThrow('--since must be a time');
    const nobody = ['--issuer', '00000000-0000-7000-8000-000000000000'];
    await expect(run('--since', '2026-01-01', ...nobody)).rejects.toThrow('no issuer');
  });
});
