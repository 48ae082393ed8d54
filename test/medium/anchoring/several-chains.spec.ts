import { randomBytes } from 'node:crypto';
import { Interface } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SETBACKS } from '../../../src/anchoring/index.js';
import { addressOf, documentStoreAbi, signCall } from '../../../src/platform/chain/index.js';
import { assemble, makeWorld, startChain, type TestChain, type World } from './anchoring-world.js';

let first: TestChain;
let second: TestChain;
const worlds: World[] = [];

beforeAll(async () => {
  [first, second] = await Promise.all([startChain(31_337), startChain(31_338)]);
});
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});
afterAll(async () => {
  await Promise.all([first.stop(), second.stop()]);
});

async function worldOf(overrides: Parameters<typeof makeWorld>[1] = {}): Promise<World> {
  const world = await makeWorld(first, overrides);
  await second.rpc('anvil_setBalance', world.relayer, '0xde0b6b3a7640000');
  worlds.push(world);
  return world;
}

const secondChain = (): { chainId: number; rpcUrls: string[]; confirmations: number } => ({
  chainId: second.chainId,
  rpcUrls: [second.url],
  confirmations: 5,
});

async function states(world: World, batchId: string): Promise<Record<string, string>> {
  const rows = await world.query<{ chain_id: string; state: string }>(
    'select chain_id, state from anchors where batch_id = $1',
    [batchId],
  );
  return Object.fromEntries(rows.map(({ chain_id: chainId, state }) => [chainId, state]));
}

async function passes(world: World, count: number): Promise<void> {
  for (let pass = 0; pass < count; pass += 1) {
    for (const road of world.roads.all) {
      await road.publish.execute();
      world.clock.advance(world.settings.anchorPollMs * 5);
      await road.confirm.execute();
    }
  }
}

describe('a batch, where two chains are configured', () => {
  it('is anchored on both, in the store of the same address, and confirmed by the rule of each', async () => {
    const world = await worldOf({ furtherChains: [secondChain()] });
    const { id, store } = await world.addIssuer({ also: [second] });
    const { batchId } = await world.sealedBatchOf(id, 5);
    await passes(world, 2);
    expect(await states(world, batchId)).toEqual({ '31337': 'anchored', '31338': 'anchored' });
    const [{ root } = { root: Buffer.of() }] = await world.query<{ root: Buffer }>(
      'select root from anchor_batches where id = $1',
      [batchId],
    );
    expect(await first.client.isIssued(store, root)).toBe(true);
    expect(await second.client.isIssued(store, root)).toBe(true);
    await Promise.all([first.mine(3), second.mine(3)]);
    await passes(world, 1);
    expect(await states(world, batchId)).toEqual({ '31337': 'confirmed', '31338': 'anchored' });
    await second.mine(3);
    await passes(world, 1);
    expect((await states(world, batchId))['31338']).toBe('confirmed');
  });

  it('reaches one while the other cannot be asked, and the other when it comes back', async () => {
    const dead = { ...secondChain(), rpcUrls: ['http://127.0.0.1:9'] };
    const world = await worldOf({ furtherChains: [dead], chainTimeoutMs: 300 });
    const { id } = await world.addIssuer({ also: [second] });
    const { batchId } = await world.sealedBatchOf(id, 2);
    await passes(world, 2);
    expect(await states(world, batchId)).toEqual({ '31337': 'anchored', '31338': 'pending' });
    const [row] = await world.query<{ last_error: string }>(
      'select last_error from anchors where batch_id = $1 and chain_id = 31338',
      [batchId],
    );
    expect(row?.last_error).toBe('chain.unreachable');

    const settings = Object.assign(world.settings, { furtherChains: [secondChain()] });
    const later = assemble(world.client, { ...world, settings });
    await later.roads.find('31338')?.publish.execute();
    await later.roads.find('31338')?.confirm.execute();
    expect((await states(world, batchId))['31338']).toBe('anchored');
  });

  it('is anchored on a chain that was added later, in the order of sealing, once', async () => {
    const world = await worldOf();
    const { id, store } = await world.addIssuer({ also: [second] });
    const batches = [
      await world.sealedBatchOf(id, 2),
      await world.sealedBatchOf(id, 3),
      await world.sealedBatchOf(id, 1),
    ];
    await passes(world, 2);
    const settings = Object.assign(world.settings, { furtherChains: [secondChain()] });
    const later = assemble(world.client, { ...world, settings });
    expect(await later.backAnchor.findLacking()).toEqual([second.chainId]);
    await Promise.all([later.backAnchor.execute(second.chainId), later.backAnchor.execute(second.chainId)]);
    expect(await later.backAnchor.findLacking()).toEqual([]);
    await later.roads.find('31338')?.publish.execute();
    await later.roads.find('31338')?.confirm.execute();
    for (const { batchId } of batches) {
      expect(await states(world, batchId)).toEqual({ '31337': 'anchored', '31338': 'anchored' });
    }
    expect(await headOf(second, store)).toBe(await headOf(first, store));
  });

  it('that is older than `since` stays where it is', async () => {
    const world = await worldOf();
    const { id } = await world.addIssuer({ also: [second] });
    await world.sealedBatchOf(id, 2);
    world.clock.advance(3_600_000);
    const since = new Date(world.clock.now().getTime() - 60_000).toISOString();
    const { batchId } = await world.sealedBatchOf(id, 2);
    const settings = Object.assign(world.settings, { furtherChains: [{ ...secondChain(), since }] });
    const later = assemble(world.client, { ...world, settings });
    await later.backAnchor.execute(second.chainId);
    const rows = await world.query<{ batch_id: string }>('select batch_id from anchors where chain_id = 31338');
    expect(rows.map(({ batch_id: id }) => id)).toEqual([batchId]);
  });
});

describe('several relayers', () => {
  it('share the work in stores that admit them, and leave the others to the first', async () => {
    const further = `0x${randomBytes(32).toString('hex')}`;
    const world = await worldOf({ chainFurtherRelayerKeys: [further], chainConfirmations: 1 });
    await first.rpc('anvil_setBalance', addressOf(further), '0xde0b6b3a7640000');
    const [both, onlyFirst] = [await world.addIssuer(), await world.addIssuer()];
    await admit(world, both.store, addressOf(further));
    await first.rpc('evm_setAutomine', false);
    const batches: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      batches.push(
        (await world.sealedBatchOf(both.id, 1)).batchId,
        (await world.sealedBatchOf(onlyFirst.id, 1)).batchId,
      );
      await world.publishRoots.execute();
    }
    await first.rpc('evm_setAutomine', true);
    await first.mine(1);
    await passes(world, 3);
    for (const batchId of batches) {
      expect((await world.anchorOf(batchId)).state).toMatch(/anchored|confirmed|final/);
    }
    const senders = await world.query<{ sender: string; issuer_id: string }>(
      `select distinct encode(sender, 'hex') as sender, issuer_id from anchors`,
    );
    const of = (issuerId: string): string[] =>
      senders.filter((row) => row.issuer_id === issuerId).map(({ sender }) => `0x${sender}`);
    expect(of(both.id).sort()).toEqual([world.relayer, addressOf(further)].map((each) => each.toLowerCase()).sort());
    expect(of(onlyFirst.id)).toEqual([world.relayer.toLowerCase()]);
  });

  it('send through one that can pay while another waits for gas money', async () => {
    const further = `0x${randomBytes(32).toString('hex')}`;
    const world = await worldOf({ chainFurtherRelayerKeys: [further], chainConfirmations: 1 });
    await first.rpc('anvil_setBalance', addressOf(further), '0xde0b6b3a7640000');
    await first.rpc('anvil_setBalance', world.relayer, '0x1');
    const { id, store } = await world.addIssuer();
    await admit(world, store, addressOf(further));
    const poor = (await world.sealedBatchOf(id, 1)).batchId;
    await world.publishRoots.execute();
    expect((await world.anchorOf(poor)).last_error).toBe('chain.transaction-refused: insufficient-funds');
    await first.rpc('evm_setAutomine', false);
    const batches: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      batches.push((await world.sealedBatchOf(id, 1)).batchId);
      await world.publishRoots.execute();
    }
    await first.rpc('evm_setAutomine', true);
    await first.mine(1);
    await passes(world, 2);
    for (const batchId of batches) {
      expect((await world.anchorOf(batchId)).state).toMatch(/anchored|confirmed|final/);
    }
    expect((await world.anchorOf(poor)).state).toBe('submitted');
  });

  it('take over from one whose key is configured no more: what is in a block counts, the rest is sent by another', async () => {
    const world = await worldOf({ chainConfirmations: 1 });
    const { id, store } = await world.addIssuer();
    const mined = (await world.sealedBatchOf(id, 1)).batchId;
    await world.publishRoots.execute();
    await first.rpc('evm_setAutomine', false);
    const lost = (await world.sealedBatchOf(id, 1)).batchId;
    await world.publishRoots.execute();
    const [sent] = await world.query<{ hash: string }>(
      `select '0x' || encode(hash, 'hex') as hash from anchor_transactions where nonce = 1`,
    );
    await first.rpc('anvil_dropTransaction', sent?.hash);
    await first.rpc('evm_setAutomine', true);

    const key = `0x${randomBytes(32).toString('hex')}`;
    await first.rpc('anvil_setBalance', addressOf(key), '0xde0b6b3a7640000');
    await admit(world, store, addressOf(key));
    const settings = Object.assign(world.settings, { chainRelayerKey: key });
    const heir = assemble(world.client, { ...world, settings });
    await heir.confirmRoots.execute();
    expect((await world.anchorOf(mined)).state).toBe('anchored');
    expect((await world.anchorOf(lost)).state).toBe('submitted');
    world.clock.advance(61_000);
    await heir.confirmRoots.execute();
    expect(await world.anchorOf(lost)).toMatchObject({ state: 'pending', last_error: SETBACKS.relayerGone });
    await heir.publishRoots.execute();
    await heir.confirmRoots.execute();
    expect((await world.anchorOf(lost)).state).toMatch(/anchored|confirmed|final/);
    const { sender } = (await world.anchorOf(lost)) as unknown as { sender: Buffer };
    expect(`0x${sender.toString('hex')}`).toBe(addressOf(key).toLowerCase());
  });
});

const store = new Interface(documentStoreAbi);

async function headOf(chain: TestChain, address: string): Promise<unknown> {
  return store.decodeFunctionResult('head', await chain.client.call(address, store.encodeFunctionData('head')))[0];
}

async function admit(world: World, address: string, relayer: string): Promise<void> {
  const key = world.settings.chainAdminKey;
  const [nonce, fees] = [await first.client.nonceOf(addressOf(key)), await first.client.suggestedFees()];
  const data = store.encodeFunctionData('addRelayer', [relayer]);
  const { raw } = signCall({ key, chainId: first.chainId, nonce, fees, gasLimit: 100_000n, to: address, data });
  await first.client.broadcast(raw);
}
