import { afterEach, describe, expect, it } from 'vitest';
import {
  ChainClient,
  createStore,
  deployContracts,
  factoryAddress,
  ForeignCode,
  storeAddress,
} from '../../../src/platform/chain/index.js';
import { admin, deployer, digest, LocalChain, otherAdmin, relayer } from './local-chain.js';

const roles = { admin: admin.address, relayer: relayer.address, issuerKey: digest('issuer') };
const chains: LocalChain[] = [];

async function freshChain(...flags: string[]): Promise<LocalChain> {
  const chain = await LocalChain.start({ chainId: 31_410 + chains.length, arguments: flags });
  chains.push(chain);
  return chain;
}
afterEach(() => {
  chains.splice(0).forEach((chain) => {
    chain.stop();
  });
});

describe('deploying the contracts', () => {
  it('brings its own deployment proxy to a chain without one, and comes to the same addresses', async () => {
    const [bare, ready] = [await freshChain('--disable-default-create2-deployer'), await freshChain()];
    expect(await bare.client.codeAt('0x4e59b44847b379578588920cA78FbF26c0B4956C')).toBe('0x');
    const [onBare, onReady] = [bare, ready].map((chain) => deployContracts(chain.client, deployer.key));
    expect(await onBare).toEqual(await onReady);
    for (const { client } of [bare, ready]) {
      expect(await createStore(client, deployer.key, roles)).toBe(storeAddress(roles));
      expect(await client.isIssued(storeAddress(roles), digest('r'))).toBe(false);
    }
  });

  it('sends nothing to a chain that does not know what the contracts are made of', async () => {
    for (const hardfork of ['london', 'shanghai']) {
      const { client } = await freshChain('--hardfork', hardfork);
      await expect(deployContracts(client, deployer.key)).rejects.toMatchObject({ code: 'chain.too-old' });
      expect(await client.nonceOf(deployer.address)).toBe(0);
    }
    const { client } = await freshChain('--hardfork', 'cancun');
    expect((await deployContracts(client, deployer.key)).factory).toBe(factoryAddress());
  });

  it('changes nothing the second time', async () => {
    const { client } = await freshChain();
    await deployContracts(client, deployer.key);
    await createStore(client, deployer.key, roles);
    const nonce = await client.nonceOf(deployer.address);
    await deployContracts(client, deployer.key);
    await createStore(client, deployer.key, roles);
    expect(await client.nonceOf(deployer.address)).toBe(nonce);
  });

  it('bears other processes that do the same at the same time, with the same key', async () => {
    const chain = await freshChain('--block-time', '1');
    const clients = [1, 2, 3].map(() => new ChainClient({ rpcUrls: [chain.rpcUrl], chainId: chain.client.chainId }));
    await Promise.all(clients.map((client) => deployContracts(client, deployer.key)));
    const stores = await Promise.all(clients.map((client) => createStore(client, deployer.key, roles)));
    expect(new Set(stores)).toEqual(new Set([storeAddress(roles)]));
    clients.forEach((client) => {
      client.close();
    });
  });

  it('creates several stores at once with one key', { timeout: 60_000 }, async () => {
    const chain = await freshChain();
    await deployContracts(chain.client, deployer.key);
    const many = ['a', 'b', 'c'].map((name) => ({ ...roles, admin: otherAdmin.address, issuerKey: digest(name) }));
    const stores = await Promise.all(many.map((each) => createStore(chain.client, deployer.key, each)));
    expect(stores).toEqual(many.map(storeAddress));
  });

  it('refuses to go on where other code lies at one of our addresses', async () => {
    const chain = await freshChain();
    await chain.rpc('anvil_setCode', factoryAddress(), '0x600160005260206000f3');
    await expect(deployContracts(chain.client, deployer.key)).rejects.toBeInstanceOf(ForeignCode);
    const other = await freshChain();
    await deployContracts(other.client, deployer.key);
    await other.rpc('anvil_setCode', storeAddress(roles), '0x600160005260206000f3');
    await expect(createStore(other.client, deployer.key, roles)).rejects.toBeInstanceOf(ForeignCode);
  });
});
