import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AuditWorld, makeAuditWorld, settle, type TestChain } from './audit-world.js';

let world: AuditWorld;
beforeAll(async () => {
  world = await makeAuditWorld();
});
afterAll(() => world.close());

/** From now on contracts are told a number two below that of their block; `NUMBER PUSH0 MSTORE PUSH1 32 PUSH0 RETURN` asks. */
async function shiftNumbers({ rpc, mine }: TestChain): Promise<void> {
  const dump = Buffer.from(String(await rpc('anvil_dumpState')).slice(2), 'hex');
  const state = JSON.parse(gunzipSync(dump).toString('utf8')) as { block: { number: string } };
  state.block.number = `0x${(Number(state.block.number) - 2).toString(16)}`;
  await rpc('anvil_loadState', `0x${gzipSync(JSON.stringify(state)).toString('hex')}`);
  await mine();
  const told = Number(await rpc('eth_call', { data: '0x435f5260205ff3' }, 'latest'));
  expect(told).toBe(Number(await rpc('eth_blockNumber')) - 2);
}

const PLACES = `select string_agg(block_number || encode(block_hash, 'hex') || block_time, ',' order by batch_id) from anchors`;

it('knows the block of an anchor on a chain that tells its contracts other numbers than it gives its blocks', async () => {
  await world.chain.mine(8);
  await shiftNumbers(world.chain);
  await world.caller.issueMany(2);
  await settle(world.instance);
  expect(await world.fsck()).toEqual([]);

  const places = await world.instance.value(PLACES);
  await world.instance.query(
    `update anchors set state = 'pending', block_number = null, block_hash = null, block_time = null,
       transaction_hash = null, gas_used = null, updated_at = now() - interval '1 hour'`,
  );
  expect((await world.fsck()).map(({ code }) => code)).toContain('anchor.behind');
  await world.reconcile({ apply: true });
  expect(await world.fsck()).toEqual([]);
  expect(await world.instance.value(PLACES)).toBe(places);
}, 120_000);

it('tells both places when the stored one is wrong', async () => {
  const findings = await world.whileDamaged(['anchors'], 'update anchors set block_number = block_number + 1', () =>
    world.fsck(),
  );
  expect(findings[0]?.code).toBe('anchor.place-wrong');
  expect(findings[0]?.detail).toMatch(
    /^stored: block \d+ 0x[0-9a-f]{64} at \S+; the chain: block \d+ 0x[0-9a-f]{64} at \S+, which the store calls block \d+$/,
  );
});
