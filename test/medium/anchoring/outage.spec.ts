import { Interface } from 'ethers';
import { expect, it } from 'vitest';
import { to0x } from '../../../src/kernel/index.js';
import { ChainClient, documentStoreAbi } from '../../../src/platform/chain/index.js';
import { assemble, useWorld } from './anchoring-world.js';

const MINUTES = 60;
const ANCHORED = new Interface(documentStoreAbi).getEvent('Anchored')?.topicHash ?? '';

const { chain, world } = useWorld();

const unanchored = async (): Promise<string | undefined> => {
  const text = await world.metrics.text();
  return /chopmark_anchor_oldest_unanchored_batch_seconds\{chain="\d+"\} (\d+)/.exec(text)?.[1];
};

it('anchors what was sealed while the chain was down for an hour, in order, at the price of the day, in few transactions', async () => {
  const { id, store } = await world.addIssuer();
  await chain.rpc('evm_setAutomine', false);
  const sent = await world.sealedBatchOf(id, 1);
  await world.publishRoots.execute();

  const nowhere = new ChainClient({ rpcUrls: ['http://127.0.0.1:1'], chainId: chain.chainId, timeoutMs: 500 });
  const cutOff = assemble(nowhere, world);
  const sealed = [];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    world.clock.advance(60_000);
    sealed.push(await world.sealedBatchOf(id, 2));
    await cutOff.publishRoots.execute();
    await cutOff.confirmRoots.execute();
  }
  nowhere.close();
  expect(Number(await unanchored())).toBeGreaterThanOrEqual(MINUTES * 60);
  const reasons = await world.query('select distinct last_error from anchors');
  expect(reasons).toEqual([{ last_error: 'chain.unreachable' }]);
  const stored = await world.query('select nonce from anchor_transactions');
  expect(stored).toHaveLength(1);

  await chain.rpc('evm_setAutomine', true);
  await chain.mine();
  await world.publishRoots.execute();
  await world.confirmUntil(sent.batchId, 'anchored');
  await world.confirmUntil(sealed.at(-1)?.batchId ?? '', 'anchored');
  const transactions = await world.query<{ nonce: string; attempt: number }>(
    'select nonce, attempt from anchor_transactions order by nonce',
  );
  expect(transactions).toEqual([
    { nonce: '0', attempt: 1 },
    { nonce: '1', attempt: 1 },
  ]);
  expect(await anchoredRoots(store)).toEqual(await sealedRoots());
});

const sealedRoots = async (): Promise<string[]> => {
  const rows = await world.query<{ root: Buffer }>('select root from anchor_batches order by sequence');
  return rows.map(({ root }) => to0x(root));
};

/** In the order in which the store took them. */
async function anchoredRoots(address: string): Promise<string[]> {
  const topics = [ANCHORED];
  const { number: to } = await chain.client.head();
  const logs = await chain.client.logs({ address, topics, from: 0, to });
  return (logs ?? []).map((log) => log.topics[1] ?? '');
}
