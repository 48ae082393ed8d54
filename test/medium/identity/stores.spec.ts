import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { OperatorDesk } from '../../../src/composition/index.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { TestInstance, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let issuer: TestIssuer;

beforeAll(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer('tingtao');
});
afterAll(() => instance.close());

/** The stores as a process deploys them that was given other chain keys than the one that admitted the issuer. */
async function deployWithOtherKeys(): Promise<readonly string[]> {
  const key = (): string => randomBytes(32).toString('hex');
  const settings = loadSettings({ ...instance.environment, CHAIN_RELAYER_KEY: key() });
  const desk = await OperatorDesk.open(settings);
  try {
    return (await desk.deployStores()).map(({ store }) => store);
  } finally {
    await desk.close();
  }
}

describe('the store of an issuer', () => {
  it('is deployed at its printed address even when the chain keys have changed since', async () => {
    // As on another chain, where nothing was deployed yet.
    const rpc = rpcTo(instance.settings.chainRpcUrls[0] ?? '');
    await rpc('anvil_setCode', issuer.store, '0x');
    await rpc('anvil_setNonce', issuer.store, '0x0');
    expect(await deployWithOtherKeys()).toEqual([issuer.store]);
    expect(await instance.codeAt(issuer.store)).not.toBe('0x');
  });

  it('whose roles were never written down is not deployed somewhere else', async () => {
    await instance.query('update issuers set store_admin = null, store_relayer = null');
    await expect(deployWithOtherKeys()).rejects.toMatchObject({ code: 'identity.store-roles-unknown' });
    expect((await instance.atDesk((desk) => desk.deployStores())).map(({ store }) => store)).toEqual([issuer.store]);
  });
});
