import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/platform/chain/index.js';
import { Metrics } from '../../../src/platform/observability/index.js';
import { ApiCaller } from '../../support/api-caller.js';
import { callerOf, type Running, TestInstance, type TestIssuer } from '../../support/running-instance.js';
import { startChain, type TestChain } from './anchoring-world.js';

type Stuck = {
  readonly issuerId: string;
  readonly batchId: string;
  readonly chainId: number;
  readonly state: string;
  readonly documents: number;
  readonly waitingSeconds: number;
  readonly reason: string;
  readonly why: string;
  readonly todo: string;
  readonly attempt: { readonly hash: string; readonly nonce: number; readonly broadcastAt: string | null } | null;
};

type Account = {
  readonly chainId: number;
  readonly role: string;
  readonly address: string;
  readonly balance: string | null;
  readonly needed: string | null;
  readonly isEnough: boolean | null;
  readonly todo: string | null;
};

let chain: TestChain;
let instance: TestInstance;
let issuer: TestIssuer;
let api: Running;
let operator: ApiCaller;

beforeAll(async () => {
  chain = await startChain();
  instance = await TestInstance.make({ CHAIN_RPC_URL: chain.url, CHAIN_ID: String(chain.chainId) });
  issuer = await instance.addIssuer();
  api = await instance.startApi();
  operator = new ApiCaller(api.url, await instance.atDesk((desk) => desk.createOperatorKey('test')));
  await callerOf(api, issuer).issueMany(2);
});
afterAll(async () => {
  await instance.close();
  await chain.stop();
});

const ask = async (minAge = 0): Promise<readonly Stuck[]> => {
  const { status, body } = await operator.get<{ items: readonly Stuck[] }>(`/v1/stuck-batches?minAge=${minAge}`);
  expect(status).toBe(200);
  return body.items;
};

describe('batches that are stuck', () => {
  it('are none while all is well, and nobody but operators may ask', async () => {
    const worker = await instance.startWorker();
    await instance.waitUntilAnchored();
    await worker.stop();
    expect(await ask()).toEqual([]);
    expect((await callerOf(api, issuer).get('/v1/stuck-batches')).status).toBe(403);
    expect((await operator.get('/v1/stuck-batches?minAge=soon')).status).toBe(422);
  });

  describe('say why', () => {
    beforeEach(() => instance.query(`update anchors set state = 'submitted', last_error = null`));

    it('with the transaction that was to carry them, and since when', async () => {
      await instance.query(`update anchor_batches set sealed_at = now() - interval '1 hour'`);
      const [stuck] = await ask(300);
      expect(stuck).toMatchObject({ issuerId: issuer.id, chainId: chain.chainId, state: 'submitted', documents: 2 });
      expect(stuck?.waitingSeconds).toBeGreaterThanOrEqual(3_600);
      expect(stuck?.reason).toBe('anchoring.not-mined');
      const [sent] = await instance.query<{ hash: string }>(
        `select '0x' || encode(hash, 'hex') as hash from anchor_transactions order by nonce desc, attempt desc limit 1`,
      );
      expect(stuck?.attempt).toMatchObject({ hash: sent?.hash, nonce: 0, broadcastAt: expect.any(String) as string });
      expect(await ask(7_200)).toEqual([]);
    });

    it.each([
      ['anchoring.store-unknown', /admitted/],
      ['anchoring.relayer-unauthorised', /admit-relayers/],
      ['anchoring.skipped: 0x1234', /ABI-encoded/],
      ['anchoring.transaction-reverted', /five minutes/],
      ['anchoring.nonce-taken', /relayer’s key/],
      ['anchoring.reorganised', /sent again/],
      ['anchoring.lost', /minutes/],
      ['chain.unreachable', /node/],
      ['chain.wrong-chain', /URLs/],
      ['chain.store-not-found', /deploy-stores/],
      ['chain.transaction-refused: insufficient-funds', /gas money/],
      ['chain.transaction-refused: underpriced', /CHAIN_MAX_FEE_GWEI/],
      ['chain.transaction-refused: other', /log/],
    ])('%s', async (code, todo) => {
      await instance.query('update anchors set last_error = $1', [code]);
      const [stuck] = await ask();
      expect(stuck?.reason).toBe(code);
      expect(stuck?.why).toMatch(/^[A-Z`].+\.$/);
      expect(stuck?.todo).toMatch(todo);
    });

    it('that no transaction was signed, and that a chain is configured no more', async () => {
      await instance.query(`update anchors set state = 'pending', sender = null, nonce = null`);
      const [unsent] = await ask();
      expect(unsent).toMatchObject({ reason: 'anchoring.not-sent', attempt: null });
      await instance.query('update anchors set chain_id = 99');
      expect((await ask())[0]?.reason).toBe('chain.not-configured');
      await instance.query('update anchors set chain_id = $1', [chain.chainId]);
    });
  });

  it('tell a relayer that cannot pay, as a worker found it', async () => {
    const poor = await instance.startWorker({ CHAIN_RELAYER_KEY: '22'.repeat(32) });
    await instance.query(`update anchors set state = 'pending', sender = null, nonce = null, last_error = null`);
    await callerOf(api, issuer).issueMany(1);
    await expect.poll(async () => (await ask()).length, { timeout: 30_000 }).toBeGreaterThan(0);
    await poor.stop();
    expect((await ask()).every(({ why, todo }) => why.length > 10 && todo.length > 10)).toBe(true);
  });

  it('name the account that cannot pay, what it has and needs, and documents are issued all the same', async () => {
    const address = addressOf(instance.settings.chainRelayerKey);
    const funds = await chain.rpc('eth_getBalance', address, 'latest');
    await chain.rpc('anvil_setBalance', address, '0x0');
    const worker = await instance.startWorker();
    try {
      expect(await callerOf(api, issuer).issueMany(1)).toHaveLength(1);
      await instance.waitUntilRendered();
      const code = 'chain.transaction-refused: insufficient-funds';
      // While it is being sent again the batch is just on its way, and says so.
      await expect
        .poll(async () => (await ask()).find(({ reason }) => reason === code)?.todo ?? '', { timeout: 30_000 })
        .toContain(`${address} on chain ${chain.chainId}: it has 0.0, and its next transaction may cost 0.`);
      const { body } = await operator.get<{ accounts: readonly Account[] }>('/v1/stuck-batches');
      const [relayer, admin] = body.accounts;
      expect(relayer).toMatchObject({
        address,
        role: 'relayer',
        chainId: chain.chainId,
        balance: '0.0',
        isEnough: false,
      });
      expect(Number(relayer?.needed)).toBeGreaterThan(0);
      expect(admin).toMatchObject({ role: 'admin', isEnough: true, todo: null });
      const { registry } = worker.app.get(Metrics, { strict: false });
      await expect
        .poll(() => registry.metrics(), { timeout: 30_000 })
        .toContain(`chopmark_chain_account_short{chain="${chain.chainId}",role="relayer",account="${address}"} 1`);

      await chain.rpc('anvil_setBalance', address, funds);
      await instance.waitUntilAnchored();
      expect(await ask()).toEqual([]);
    } finally {
      await chain.rpc('anvil_setBalance', address, funds);
      await worker.stop();
    }
  });
});
