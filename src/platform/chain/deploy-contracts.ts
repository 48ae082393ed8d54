import { type BytesLike, concat, Interface, keccak256, Transaction, ZeroHash } from 'ethers';
import { deploymentProxy, storeCodeHash, storeFactoryCodeHash, storeImplementation } from './abi/constants.js';
import { storeFactoryAbi, storeFactoryInitCode } from './abi/store-factory.js';
import { factoryAddress, storeAddress, type StoreRoles, toAddress } from './addresses.js';
import type { ChainClient } from './chain-client.js';
import { ChainTooOld, DeploymentFailed, ForeignCode } from './chain.errors.js';
import { doUntil, isTrueSoon, sendCall } from './do-until.js';

export type DeployedContracts = { readonly factory: string; readonly storeImplementation: string };

/**
 * The deterministic deployment proxy (github.com/Arachnid/deterministic-deployment-proxy): whoever broadcasts this
 * transaction, on whatever chain, the proxy comes to lie at the same address, for nobody has the signer's key.
 */
const PROXY_CODE_HASH = '0x2fa86add0aed31f33a762c9d88e807c475bd51d0f52bd0955754b2608f7e4989';
const PROXY_COST = 10_000_000_000_000_000n; // 100,000 gas at 100 gwei, as signed
const PROXY_TRANSACTION =
  '0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffff' +
  'ffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222' +
  '222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222';

const PROXY_SIGNER = Transaction.from(PROXY_TRANSACTION).from ?? '';

/** Does nothing, with `TLOAD` (EIP-1153) and `MCOPY` (EIP-5656), without which documents cannot be materialised. */
const AS_CANCUN = '0x5f5c505f5f5f5e5f5ff3';
/** Does nothing, as any chain can. */
const AS_ALWAYS = '0x60006000f3';

const FACTORY_GAS = 5_000_000n;
const STORE_GAS = 300_000n;
const TRANSFER_GAS = 21_000n;

const factoryInterface = new Interface(storeFactoryAbi);

/**
 * Puts the factory on the chain, and the deployment proxy before it where there is none. Doing it again, or in several
 * processes at once, changes nothing. Throws `ForeignCode` when something else lies at one of the addresses, and `ChainTooOld`,
 * before anything is sent, for a chain that could not run the contracts.
 *
 * `key` MUST NOT be one that an anchor worker signs with: nonces are taken from the chain here.
 */
export async function deployContracts(client: ChainClient, key: BytesLike): Promise<DeployedContracts> {
  await client.assertChainId();
  await requireCancun(client);
  await ensureCode(client, deploymentProxy, PROXY_CODE_HASH, () => deployProxy(client, key));
  await ensureCode(client, factoryAddress(), storeFactoryCodeHash, () =>
    sendCall(client, key, {
      to: deploymentProxy,
      data: concat([ZeroHash, storeFactoryInitCode]),
      gasLimit: FACTORY_GAS,
    }),
  );
  return { factory: factoryAddress(), storeImplementation };
}

/** Creates an issuer's store and returns its address; changes nothing when it exists. `key` as in `deployContracts`. */
export async function createStore(client: ChainClient, key: BytesLike, roles: StoreRoles): Promise<string> {
  const address = storeAddress(roles);
  const parameters = [toAddress(roles.admin), toAddress(roles.relayer), roles.issuerKey];
  const data = factoryInterface.encodeFunctionData('createStore', parameters);
  await ensureCode(client, address, storeCodeHash, () =>
    sendCall(client, key, { to: factoryAddress(), data, gasLimit: STORE_GAS }),
  );
  return address;
}

/** Nodes that run nothing on demand are not believed to know less. */
async function requireCancun(client: ChainClient): Promise<void> {
  if (!(await client.runs(AS_CANCUN)) && (await client.runs(AS_ALWAYS))) {
    throw new ChainTooOld(client.chainId);
  }
}

async function deployProxy(client: ChainClient, key: BytesLike): Promise<void> {
  const missing = PROXY_COST - (await client.balanceOf(PROXY_SIGNER));
  if (missing > 0n) {
    await sendCall(client, key, { to: PROXY_SIGNER, data: '0x', gasLimit: TRANSFER_GAS, value: missing });
    await isTrueSoon(async () => (await client.balanceOf(PROXY_SIGNER)) >= PROXY_COST);
  }
  await client.broadcast(PROXY_TRANSACTION);
}

/** MUST leave the expected code at `address`, or throw. */
async function ensureCode(
  client: ChainClient,
  address: string,
  codeHash: string,
  deploy: () => Promise<void>,
): Promise<void> {
  if (!(await doUntil(() => hasCode(client, address, codeHash), deploy))) {
    throw new DeploymentFailed(address);
  }
}

async function hasCode(client: ChainClient, address: string, codeHash: string): Promise<boolean> {
  const code = await client.codeAt(address);
  if (code === '0x') {
    return false;
  }
  if (keccak256(code) !== codeHash) {
    throw new ForeignCode(address);
  }
  return true;
}
