import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type RunningAnvil } from '../../../scripts/embedded/anvil.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { fundKeys } from '../../../scripts/launch/chain-keys.js';
import { ChainClient } from '../../../src/platform/chain/index.js';
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
