import { describe, expect, it, vi } from 'vitest';
import { assemble, useWorld } from './anchoring-world.js';

describe('replacing what no block takes', () => {
  const { chain, world } = useWorld();

  type TransactionColumns = {
    nonce: string;
    attempt: number;
    state: string;
    hash: Buffer;
    max_fee_per_gas: string;
    max_priority_fee_per_gas: string;
  };
  const transactions = (): Promise<TransactionColumns[]> =>
    world.query('select * from anchor_transactions order by nonce, attempt');
  /** The blocks of more than a minute go by without what was sent last. */
  const passOver = async (): Promise<void> => {
    const sent = (await transactions()).at(-1);
    await chain.rpc('anvil_dropTransaction', hex(sent?.hash));
    await chain.rpc('evm_increaseTime', 61);
    await chain.mine();
    world.clock.advance(61_000);
  };
  const hex = (bytes: Buffer | null | undefined): string => `0x${(bytes ?? Buffer.alloc(0)).toString('hex')}`;

  it('asks for neither prices nor blocks while nothing has waited for a minute', async () => {
    const { id } = await world.addIssuer();
    await world.sealedBatchOf(id, 2);
    await chain.rpc('evm_setAutomine', false);
    await world.publishRoots.execute();
    const [prices, head] = [vi.spyOn(world.client, 'suggestedFees'), vi.spyOn(world.client, 'head')];
    world.clock.advance(59_000);
    await world.confirmRoots.execute();
    expect(world.client.broadcasts).toBe(2);
    expect([prices.mock.calls.length, head.mock.calls.length]).toEqual([0, 0]);
    await passOver();
    await world.confirmRoots.execute();
    expect(await transactions()).toHaveLength(2);
    expect([prices.mock.calls.length, head.mock.calls.length]).toEqual([1, 1]);
  });

  it('raises both fees by an eighth when a transaction is stuck, and anchors once', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('evm_setAutomine', false);
    await world.publishRoots.execute();
    await world.confirmRoots.execute();
    expect(await transactions()).toHaveLength(1);
    await passOver();
    await Promise.all([world.confirmRoots.execute(), assemble(world.client, world).confirmRoots.execute()]);
    const [first, second, ...others] = await transactions();
    expect(others).toEqual([]);
    expect(second).toMatchObject({ nonce: first?.nonce, attempt: 2 });
    for (const fee of ['max_fee_per_gas', 'max_priority_fee_per_gas'] as const) {
      expect(BigInt(second?.[fee] ?? 0) * 8n).toBeGreaterThan(BigInt(first?.[fee] ?? 0) * 9n);
    }
    await chain.mine();
    await world.confirmUntil(batchId, 'anchored');
    expect(hex((await world.anchorOf(batchId)).transaction_hash)).toBe(hex(second?.hash));
    expect((await transactions()).map(({ state }) => state)).toEqual(['replaced', 'mined']);
  });

  it('anchors through the first attempt when that is mined after all', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('evm_setAutomine', false);
    await world.publishRoots.execute();
    await passOver();
    const before = world.client.broadcasts;
    world.client.beforeBroadcast = () => {
      // The first bytes go out again; those that are to replace them do not.
      if (world.client.broadcasts === before + 2) {
        throw new Error('killed');
      }
    };
    await expect(world.confirmRoots.execute()).rejects.toThrow('killed');
    world.client.beforeBroadcast = () => undefined;
    await chain.mine();
    await world.confirmUntil(batchId, 'anchored');
    const [first, second] = await transactions();
    expect([first?.state, second?.state]).toEqual(['mined', 'replaced']);
  });

  it('raises no fee while the chain makes no blocks: nobody offers more', async () => {
    world.clock.advance(86_400_000);
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('evm_setAutomine', false);
    await world.publishRoots.execute();
    const before = world.client.broadcasts;
    for (let minute = 0; minute < 5; minute += 1) {
      world.clock.advance(61_000);
      await world.confirmRoots.execute();
    }
    expect(world.client.broadcasts).toBe(before + 5);
    expect(await transactions()).toHaveLength(1);
    await chain.mine();
    await world.confirmUntil(batchId, 'anchored');
  });

  it('raises no fee for want of money, however long that lasts', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('anvil_setBalance', world.relayer, '0x1');
    await world.publishRoots.execute();
    for (let minute = 0; minute < 5; minute += 1) {
      await passOver();
      await world.confirmRoots.execute();
    }
    await chain.rpc('anvil_setBalance', world.relayer, '0xde0b6b3a7640000');
    await world.confirmUntil(batchId, 'anchored');
    const [first, ...others] = (await transactions()).map((sent) => BigInt(sent.max_fee_per_gas));
    expect(others.filter((fee) => fee > (first ?? 0n))).toEqual([]);
  });

  it('asks for no more money than the chain costs today when the account could not pay for the price of yesterday', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    const gwei = (amount: number): string => `0x${(BigInt(amount) * 10n ** 9n).toString(16)}`;
    await chain.rpc('anvil_setNextBlockBaseFeePerGas', gwei(200));
    await chain.mine();
    await chain.rpc('anvil_setBalance', world.relayer, '0x1');
    await world.publishRoots.execute();
    await chain.rpc('anvil_setNextBlockBaseFeePerGas', gwei(1));
    await chain.mine();
    await chain.rpc('anvil_setBalance', world.relayer, gwei(5_000_000));
    await world.confirmUntil(batchId, 'anchored');
    const [dear, cheap] = await transactions();
    expect(BigInt(cheap?.max_fee_per_gas ?? 0) * 10n).toBeLessThan(BigInt(dear?.max_fee_per_gas ?? 0));
    expect([dear?.state, cheap?.state]).toEqual(['replaced', 'mined']);
  });

  it('sends the same bytes again when the cap leaves no room for higher fees', async () => {
    const settings = Object.assign(world.settings, { chainMaxFeeGwei: 1 });
    const capped = assemble(world.client, { ...world, settings });
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('evm_setAutomine', false);
    await capped.publishRoots.execute();
    await passOver();
    const before = world.client.broadcasts;
    await capped.confirmRoots.execute();
    expect(world.client.broadcasts).toBe(before + 1);
    expect(await transactions()).toHaveLength(1);
    await chain.mine();
    await world.confirmUntil(batchId, 'anchored');
  });
});
