import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hexlify, randomBytes } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addressOf,
  ChainClient,
  ChainUnreachable,
  createStore,
  deployContracts,
  signCall,
  signFiller,
  StoreNotFound,
  TransactionRefused,
  WrongChain,
} from '../../../src/platform/chain/index.js';
import { admin, deployer, digest, factoryCall, LocalChain, relayer, storeCall, stranger } from './local-chain.js';

const chainId = 31_406;
let chain: LocalChain;
let store: string;

beforeAll(async () => {
  chain = await LocalChain.start({ chainId });
  await deployContracts(chain.client, deployer.key);
  const roles = { admin: admin.address, relayer: relayer.address, issuerKey: digest('issuer') };
  store = await createStore(chain.client, deployer.key, roles);
});
afterAll(() => {
  chain.stop();
});

/** A node that answers every question in one way, or not at all. */
async function nodeThat(
  answer: ((method: string) => object) | 'is silent' | 'is overloaded',
): Promise<{ client: ChainClient; server: Server }> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (typeof answer === 'function') {
        const { id, method } = JSON.parse(body) as { id: number; method: string };
        response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer(method) }));
      } else if (answer === 'is overloaded') {
        response.writeHead(503).end('busy');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const rpcUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timeoutMs = typeof answer === 'function' ? 10_000 : 300;
  return { client: new ChainClient({ rpcUrls: [rpcUrl], chainId, timeoutMs }), server };
}

async function nextSigning(key = relayer.key) {
  const [nonce, fees] = await Promise.all([chain.client.nonceOf(addressOf(key)), chain.client.suggestedFees()]);
  return { key, chainId, nonce, fees };
}

describe('a chain that cannot be asked', () => {
  it.each(['is silent', 'is overloaded'] as const)('is unreachable, never a "no", when the node %s', async (how) => {
    const { client, server } = await nodeThat(how);
    await expect(client.isIssued(store, digest('r'))).rejects.toBeInstanceOf(ChainUnreachable);
    await expect(client.receipt(digest('tx'))).rejects.toBeInstanceOf(ChainUnreachable);
    await expect(client.finalizedBlock()).rejects.toBeInstanceOf(ChainUnreachable);
    await expect(client.suggestedFees()).rejects.toBeInstanceOf(ChainUnreachable);
    await expect(client.broadcast('0x00')).rejects.toBeInstanceOf(ChainUnreachable);
    server.closeAllConnections();
    server.close();
    await expect(client.head()).rejects.toBeInstanceOf(ChainUnreachable);
    client.close();
  });

  it('is unreachable when the node answers with an error that is no refusal of the contract', async () => {
    const { client, server } = await nodeThat(() => ({ error: { code: -32_005, message: 'limit exceeded' } }));
    await expect(client.isRevoked(store, digest('r'))).rejects.toBeInstanceOf(ChainUnreachable);
    await expect(client.nonceOf(store)).rejects.toMatchObject({ code: 'chain.unreachable', kind: 'unavailable' });
    client.close();
    server.close();
  });

  it('does without what a node may lack: a finalized block and a proposed tip', async () => {
    const { client, server } = await nodeThat((method) =>
      method === 'eth_maxPriorityFeePerGas'
        ? { error: { code: -32_601, message: 'the method eth_maxPriorityFeePerGas does not exist' } }
        : { result: { baseFeePerGas: '0x7' } },
    );
    expect(await client.suggestedFees()).toEqual({ maxPriorityFeePerGas: 10n ** 9n, maxFeePerGas: 10n ** 9n + 14n });
    const lacking = await nodeThat(() => ({ error: { code: -39_001, message: 'finalized block not found' } }));
    expect(await lacking.client.finalizedBlock()).toBeNull();
    [client, lacking.client].forEach((each) => {
      each.close();
    });
    [server, lacking.server].forEach((each) => each.close());
  });
});

describe('what the chain calls final', () => {
  it.each([
    [-32_005, 'limit exceeded'],
    [-32_603, 'Internal error'],
    [-32_000, 'too many requests, try again later'],
  ])('is not "nothing" because a node is busy (%i %s)', async (code, message) => {
    const { client, server } = await nodeThat(() => ({ error: { code, message } }));
    await expect(client.finalizedBlock()).rejects.toBeInstanceOf(ChainUnreachable);
    client.close();
    server.close();
  });

  it('does not become nothing, whatever a node says later', async () => {
    let answer: object = { result: { number: '0x9', hash: digest('final'), timestamp: '0x1' } };
    const { client, server } = await nodeThat(() => answer);
    expect((await client.finalizedBlock())?.number).toBe(9);
    for (const later of [{ error: { code: -39_001, message: 'finalized block not found' } }, { result: null }]) {
      answer = later;
      await expect(client.finalizedBlock()).rejects.toBeInstanceOf(ChainUnreachable);
    }
    client.close();
    server.close();
  });
});

describe('asking', () => {
  it('refuses a node of another chain', async () => {
    const client = new ChainClient({ rpcUrls: [chain.rpcUrl], chainId: 1 });
    await expect(client.assertChainId()).rejects.toBeInstanceOf(WrongChain);
    await expect(deployContracts(client, deployer.key)).rejects.toBeInstanceOf(WrongChain);
    await chain.client.assertChainId();
    client.close();
  });

  it('does not call "no store here" a "not issued"', async () => {
    for (const address of [stranger.address, admin.address]) {
      await expect(chain.client.isIssued(address, digest('r'))).rejects.toBeInstanceOf(StoreNotFound);
    }
    const { factory } = await deployContracts(chain.client, deployer.key);
    await expect(chain.client.isRevoked(factory, digest('r'))).rejects.toBeInstanceOf(StoreNotFound);
    expect(await chain.client.isIssued(Buffer.from(store.slice(2), 'hex'), randomBytes(32))).toBe(false);
  });

  it('reads blocks by number and by hash, and forgets those that a reorg removed', async () => {
    await chain.send(stranger, factoryCall(stranger.address, 'storeImplementation', []), 30_000n);
    const head = await chain.client.head();
    expect(await chain.client.block(head.number)).toEqual(head);
    expect(await chain.client.block(head.hash)).toEqual(head);
    expect(await chain.client.block(head.number + 1_000)).toBeNull();
    expect((await chain.client.finalizedBlock())?.number).toBe(0);
    await chain.rpc('anvil_reorg', 1, []);
    expect(await chain.client.block(head.hash)).toBeNull();
    expect((await chain.client.block(head.number))?.hash).not.toBe(head.hash);
  });

  it('tells a reverted transaction from one that is in no block', async () => {
    const reverted = await chain.send(stranger, storeCall(store, 'anchor', [digest('no right'), 1]), 100_000n);
    expect(reverted.status).toBe('reverted');
    expect(reverted.gasUsed).toBeGreaterThan(21_000n);
    expect((await chain.client.block(reverted.blockHash))?.number).toBe(reverted.blockNumber);
    expect(await chain.client.receipt(digest('never sent'))).toBeNull();
  });
});

describe('broadcasting', () => {
  it('takes the same bytes again and again', async () => {
    const { raw, hash } = signFiller(await nextSigning());
    await chain.rpc('evm_setAutomine', false);
    expect(await chain.client.broadcast(raw)).toBe('accepted');
    expect(await chain.client.broadcast(raw)).toBe('known');
    expect(await chain.client.receipt(hash)).toBeNull();
    await chain.rpc('evm_mine');
    expect(['known', 'nonce-too-low']).toContain(await chain.client.broadcast(raw));
    expect((await chain.client.receipt(hash))?.status).toBe('succeeded');
    await chain.rpc('evm_setAutomine', true);
  });

  it('tells that another transaction took the nonce', async () => {
    const signing = await nextSigning();
    await chain.publish(signFiller(signing));
    const late = signCall({ ...signing, to: store, data: '0x', gasLimit: 50_000n });
    expect(await chain.client.broadcast(late.raw)).toBe('nonce-too-low');
  });

  it('names why a node refuses: a fee that is too low to replace another, and an empty purse', async () => {
    const signing = await nextSigning();
    await chain.rpc('evm_setAutomine', false);
    await chain.client.broadcast(signFiller(signing).raw);
    const sameFee = signCall({ ...signing, to: store, data: '0x', gasLimit: 50_000n });
    await expect(chain.client.broadcast(sameFee.raw)).rejects.toMatchObject({ reason: 'underpriced' });
    await chain.rpc('evm_mine');
    await chain.rpc('evm_setAutomine', true);
    const poor = signFiller(await nextSigning(hexlify(randomBytes(32))));
    const refusal = await chain.client.broadcast(poor.raw).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TransactionRefused);
    expect(refusal).toMatchObject({ reason: 'insufficient-funds', kind: 'unavailable' });
  });

  it('knows the next nonce as soon as a block is made', async () => {
    const before = await chain.client.nonceOf(relayer.address);
    for (let sent = 0; sent < 6; sent += 1) {
      expect((await chain.publish(signFiller(await nextSigning()))).status).toBe('succeeded');
    }
    expect(await chain.client.nonceOf(relayer.address)).toBe(before + 6);
  });
});
