import { ZeroAddress, ZeroHash } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anchorGasLimit,
  createStore,
  deployContracts,
  factoryAddress,
  MAX_ANCHORS_PER_TRANSACTION,
  signAnchorMany,
  signCall,
  signFiller,
  skippedAnchors,
  storeAddress,
  type AnchorRequest,
  type TransactionReceipt,
} from '../../../src/platform/chain/index.js';
import {
  type Account,
  admin,
  deployer,
  digest,
  errorName,
  eventNames,
  factoryCall,
  LocalChain,
  otherAdmin,
  otherRelayer,
  relayer,
  storeCall,
  stranger,
} from './local-chain.js';

const factory = factoryAddress();
const rolesOf = (name: string) => ({ admin: admin.address, relayer: relayer.address, issuerKey: digest(name) });
const create = (name: string) => createStore(chain.client, deployer.key, rolesOf(name));

let chain: LocalChain;

beforeAll(async () => {
  chain = await LocalChain.start({ chainId: 31_404 });
  await deployContracts(chain.client, deployer.key);
});
afterAll(() => {
  chain.stop();
});

async function anchorMany(by: Account, anchors: readonly AnchorRequest[]): Promise<TransactionReceipt> {
  const [nonce, fees] = await Promise.all([chain.client.nonceOf(by.address), chain.client.suggestedFees()]);
  const signed = signAnchorMany({ key: by.key, chainId: chain.client.chainId, nonce, fees, factory, anchors });
  expect(signed.from).toBe(by.address);
  const receipt = await chain.publish(signed);
  expect(receipt.hash).toBe(signed.hash);
  return receipt;
}

const reasons = (receipt: TransactionReceipt) =>
  skippedAnchors(factory, receipt.logs).map(({ store, reason }) => [store, errorName(reason)]);

describe('creating a store', () => {
  it('puts it where it was computed to be, and does it once', async () => {
    const { admin: by, relayer: carrier, issuerKey } = rolesOf('created once');
    const call = factoryCall(factory, 'createStore', [by, carrier, issuerKey]);
    const first = await chain.send(stranger, call);
    expect(eventNames(first)).toEqual(['AdminChanged', 'RelayerAdded', 'StoreCreated']);
    const second = await chain.send(stranger, call);
    expect([second.status, second.logs]).toEqual(['succeeded', []]);
    expect(await create('created once')).toBe(storeAddress(rolesOf('created once')));
  });

  it('returns the existing store even after its roles have changed', async () => {
    const store = await create('handed over');
    await chain.send(admin, storeCall(store, 'offerAdmin', [otherAdmin.address]));
    await chain.send(otherAdmin, storeCall(store, 'acceptAdmin'));
    expect(await create('handed over')).toBe(store);
    expect(await chain.viewStore(store, 'admin')).toBe(otherAdmin.address);
  });

  it('gives a front-runner nothing: with other roles the store has another address', async () => {
    const honest = rolesOf('front-run');
    const greedy = { ...honest, admin: stranger.address, relayer: stranger.address };
    await chain.send(stranger, factoryCall(factory, 'createStore', [greedy.admin, greedy.relayer, greedy.issuerKey]));
    await chain.send(stranger, factoryCall(factory, 'createStore', [honest.admin, honest.relayer, honest.issuerKey]));
    const store = await create('front-run');
    expect(store).not.toBe(storeAddress(greedy));
    expect(await chain.viewStore(store, 'admin')).toBe(admin.address);
    expect(await chain.viewStore(store, 'isRelayer', [stranger.address])).toBe(false);
  });

  it('refuses a store that nobody could administer, and needs no relayer', async () => {
    const call = (by: string) => factoryCall(factory, 'createStore', [by, ZeroAddress, digest('no relayer')]);
    expect(await chain.outcome(stranger, call(ZeroAddress))).toBe('DocumentStoreInvalidAdmin');
    expect(eventNames(await chain.send(stranger, call(admin.address)))).toEqual(['AdminChanged', 'StoreCreated']);
  });

  it('leaves the implementation without any role', async () => {
    const { storeImplementation } = await deployContracts(chain.client, deployer.key);
    expect(await chain.viewStore(storeImplementation, 'admin')).toBe(ZeroAddress);
    for (const caller of [stranger, deployer]) {
      expect(await chain.outcome(caller, storeCall(storeImplementation, 'anchor', [digest('x'), 1]))).toBe(
        'DocumentStoreUnauthorised',
      );
      expect(
        await chain.outcome(
          caller,
          storeCall(storeImplementation, 'initialise', [caller.address, ZeroAddress, ZeroHash]),
        ),
      ).toBe('DocumentStoreNotFactory');
    }
  });
});

describe('anchoring for many issuers', () => {
  it('anchors each root in its own store, once', async () => {
    const anchors = ['many 1', 'many 2', 'many 3'].map((name, index) => ({
      store: storeAddress(rolesOf(name)),
      root: digest(`root of ${name}`),
      count: index + 1,
    }));
    for (const name of ['many 1', 'many 2', 'many 3']) {
      await create(name);
    }
    expect(eventNames(await anchorMany(relayer, anchors))).toEqual(['Anchored', 'Anchored', 'Anchored']);
    for (const { store, root } of anchors) {
      expect(await chain.client.isIssued(store, root)).toBe(true);
    }
    expect(await chain.client.isIssued(anchors[0]?.store ?? '', anchors[1]?.root ?? '')).toBe(false);
    expect((await anchorMany(relayer, anchors)).logs).toEqual([]);
  });

  it('skips a store of another issuer, says so, and anchors the others', async () => {
    const foreign = { admin: otherAdmin.address, relayer: otherRelayer.address, issuerKey: digest('foreign') };
    const foreignStore = await createStore(chain.client, deployer.key, foreign);
    const [before, after] = [await create('before the foreign one'), await create('after the foreign one')];
    const root = digest('one root for all');
    const receipt = await anchorMany(
      relayer,
      [before, foreignStore, after].map((store) => ({ store, root, count: 1 })),
    );
    expect(eventNames(receipt)).toEqual(['Anchored', 'AnchorSkipped', 'Anchored']);
    expect(reasons(receipt)).toEqual([[foreignStore, 'DocumentStoreUnauthorised']]);
    expect(await chain.client.isIssued(foreignStore, root)).toBe(false);
    expect(await chain.client.isIssued(after, root)).toBe(true);
  });

  it('anchors nothing for a stranger, who may call it', async () => {
    const store = await create('a target');
    const receipt = await anchorMany(stranger, [{ store, root: digest('forged'), count: 1 }]);
    expect(reasons(receipt)).toEqual([[store, 'DocumentStoreUnauthorised']]);
    expect(await chain.client.isIssued(store, digest('forged'))).toBe(false);
  });

  it('never calls what is no store of ours: accounts, stores not created yet, and contracts that burn all gas', async () => {
    const gasBurner = '0x00000000000000000000000000000000DeaDBeef';
    await chain.rpc('anvil_setCode', gasBurner, '0x5b600056'); // JUMPDEST PUSH1 0 JUMP: for ever
    const notYet = storeAddress(rolesOf('not created yet'));
    const store = await create('beside forged ones');
    const receipt = await anchorMany(
      relayer,
      [gasBurner, stranger.address, notYet, factory, store].map((at) => ({ store: at, root: digest('r'), count: 1 })),
    );
    expect(reasons(receipt).map(([, reason]) => reason)).toEqual(Array(4).fill('StoreFactoryNotAStore'));
    expect(await chain.client.isIssued(store, digest('r'))).toBe(true);
    expect(receipt.gasUsed).toBeLessThan(150_000n);
  });

  it('skips the zero root only', async () => {
    const store = await create('a zero root');
    const receipt = await anchorMany(relayer, [
      { store, root: ZeroHash, count: 1 },
      { store, root: digest('after zero'), count: 1 },
    ]);
    expect(reasons(receipt)).toEqual([[store, 'DocumentStoreInvalidHash']]);
    expect(await chain.client.isIssued(store, digest('after zero'))).toBe(true);
  });

  it('undoes everything rather than skip a store for want of gas', async () => {
    const stores = [await create('gas 1'), await create('gas 2'), await create('gas 3')];
    const roots = stores.map((_, index) => digest(`gas root ${index}`));
    const call = factoryCall(factory, 'anchorMany', [stores, roots, [1, 1, 1]]);
    const needed = (await chain.send(relayer, call)).gasUsed;
    const others = stores.map((_, index) => digest(`gas root ${index} again`));
    for (const missing of [1_000n, 10_000n, 30_000n, 60_000n]) {
      const again = factoryCall(factory, 'anchorMany', [stores, others, [1, 1, 1]]);
      const receipt = await chain.send(relayer, again, needed - 3n * 17_100n - missing);
      expect([receipt.status, receipt.logs]).toEqual(['reverted', []]);
    }
  });

  it('refuses lists of different lengths', async () => {
    const call = factoryCall(factory, 'anchorMany', [[stranger.address], [], []]);
    expect(await chain.outcome(stranger, call)).toBe('StoreFactoryLengthMismatch');
  });
});

describe('signing without a node', () => {
  const signing = {
    key: relayer.key,
    chainId: 31_404,
    nonce: 5,
    fees: { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n },
  };
  const anchors = [{ store: storeAddress(rolesOf('offline')), root: digest('offline'), count: 2 }];

  it('gives the same bytes for the same input, whether addresses are text or bytes', () => {
    const first = signAnchorMany({ ...signing, factory, anchors });
    const asBytes = anchors.map(({ store, root, count }) => ({
      store: Buffer.from(store.slice(2), 'hex'),
      root: Buffer.from(root.slice(2), 'hex'),
      count,
    }));
    const key = Buffer.from(relayer.key.slice(2), 'hex');
    expect(signAnchorMany({ ...signing, key, factory, anchors: asBytes })).toEqual(first);
    expect(signAnchorMany({ ...signing, nonce: 6, factory, anchors }).hash).not.toBe(first.hash);
  });

  it('stays under the gas that one transaction may ask for, and refuses more roots than fit', () => {
    expect(anchorGasLimit(MAX_ANCHORS_PER_TRANSACTION)).toBeLessThanOrEqual(2n ** 24n);
    const tooMany = Array.from({ length: MAX_ANCHORS_PER_TRANSACTION + 1 }, () => anchors[0] as AnchorRequest);
    expect(() => signAnchorMany({ ...signing, factory, anchors: tooMany })).toThrow(RangeError);
    expect(() => signAnchorMany({ ...signing, factory, anchors: [] })).toThrow(RangeError);
  });

  it('fills a gap in the nonces with a transfer of nothing to oneself', async () => {
    const [nonce, fees] = await Promise.all([chain.client.nonceOf(relayer.address), chain.client.suggestedFees()]);
    const receipt = await chain.publish(signFiller({ ...signing, nonce, fees }));
    expect([receipt.status, receipt.gasUsed]).toEqual(['succeeded', 21_000n]);
    expect(await chain.client.nonceOf(relayer.address)).toBe(nonce + 1);
    expect(signCall({ ...signing, to: factory, data: '0x', gasLimit: 30_000n }).from).toBe(relayer.address);
  });
});
