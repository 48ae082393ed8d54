import { AbiCoder, keccak256, ZeroAddress, ZeroHash } from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStore, deployContracts, factoryAddress } from '../../../src/platform/chain/index.js';
import {
  admin,
  deployer,
  digest,
  eventNames,
  LocalChain,
  otherAdmin,
  otherRelayer,
  relayer,
  storeCall,
  storeInterface,
  stranger,
} from './local-chain.js';

let chain: LocalChain;
let store: string;
let stores = 0;

beforeAll(async () => {
  chain = await LocalChain.start({ chainId: 31_401 });
  await deployContracts(chain.client, deployer.key);
});
afterAll(() => {
  chain.stop();
});
beforeEach(async () => {
  stores += 1;
  const issuerKey = digest(`issuer ${stores}`);
  store = await createStore(chain.client, deployer.key, { admin: admin.address, relayer: relayer.address, issuerKey });
});

describe('anchoring', () => {
  it('records a root for the relayer and for the admin', async () => {
    for (const [operator, root] of [[relayer, digest('by relayer')] as const, [admin, digest('by admin')] as const]) {
      expect(await chain.client.isIssued(store, root)).toBe(false);
      expect(await chain.client.anchoredAt(store, root)).toBeNull();
      const receipt = await chain.send(operator, storeCall(store, 'anchor', [root, 7]));
      expect(eventNames(receipt)).toEqual(['Anchored']);
      expect(await chain.client.isIssued(store, root)).toBe(true);
      const block = await chain.client.block(receipt.blockNumber);
      expect(await chain.client.anchoredAt(store, root)).toBe(block?.timestamp);
      const record = await chain.client.call(store, storeInterface.encodeFunctionData('anchorOf', [root]));
      expect(storeInterface.decodeFunctionResult('anchorOf', record).toArray()).toEqual([
        BigInt(block?.timestamp ?? 0),
        BigInt(receipt.blockNumber),
        7n,
      ]);
    }
  });

  it('does nothing when the root is known, whatever count comes with it', async () => {
    const root = digest('twice');
    await chain.send(relayer, storeCall(store, 'anchor', [root, 3]));
    const head = await chain.viewStore(store, 'head');
    const again = await chain.send(admin, storeCall(store, 'anchor', [root, 9]));
    expect(again.status).toBe('succeeded');
    expect(again.logs).toEqual([]);
    expect(await chain.viewStore(store, 'head')).toBe(head);
  });

  it('refuses strangers, the relayers of others, and the zero root', async () => {
    const call = storeCall(store, 'anchor', [digest('a root'), 1]);
    expect(await chain.outcome(stranger, call)).toBe('DocumentStoreUnauthorised');
    expect(await chain.outcome(otherRelayer, call)).toBe('DocumentStoreUnauthorised');
    expect(await chain.outcome(relayer, storeCall(store, 'anchor', [ZeroHash, 1]))).toBe('DocumentStoreInvalidHash');
  });

  it('lets nobody but the factory speak for an operator', async () => {
    const call = storeCall(store, 'anchorFor', [relayer.address, digest('a root'), 1]);
    for (const caller of [stranger, relayer, admin]) {
      expect(await chain.outcome(caller, call)).toBe('DocumentStoreNotFactory');
    }
  });

  it('chains its roots so that the head can be replayed from the events', async () => {
    for (const [index, name] of ['first', 'second', 'third'].entries()) {
      await chain.send(relayer, storeCall(store, 'anchor', [digest(name), index + 1]));
    }
    const topic = storeInterface.getEvent('Anchored')?.topicHash;
    const logs = await chain.rpc<{ topics: string[]; data: string }[]>('eth_getLogs', {
      address: store,
      topics: [topic],
      fromBlock: '0x0',
    });
    const replayed = logs.reduce((head, log) => {
      const event = storeInterface.parseLog(log)?.args;
      const next = keccak256(
        AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32', 'uint64'], [head, event?.['root'], event?.['count']]),
      );
      expect(event?.['head']).toBe(next);
      return next;
    }, ZeroHash);
    expect(logs).toHaveLength(3);
    expect(await chain.viewStore(store, 'head')).toBe(replayed);
  });
});

describe('revoking', () => {
  it('revokes one hash or many, for ever, and again without complaint', async () => {
    const [one, two, three] = ['one', 'two', 'three'].map((name) => digest(`revoked ${name}`)) as [
      string,
      string,
      string,
    ];
    expect(eventNames(await chain.send(admin, storeCall(store, 'revoke', [one])))).toEqual(['Revoked']);
    const many = await chain.send(admin, storeCall(store, 'revokeMany', [[one, two, two, three]]));
    expect(eventNames(many)).toEqual(['Revoked', 'Revoked']);
    for (const hash of [one, two, three]) {
      expect(await chain.client.isRevoked(store, hash)).toBe(true);
    }
    const block = await chain.client.block(many.blockHash);
    expect(await chain.viewStore(store, 'revokedAt', [three])).toBe(BigInt(block?.timestamp ?? 0));
    expect(await chain.client.isRevoked(store, digest('never'))).toBe(false);
    expect(await chain.outcome(admin, storeCall(store, 'revoke', [ZeroHash]))).toBe('DocumentStoreInvalidHash');
  });

  it('is the right of the admin alone: a stolen relayer key cannot revoke', async () => {
    for (const caller of [relayer, stranger, otherAdmin]) {
      expect(await chain.outcome(caller, storeCall(store, 'revoke', [digest('x')]))).toBe('DocumentStoreUnauthorised');
      expect(await chain.outcome(caller, storeCall(store, 'revokeMany', [[digest('x')]]))).toBe(
        'DocumentStoreUnauthorised',
      );
    }
  });

  it('says nothing about the documents of another issuer', async () => {
    const roles = { admin: otherAdmin.address, relayer: relayer.address, issuerKey: digest('the other issuer') };
    const other = await createStore(chain.client, deployer.key, roles);
    const hash = digest('mine');
    await chain.send(otherAdmin, storeCall(other, 'revoke', [hash]));
    expect(await chain.client.isRevoked(other, hash)).toBe(true);
    expect(await chain.client.isRevoked(store, hash)).toBe(false);
  });
});

describe('roles', () => {
  it('are set once, by the factory', async () => {
    expect(await chain.viewStore(store, 'admin')).toBe(admin.address);
    expect(await chain.viewStore(store, 'isRelayer', [relayer.address])).toBe(true);
    expect(await chain.viewStore(store, 'isRelayer', [admin.address])).toBe(false);
    expect(await chain.viewStore(store, 'issuerKey')).toBe(digest(`issuer ${stores}`));
    expect(await chain.viewStore(store, 'factory')).toBe(factoryAddress());
    const again = storeCall(store, 'initialise', [stranger.address, stranger.address, ZeroHash]);
    expect(await chain.outcome(stranger, again)).toBe('DocumentStoreNotFactory');
    expect(await chain.outcome(admin, again)).toBe('DocumentStoreNotFactory');
    await chain.rpc('anvil_impersonateAccount', factoryAddress());
    expect(await chain.outcome({ key: '', address: factoryAddress() }, again)).toBe('DocumentStoreAlreadyInitialised');
  });

  it('hand the store over in two steps', async () => {
    for (const caller of [stranger, relayer]) {
      expect(await chain.outcome(caller, storeCall(store, 'offerAdmin', [caller.address]))).toBe(
        'DocumentStoreUnauthorised',
      );
    }
    expect(await chain.outcome(stranger, storeCall(store, 'acceptAdmin'))).toBe('DocumentStoreUnauthorised');
    const offer = await chain.send(admin, storeCall(store, 'offerAdmin', [otherAdmin.address]));
    expect(eventNames(offer)).toEqual(['AdminOffered']);
    expect(await chain.viewStore(store, 'admin')).toBe(admin.address);
    expect(await chain.viewStore(store, 'offeredAdmin')).toBe(otherAdmin.address);
    expect(await chain.outcome(stranger, storeCall(store, 'acceptAdmin'))).toBe('DocumentStoreUnauthorised');
    expect(eventNames(await chain.send(otherAdmin, storeCall(store, 'acceptAdmin')))).toEqual(['AdminChanged']);
    expect(await chain.viewStore(store, 'admin')).toBe(otherAdmin.address);
    expect(await chain.viewStore(store, 'offeredAdmin')).toBe(ZeroAddress);
    expect(await chain.outcome(admin, storeCall(store, 'revoke', [digest('x')]))).toBe('DocumentStoreUnauthorised');
    expect(await chain.outcome(otherAdmin, storeCall(store, 'acceptAdmin'))).toBe('DocumentStoreUnauthorised');
    expect(await chain.viewStore(store, 'isRelayer', [relayer.address])).toBe(true);
  });

  it('let the admin withdraw an offer', async () => {
    await chain.send(admin, storeCall(store, 'offerAdmin', [otherAdmin.address]));
    await chain.send(admin, storeCall(store, 'offerAdmin', [ZeroAddress]));
    expect(await chain.outcome(otherAdmin, storeCall(store, 'acceptAdmin'))).toBe('DocumentStoreUnauthorised');
  });

  it('let the admin alone add and remove relayers, whose roots stay', async () => {
    const root = digest('by the new relayer');
    for (const name of ['addRelayer', 'removeRelayer']) {
      expect(await chain.outcome(relayer, storeCall(store, name, [stranger.address]))).toBe(
        'DocumentStoreUnauthorised',
      );
    }
    const add = storeCall(store, 'addRelayer', [otherRelayer.address]);
    expect(eventNames(await chain.send(admin, add))).toEqual(['RelayerAdded']);
    expect((await chain.send(admin, add)).logs).toEqual([]);
    await chain.send(otherRelayer, storeCall(store, 'anchor', [root, 1]));
    const remove = storeCall(store, 'removeRelayer', [otherRelayer.address]);
    expect(eventNames(await chain.send(admin, remove))).toEqual(['RelayerRemoved']);
    expect((await chain.send(admin, remove)).logs).toEqual([]);
    const more = storeCall(store, 'anchor', [digest('one more'), 1]);
    expect(await chain.outcome(otherRelayer, more)).toBe('DocumentStoreUnauthorised');
    expect(await chain.client.isIssued(store, root)).toBe(true);
  });
});

describe('what a verifier may ask', () => {
  it('has no ERC-165 answer and no "batchable" function, which OpenAttestation verifiers would misuse', async () => {
    const selectors = storeInterface.fragments
      .filter(({ type }) => type !== 'constructor')
      .map((fragment) => fragment.format('sighash'));
    expect(selectors).not.toContain('supportsInterface(bytes4)');
    expect(selectors.filter((signature) => signature.startsWith('isIssued'))).toEqual(['isIssued(bytes32)']);
    expect(selectors.filter((signature) => signature.startsWith('isRevoked'))).toEqual(['isRevoked(bytes32)']);
    const asked = { to: store, data: `0x01ffc9a7${'dcfd0745'.padEnd(64, '0')}` };
    expect(await chain.outcome(stranger, asked)).toBe('no reason');
  });

  it('has no function that could remove or alter a root, or change the code', () => {
    const changing = storeInterface.fragments
      .filter((fragment) => fragment.type === 'function' && !fragment.format('full').includes(' view '))
      .map((fragment) => fragment.format('sighash').split('(')[0])
      .sort();
    expect(changing).toEqual([
      'acceptAdmin',
      'addRelayer',
      'anchor',
      'anchorFor',
      'initialise',
      'materialise',
      'offerAdmin',
      'removeRelayer',
      'revoke',
      'revokeMany',
    ]);
  });
});
