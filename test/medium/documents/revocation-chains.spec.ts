import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type RunningAnvil } from '../../../scripts/embedded/anvil.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { fundKeys } from '../../../scripts/launch/chain-keys.js';
import { OperatorDesk } from '../../../src/composition/index.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { ChainClient } from '../../../src/platform/chain/index.js';
import { CuttableLink } from '../../support/cuttable-link.js';
import { callerOf, TestInstance, type TestIssuer } from '../../support/running-instance.js';

let second: RunningAnvil;
let client: ChainClient;
let instance: TestInstance;
let issuer: TestIssuer;

beforeAll(async () => {
  second = await startAnvil({ chainId: 31_390 });
  client = new ChainClient({ rpcUrls: [second.url], chainId: second.chainId });
  const chain = { chainId: second.chainId, rpcUrls: [second.url], confirmations: 1 };
  instance = await TestInstance.make({ FURTHER_CHAINS: JSON.stringify([chain]) });
  await fundKeys(second.url, [instance.settings.chainAdminKey, instance.settings.chainRelayerKey]);
  issuer = await instance.addIssuer();
});
afterAll(async () => {
  client.close();
  await instance.close();
  await second.stop();
});

const revokedOn = (at: TestInstance, chainId: number): Promise<unknown> =>
  at.value(`select count(*)::int from document_revocations where state = 'revoked' and chain_id = $1`, [chainId]);

describe('a revocation, where two chains are configured', () => {
  it('is recorded in the store on both', async () => {
    const caller = callerOf(await instance.startApi(), issuer);
    await instance.startWorker();
    const issued = await caller.issue();
    await instance.waitUntilAnchored();
    await caller.post(`/v1/documents/${issued.id}/revocation`, { reason: 'fraud' });
    await waitUntil(
      'both chains hold it',
      async () => (await instance.value(`select count(*) from document_revocations where state = 'revoked'`)) === '2',
      { timeoutMs: 60_000 },
    );
    const leaf = (await instance.value('select leaf from document_events where document_id = $1 and seq = 0', [
      issued.id,
    ])) as Buffer;
    expect(await client.isRevoked(issuer.store, leaf)).toBe(true);
  });
});

describe('revocations, while the node of one chain hangs', () => {
  it('reach the other within seconds', async () => {
    const link = await CuttableLink.to(second.url);
    const chain = { chainId: second.chainId, rpcUrls: [link.url], confirmations: 1 };
    const torn = await TestInstance.make({ FURTHER_CHAINS: JSON.stringify([chain]), CHAIN_TIMEOUT_MS: '60000' });
    try {
      await fundKeys(second.url, [torn.settings.chainAdminKey, torn.settings.chainRelayerKey]);
      const caller = callerOf(await torn.startApi(), await torn.addIssuer());
      await torn.startWorker();
      const issued = await caller.issueMany(2);
      await torn.waitUntilAnchored();
      link.hold();
      for (const [index, { id }] of issued.entries()) {
        await caller.post(`/v1/documents/${id}/revocation`, { reason: 'fraud' });
        const isHeld = async (): Promise<boolean> => (await revokedOn(torn, torn.settings.chainId)) === index + 1;
        await waitUntil('the other chain holds it', isHeld, { timeoutMs: 15_000 });
      }
      expect(await revokedOn(torn, second.chainId)).toBe(0);
    } finally {
      link.release();
      await torn.close();
      await link.cut();
    }
  });
});

describe('a revocation from before a chain was added', () => {
  it('reaches that chain by itself, once', async () => {
    const one = await TestInstance.make();
    try {
      const before = await one.addIssuer();
      const worker = await one.startWorker();
      const caller = callerOf(await one.startApi(), before);
      const issued = await caller.issueMany(2);
      await one.waitUntilAnchored();
      for (const { id } of issued) {
        await caller.post(`/v1/documents/${id}/revocation`, { reason: 'fraud' });
      }
      const isRevokedOn = async (chainId: number): Promise<boolean> => (await revokedOn(one, chainId)) === 2;
      await waitUntil('the first chain holds it', () => isRevokedOn(one.settings.chainId), { timeoutMs: 60_000 });
      await worker.stop();

      await fundKeys(second.url, [one.settings.chainAdminKey, one.settings.chainRelayerKey]);
      const chain = { chainId: second.chainId, rpcUrls: [second.url], confirmations: 1 };
      const added = { FURTHER_CHAINS: JSON.stringify([chain]) };
      const desk = await OperatorDesk.open(loadSettings({ ...one.environment, ...added }));
      await desk.deployStores();
      await desk.close();
      await Promise.all([one.startWorker(added), one.startWorker(added)]);

      await waitUntil('the added chain holds it', () => isRevokedOn(second.chainId), { timeoutMs: 60_000 });
      const leaves = await one.query<{ leaf: Buffer }>('select leaf from document_events where seq = 0');
      expect(await Promise.all(leaves.map(({ leaf }) => client.isRevoked(before.store, leaf)))).toEqual([true, true]);
      expect(await one.value('select count(*)::int from document_revocations')).toBe(4);
    } finally {
      await one.close();
    }
  });
});
