import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anchorGasLimit,
  createStore,
  deployContracts,
  factoryAddress,
  signAnchorMany,
} from '../../../src/platform/chain/index.js';
import {
  admin,
  deployer,
  digest,
  factoryCall,
  LocalChain,
  relayer,
  sampleDocument,
  storeCall,
  stranger,
} from './local-chain.js';

let chain: LocalChain;
const stores: string[] = [];
const figures: Record<string, number> = {};

beforeAll(async () => {
  chain = await LocalChain.start({ chainId: 31_405 });
  await deployContracts(chain.client, deployer.key);
  for (let index = 0; index < 10; index += 1) {
    const roles = { admin: admin.address, relayer: relayer.address, issuerKey: digest(`issuer ${index}`) };
    stores.push(await createStore(chain.client, deployer.key, roles));
  }
});
afterAll(() => {
  console.table(figures);
  chain.stop();
});

async function anchorIn(count: number, round: string): Promise<{ gas: number; limit: number }> {
  const [nonce, fees] = await Promise.all([chain.client.nonceOf(relayer.address), chain.client.suggestedFees()]);
  const anchors = stores.slice(0, count).map((store) => ({ store, root: digest(`${round} ${store}`), count: 100 }));
  const factory = factoryAddress();
  const signed = signAnchorMany({ key: relayer.key, chainId: chain.client.chainId, nonce, fees, factory, anchors });
  const receipt = await chain.publish(signed);
  expect(receipt.status).toBe('succeeded');
  expect(receipt.logs).toHaveLength(count);
  return { gas: Number(receipt.gasUsed), limit: Number(anchorGasLimit(count)) };
}

describe('gas', () => {
  it('of anchoring stays within its budget', async () => {
    const first = await anchorIn(10, 'first');
    figures['anchorMany, 10 issuers, first root of each'] = first.gas;
    expect(first.gas).toBeLessThan(first.limit);

    const one = await anchorIn(1, 'one');
    const ten = await anchorIn(10, 'ten');
    const further = (ten.gas - one.gas) / 9;
    Object.assign(figures, { 'anchorMany, 1 issuer': one.gas, 'anchorMany, each further issuer': further });
    expect(one.gas).toBeLessThanOrEqual(62_000);
    expect(further).toBeLessThanOrEqual(45_000);

    figures['anchorMany, 1 issuer, known root'] = (await anchorKnownRoot()).gas;
    const direct = await chain.send(relayer, storeCall(stores[0] ?? '', 'anchor', [digest('direct'), 1]));
    figures['anchor, without the factory'] = Number(direct.gasUsed);
  });

  it('of materialising stays within its budget', async () => {
    const store = stores[0] ?? '';
    for (const depth of [0, 14, 20]) {
      const { docId, leaf, root, proof } = sampleDocument(`depth ${depth}`, depth);
      await chain.send(relayer, storeCall(store, 'anchor', [root, 2 ** depth]));
      const receipt = await chain.send(stranger, storeCall(store, 'materialise', [docId, leaf, root, proof]));
      expect(receipt.status).toBe('succeeded');
      figures[`materialise, proof of ${depth}`] = Number(receipt.gasUsed);
    }
    expect(figures['materialise, proof of 14']).toBeLessThanOrEqual(120_000);
  });

  it('of revoking and of creating a store is known', async () => {
    const hashes = Array.from({ length: 10 }, (_, index) => digest(`revoked ${index}`));
    const one = await chain.send(admin, storeCall(stores[0] ?? '', 'revoke', [digest('revoked')]));
    const ten = await chain.send(admin, storeCall(stores[0] ?? '', 'revokeMany', [hashes]));
    const created = await chain.send(
      stranger,
      factoryCall(factoryAddress(), 'createStore', [admin.address, relayer.address, digest('one more')]),
    );
    figures['revoke'] = Number(one.gasUsed);
    figures['revokeMany of 10, each'] = Number(ten.gasUsed) / 10;
    figures['createStore'] = Number(created.gasUsed);
    expect(created.status).toBe('succeeded');
  });
});

async function anchorKnownRoot(): Promise<{ gas: number }> {
  const call = factoryCall(factoryAddress(), 'anchorMany', [[stores[0]], [digest(`one ${stores[0] ?? ''}`)], [100]]);
  const receipt = await chain.send(relayer, call);
  expect(receipt.logs).toEqual([]);
  return { gas: Number(receipt.gasUsed) };
}
