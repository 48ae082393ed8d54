import { randomBytes } from 'node:crypto';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { type DeployedStore, OperatorDesk } from '../../../src/composition/index.js';
import { addressOf, documentStoreAbi } from '../../../src/platform/chain/index.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { TestInstance, type TestIssuer } from '../../support/running-instance.js';

const store = new Interface(documentStoreAbi);

let instance: TestInstance;
let issuer: TestIssuer;

beforeAll(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer('tingtao');
});
afterAll(() => instance.close());

const rpc = (method: string, ...parameters: readonly unknown[]): Promise<unknown> =>
  rpcTo(instance.settings.chainRpcUrls[0] ?? '')(method, ...parameters);

/** As on another chain, where nothing was deployed yet. */
async function forgetStore(): Promise<void> {
  const { store } = issuer;
  await rpc('anvil_setCode', store, '0x');
  await rpc('anvil_setNonce', store, '0x0');
}

/** The stores as a process deploys them that was given another relayer than the one that admitted the issuer. */
async function deployWithOtherRelayer(): Promise<readonly DeployedStore[]> {
  const key = randomBytes(32).toString('hex');
  const desk = await OperatorDesk.open(loadSettings({ ...instance.environment, CHAIN_RELAYER_KEY: key }));
  try {
    return await desk.deployStores();
  } finally {
    await desk.close();
  }
}

const isRelayer = (account: string): Promise<unknown> =>
  rpc('eth_call', { to: issuer.store, data: store.encodeFunctionData('isRelayer', [account]) }, 'latest').then(
    (answer) => store.decodeFunctionResult('isRelayer', String(answer))[0] as unknown,
  );

describe('the store of an issuer', () => {
  it('is deployed at its printed address even when the chain keys have changed since', async () => {
    await forgetStore();
    expect((await deployWithOtherRelayer()).map(({ store }) => store)).toEqual([issuer.store]);
    expect(await instance.codeAt(issuer.store)).not.toBe('0x');
  });

  it('admits nobody there whom the settings name no more, as it does not on the chains of before', async () => {
    await forgetStore();
    const former = addressOf(instance.settings.chainRelayerKey);
    const [deployed] = await deployWithOtherRelayer();
    expect(deployed?.dismissed).toEqual([
      { chainId: instance.settings.chainId, relayer: former, outcome: 'dismissed' },
    ]);
    expect(await isRelayer(former)).toBe(false);
    expect(
      (await deployWithOtherRelayer()).flatMap(({ dismissed }) => dismissed.map(({ outcome }) => outcome)),
    ).toEqual(['as-it-was']);
  });

  it('keeps the relayer of its first day while the settings name it', async () => {
    await instance.atDesk((desk) => desk.admitRelayers());
    expect((await instance.atDesk((desk) => desk.deployStores())).map(({ dismissed }) => dismissed)).toEqual([[]]);
    expect(await isRelayer(addressOf(instance.settings.chainRelayerKey))).toBe(true);
  });

  it('whose roles were never written down is not deployed somewhere else', async () => {
    await instance.query('update issuers set store_admin = null, store_relayer = null');
    await expect(deployWithOtherRelayer()).rejects.toMatchObject({ code: 'identity.store-roles-unknown' });
    expect((await instance.atDesk((desk) => desk.deployStores())).map(({ store }) => store)).toEqual([issuer.store]);
  });
});
