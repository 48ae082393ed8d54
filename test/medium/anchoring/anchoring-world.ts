import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { AnchorRoads, RoadGround } from '../../../src/anchoring/anchor-roads.js';
import { AnchoringMetrics } from '../../../src/anchoring/anchoring.metrics.js';
import { AnchoringRows } from '../../../src/anchoring/anchoring-rows.js';
import { GasAccounts } from '../../../src/anchoring/gas-accounts.js';
import { BackAnchor } from '../../../src/anchoring/back-anchor.js';
import { AnchorsRepository } from '../../../src/anchoring/anchors.repository.js';
import { BatchesRepository } from '../../../src/anchoring/batches.repository.js';
import { ListBatches } from '../../../src/anchoring/list-batches.js';
import { ProofsRepository } from '../../../src/anchoring/proofs.repository.js';
import { type ProofOfLeaf, ReadProof } from '../../../src/anchoring/read-proof.js';
import { SealBatch } from '../../../src/anchoring/seal-batch.js';
import { SealTiming } from '../../../src/anchoring/seal-timing.js';
import { StoreDirectory } from '../../../src/anchoring/store-directory.js';
import { SubmitLeaf } from '../../../src/anchoring/submit-leaf.js';
import { TransactionsRepository } from '../../../src/anchoring/transactions.repository.js';
import { chainsOf } from '../../../src/composition/chains.js';
import { migrate } from '../../../src/composition/migrations.js';
import { Clock } from '../../../src/kernel/index.js';
import { addressOf, ChainClient, Chains, createStore, deployContracts } from '../../../src/platform/chain/index.js';
import { Settings } from '../../../src/platform/config/index.js';
import { makeDataSource, type Tx, UnitOfWork } from '../../../src/platform/database/index.js';
import { Logger, Metrics } from '../../../src/platform/observability/index.js';
import { Outbox } from '../../../src/platform/outbox/index.js';
import { RandomIdSource } from '../../../src/platform/vault/index.js';
import { startAnvil } from '../../../scripts/embedded/anvil.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { templateDatabase } from '../../support/databases.js';

/** The first account of anvil's own mnemonic: known to everybody, worth nothing. */
const ADMIN_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

export type TestChain = Awaited<ReturnType<typeof startChain>>;
export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A clock that runs, and that a test can put forward. */
class TestClock extends Clock {
  private ahead = 0;

  override now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}

/**
 * A chain client whose broadcast ends with the block, for specs that look at once: anvil answers when it has taken a
 * transaction in, and makes the block a moment later. Where blocks are made on demand it does not wait for one.
 */
class PromptChain extends ChainClient {
  private readonly node: ReturnType<typeof rpcTo>;

  constructor(settings: ConstructorParameters<typeof ChainClient>[0]) {
    super(settings);
    this.node = rpcTo(settings.rpcUrls[0] ?? '');
  }

  override async broadcast(raw: Parameters<ChainClient['broadcast']>[0]): ReturnType<ChainClient['broadcast']> {
    const result = await super.broadcast(raw);
    await waitUntil('no transaction waits for its block', () => this.isMined(), { intervalMs: 5 });
    return result;
  }

  private async isMined(): Promise<boolean> {
    const { pending } = (await this.node('txpool_status')) as { pending: string };
    return Number(pending) === 0 || (await this.node('anvil_getAutomine')) === false;
  }
}

/** One that a test can hurt. */
class FragileChain extends PromptChain {
  beforeBroadcast: () => void = () => undefined;
  afterBroadcast: () => void = () => undefined;
  broadcasts = 0;

  override async broadcast(raw: Parameters<ChainClient['broadcast']>[0]): ReturnType<ChainClient['broadcast']> {
    this.broadcasts += 1;
    this.beforeBroadcast();
    const result = await super.broadcast(raw);
    this.afterBroadcast();
    return result;
  }
}

class StoresByIssuer extends StoreDirectory {
  readonly stores = new Map<string, string>();

  override storesOf(_tx: Tx, issuerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map([...this.stores].filter(([issuerId]) => issuerIds.includes(issuerId))));
  }
}

/** A chain of one's own with our contracts, because these tests stop, reorganise and starve it. */
export async function startChain(chainId = 31_337) {
  const anvil = await startAnvil({ chainId });
  const client = new PromptChain({ rpcUrls: [anvil.url], chainId: anvil.chainId });
  await deployContracts(client, ADMIN_KEY);
  const rpc = async (method: string, ...params: unknown[]): Promise<unknown> => {
    const response = await fetch(anvil.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error !== undefined) {
      throw new Error(`${method}: ${error.message}`);
    }
    return result;
  };
  const mine = (blocks = 1): Promise<unknown> => rpc('anvil_mine', `0x${blocks.toString(16)}`);
  const stop = async (): Promise<void> => {
    client.close();
    await anvil.stop();
  };
  return { url: anvil.url, chainId: anvil.chainId, client, rpc, mine, stop };
}

/** One chain for the tests of a file or group, which mines by itself when a test begins, and a world on it for each. Both are empty until then. */
export function useWorld(): { readonly chain: TestChain; readonly world: World } {
  const [chain, world] = [{} as TestChain, {} as World];
  beforeAll(async () => {
    Object.assign(chain, await startChain());
  });
  beforeEach(async () => {
    Object.assign(world, await makeWorld(chain));
  });
  afterEach(async () => {
    await chain.rpc('evm_setAutomine', true);
    await world.close();
  });
  afterAll(() => chain.stop());
  return { chain, world };
}

/** A database and a relayer of one's own on `chain`, and everything that anchoring is made of. */
export async function makeWorld(chain: TestChain, overrides: Partial<Settings> = {}) {
  const database = await (await templateDatabase('migrated', migrate)).clone();
  const settings = Object.assign(new Settings(), {
    databaseUrl: database.url,
    chainRpcUrls: [chain.url],
    chainId: chain.chainId,
    chainRelayerKey: `0x${randomBytes(32).toString('hex')}`,
    chainAdminKey: ADMIN_KEY,
    chainConfirmations: 3,
    anchorBatchMaxSize: 300,
    anchorBatchMaxAgeMs: 50,
    anchorPollMs: 50,
    logLevel: 'silent',
    ...overrides,
  });
  const relayer = addressOf(settings.chainRelayerKey);
  await chain.rpc('anvil_setBalance', relayer, '0xde0b6b3a7640000');
  const source = await makeDataSource({ url: database.url, role: 'chopmark_worker', poolSize: 8 }).initialize();
  const owner = await makeDataSource({ url: database.url, role: 'owner', poolSize: 1 }).initialize();
  const clock = new TestClock();
  const directory = new StoresByIssuer();
  const unitOfWork = new UnitOfWork(source, settings);
  const client = new FragileChain({ rpcUrls: [chain.url], chainId: chain.chainId });
  const parts = assemble(client, { settings, unitOfWork, clock, directory });
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> => owner.query(sql, parameters);

  const addIssuer = async ({ deploy = true, admits = relayer, also = [] as TestChain[] } = {}): Promise<{
    id: string;
    store: string;
  }> => {
    const roles = { admin: addressOf(ADMIN_KEY), relayer: admits, issuerKey: randomBytes(32) };
    const id = randomUUID();
    const store = deploy ? await createStore(chain.client, ADMIN_KEY, roles) : `0x${randomBytes(20).toString('hex')}`;
    await Promise.all(also.map((other) => createStore(other.client, ADMIN_KEY, roles)));
    await insertIssuer(owner, id, store);
    directory.stores.set(id, store);
    return { id, store };
  };
  /** Leaves of one issuer in one sealed batch. */
  const sealedBatchOf = async (issuerId: string, size: number): Promise<{ batchId: string; leaves: Uint8Array[] }> => {
    const leaves = Array.from({ length: size }, () => new Uint8Array(randomBytes(32)));
    await unitOfWork.run((tx) => parts.submitLeaf.execute(tx, issuerId, leaves));
    clock.advance(settings.anchorBatchMaxAgeMs);
    const [batchId = ''] = await parts.sealBatch.execute(issuerId);
    return { batchId, leaves };
  };
  /** The proofs of leaves that are all sealed, in their order. */
  const proofsOf = async (issuerId: string, leaves: readonly Uint8Array[]): Promise<SealedProof[]> => {
    const proofs = await unitOfWork.run((tx) => parts.readProof.executeMany(tx, issuerId, leaves));
    return proofs.map((proof) => {
      if (proof?.state !== 'sealed') {
        throw new Error('It must be sealed');
      }
      return proof;
    });
  };
  const anchorOf = async (batchId: string): Promise<AnchorColumns> => {
    const [row] = await query<AnchorColumns>('select * from anchors where batch_id = $1', [batchId]);
    if (row === undefined) {
      throw new Error(`No anchor of batch ${batchId}`);
    }
    return row;
  };
  const close = async (): Promise<void> => {
    client.close();
    await Promise.all([source.destroy(), owner.destroy()]);
    await database.drop();
  };
  const confirmUntil = async (batchId: string, state: string): Promise<void> => {
    for (let pass = 0; (await anchorOf(batchId)).state !== state; pass += 1) {
      if (pass === 20) {
        throw new Error(`Still ${JSON.stringify(await anchorOf(batchId))}`);
      }
      clock.advance(settings.anchorPollMs * 5);
      await parts.confirmRoots.execute();
    }
  };
  const shared = { settings, unitOfWork, clock, directory, client, relayer, source, query };
  return { ...parts, ...shared, addIssuer, sealedBatchOf, proofsOf, anchorOf, confirmUntil, close };
}

type SealedProof = Extract<ProofOfLeaf, { state: 'sealed' }>;

type AnchorColumns = {
  state: string;
  nonce: string | null;
  transaction_hash: Buffer | null;
  block_number: string | null;
  block_hash: Buffer | null;
  gas_used: string | null;
  roots_in_transaction: number | null;
  last_error: string | null;
};

type Ground = {
  readonly settings: Settings;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly directory: StoreDirectory;
};

/** What Nest puts together in a worker; a second call makes a second worker on the same ground. */
export function assemble(chain: ChainClient, { settings, unitOfWork, clock, directory }: Ground) {
  const logger = new Logger(settings);
  const [batches, anchors, proofs] = [new BatchesRepository(), new AnchorsRepository(), new ProofsRepository()];
  const transactions = new TransactionsRepository();
  const chains = chainsAround(chain, settings);
  const timing = new SealTiming(settings, chains, clock);
  const ids = new RandomIdSource(clock);
  const metrics = new Metrics();
  const rows = new AnchoringRows(batches, anchors, transactions);
  const anchoringMetrics = new AnchoringMetrics(
    metrics,
    unitOfWork,
    rows,
    chains,
    new GasAccounts(chains, settings),
    clock,
  );
  anchoringMetrics.onModuleInit();
  const ground = new RoadGround(settings, rows, unitOfWork, directory, clock, logger);
  const roads = new AnchorRoads(chains, ground, anchoringMetrics);
  const road = roads.find(String(settings.chainId));
  if (road === undefined) {
    throw new Error('The world has no road to its own chain');
  }
  return {
    submitLeaf: new SubmitLeaf(batches, clock),
    sealBatch: new SealBatch(unitOfWork, batches, anchors, new Outbox(), timing, ids),
    publishRoots: road.publish,
    confirmRoots: road.confirm,
    roads,
    backAnchor: new BackAnchor(unitOfWork, anchors, new Outbox(), chains, clock, logger),
    readProof: new ReadProof(proofs),
    listBatches: new ListBatches(unitOfWork, proofs),
    repositories: { batches, anchors, transactions },
    timing,
    metrics,
  };
}

/** The given client for the first chain, so that a test can hurt it, and prompt ones for the others. */
function chainsAround(client: ChainClient, settings: Settings): Chains {
  const [primary, ...further] = chainsOf(settings).all;
  for (const chain of [primary, ...further]) {
    chain.client.close();
  }
  const prompt = settings.furtherChains.map(
    ({ chainId, rpcUrls }) => new PromptChain({ rpcUrls, chainId, timeoutMs: settings.chainTimeoutMs }),
  );
  return new Chains([
    { ...primary, client },
    ...further.map((chain, index) => ({ ...chain, client: prompt[index] ?? chain.client })),
  ]);
}

async function insertIssuer(owner: DataSource, id: string, store: string): Promise<void> {
  await owner.query(
    `insert into issuers (id, name, tax_id, region_code, tax_bureau, domain, mandate, store_address, wrapped_key, created_at)
     values ($1, '示例', $2, '320000', '示例税务局', 'issuer.example', 'sample', $3, '', now())`,
    [id, id, Buffer.from(store.slice(2), 'hex')],
  );
}
