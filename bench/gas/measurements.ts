import { concat, id, Interface, keccak256, Wallet, ZeroAddress } from 'ethers';
import {
  createStore,
  deployContracts,
  documentStoreAbi,
  factoryAddress,
  storeFactoryAbi,
} from '../../src/platform/chain/index.js';
import { compileBaseline } from './baselines.js';
import { admin, type BenchChain, deployer, relayer, type Account } from './bench-chain.js';
import { documentStoreContract, easContract } from './peers.js';

/** What one operation costs in the state in which it is done every day: nothing it writes to is fresh but the root. */
export type Measurement = {
  readonly operation: string;
  readonly gas: number;
  /** Over the dearest gas that is still promised; absent for peers. */
  readonly budget?: number;
};

const ISSUERS = 10;
const root = (name: string): string => id(`bench ${name}`);
const roots = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => root(`${name} ${index}`));

/** The call is made twice, and counted the second time. */
async function steady(chain: BenchChain, from: Account, to: string, call: (round: string) => string): Promise<number> {
  await chain.gasOf(from, to, call('first'));
  return chain.gasOf(from, to, call('counted'));
}

/** 32 bytes of calldata to an account: less than this no transaction that carries a root can cost (EIP-7623). */
export async function measureFloor(chain: BenchChain): Promise<Measurement> {
  const gas = await chain.gasOf(relayer, Wallet.createRandom().address, `0x${'ff'.repeat(32)}`);
  return { operation: 'floor: a root as calldata, to nobody', gas };
}

export async function measureBaselines(chain: BenchChain): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const [name, operation] of [
    ['EventOnly', 'event only'],
    ['RootMapping', 'mapping root ⇒ time, and event'],
  ] as const) {
    const compiled = compileBaseline(name);
    const contract = new Interface(compiled.abi);
    const address = await chain.deploy(compiled, []);
    const call = (round: string): string => contract.encodeFunctionData('anchor', [root(`${name} ${round}`)]);
    measured.push({ operation, gas: await steady(chain, relayer, address, call) });
  }
  return measured;
}

export async function measureEas(chain: BenchChain): Promise<Measurement[]> {
  const compiled = easContract();
  const eas = new Interface(compiled.abi);
  // Its time stamps never ask the registry of schemas; any address that is not zero will do.
  const address = await chain.deploy(compiled, [deployer.address]);
  const one = (round: string): string => eas.encodeFunctionData('timestamp', [root(`eas ${round}`)]);
  const ten = (round: string): string => eas.encodeFunctionData('multiTimestamp', [roots(`eas ten ${round}`, ISSUERS)]);
  return [
    { operation: 'EAS timestamp', gas: await steady(chain, relayer, address, one) },
    {
      operation: `EAS multiTimestamp, per root of ${ISSUERS}`,
      gas: (await steady(chain, relayer, address, ten)) / ISSUERS,
    },
  ];
}

export async function measureDocumentStore(chain: BenchChain): Promise<Measurement[]> {
  const compiled = documentStoreContract();
  const store = new Interface(compiled.abi);
  const address = await chain.deploy(compiled, ['Bench', admin.address]);
  const issue = (round: string): string => store.encodeFunctionData('issue(bytes32)', [root(`oa ${round}`)]);
  const revoke = (round: string): string => store.encodeFunctionData('revoke(bytes32)', [root(`oa ${round}`)]);
  return [
    { operation: 'OpenAttestation DocumentStore, issue', gas: await steady(chain, admin, address, issue) },
    { operation: 'OpenAttestation DocumentStore, revoke', gas: await steady(chain, admin, address, revoke) },
  ];
}

const factoryCalls = new Interface(storeFactoryAbi);
const storeCalls = new Interface(documentStoreAbi);

/** Ours, with the budgets that are promised. */
export async function measureOurs(chain: BenchChain): Promise<Measurement[]> {
  await deployContracts(chain.client, deployer.key);
  const stores: string[] = [];
  for (let index = 0; index < ISSUERS; index += 1) {
    const roles = { admin: admin.address, relayer: relayer.address, issuerKey: root(`issuer ${index}`) };
    stores.push(await createStore(chain.client, deployer.key, roles));
  }
  const anchorMany = (count: number) => (round: string) =>
    factoryCalls.encodeFunctionData('anchorMany', [
      stores.slice(0, count),
      roots(`ours ${count} ${round}`, count),
      Array.from({ length: count }, () => 10_000),
    ]);
  await chain.gasOf(relayer, factoryAddress(), anchorMany(ISSUERS)('warm'));
  const one = await steady(chain, relayer, factoryAddress(), anchorMany(1));
  const ten = await steady(chain, relayer, factoryAddress(), anchorMany(ISSUERS));
  return [
    { operation: 'Chopmark anchorMany, one root', gas: one, budget: 62_000 },
    { operation: 'Chopmark anchorMany, each further issuer', gas: (ten - one) / (ISSUERS - 1), budget: 45_000 },
    ...(await measureRevocations(chain, stores[0] ?? ZeroAddress)),
    ...(await measureMaterialise(chain, stores[0] ?? ZeroAddress)),
  ];
}

async function measureRevocations(chain: BenchChain, store: string): Promise<Measurement[]> {
  const one = (round: string): string => storeCalls.encodeFunctionData('revoke', [root(`gone ${round}`)]);
  const ten = (round: string): string => storeCalls.encodeFunctionData('revokeMany', [roots(`gone ${round}`, 10)]);
  return [
    { operation: 'Chopmark revoke', gas: await steady(chain, admin, store, one) },
    { operation: 'Chopmark revokeMany, each of 10', gas: (await steady(chain, admin, store, ten)) / 10 },
  ];
}

/** A document of a batch of 10,000, whose proof has 14 nodes. */
async function measureMaterialise(chain: BenchChain, store: string): Promise<Measurement[]> {
  const [docId, leaf] = [root('docId'), root('leaf')];
  const proof = roots('sibling', 14);
  const top = proof.reduce(pairHash, pairHash(docId, leaf));
  await chain.gasOf(relayer, store, storeCalls.encodeFunctionData('anchor', [top, 10_000]));
  const call = storeCalls.encodeFunctionData('materialise', [docId, leaf, top, proof]);
  return [
    { operation: 'Chopmark materialise, proof of 14', gas: await chain.gasOf(relayer, store, call), budget: 120_000 },
  ];
}

function pairHash(left: string, right: string): string {
  return keccak256(concat([left, right].sort()));
}
