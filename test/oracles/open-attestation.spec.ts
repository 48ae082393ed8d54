import { randomBytes } from 'node:crypto';
import * as oaVerify from '@govtechsg/oa-verify';
import * as ttVerify from '@tradetrust-tt/tt-verify';
import { Contract, JsonRpcProvider, Wallet } from 'ethers';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { fromHex } from '../../src/kernel/index.js';
import {
  ChainClient,
  createStore,
  deployContracts,
  documentAddress,
  documentInitCodeHash,
  documentStoreAbi,
} from '../../src/platform/chain/index.js';
import { keccak256, parseCaip10, redact, verifyEvidence } from '../../src/proof/index.js';
import type { ChainReader, EvidenceBundle, OpenAttestationDocument } from '../../src/proof/index.js';
import { ISSUER, evidenceOf, sha256 } from './document-factory.js';

/**
 * Verifiers that others wrote, asked about our documents and our contracts on a real chain. They name the answer by
 * question; who is behind a domain is not asked, for that would need the DNS.
 */
type Answers = { integrity: boolean; status: boolean };

const chainId = inject('chainId');
const rpcUrl = inject('chainRpcUrl');
const others = [1, 2, 3, 4].map((byte) => keccak256(Uint8Array.of(byte)));
const provider = new JsonRpcProvider(rpcUrl, chainId, { staticNetwork: true, cacheTimeout: -1, pollingInterval: 50 });
const wallet = new Wallet(`0x${randomBytes(32).toString('hex')}`, provider);

let store: string;
let evidence: EvidenceBundle;

/** Both libraries have the same API but not the same types. */
async function ask(library: unknown, document: OpenAttestationDocument): Promise<Answers> {
  const tool = library as typeof ttVerify;
  const verify = tool.verificationBuilder([tool.openAttestationHash, tool.openAttestationEthereumDocumentStoreStatus], {
    provider: tool.utils.generateProvider({ providerType: 'jsonrpc', network: 'local', url: rpcUrl }),
  });
  const fragments = await verify(document as unknown as Parameters<typeof verify>[0]);
  return {
    integrity: tool.isValid(fragments, ['DOCUMENT_INTEGRITY']),
    status: tool.isValid(fragments, ['DOCUMENT_STATUS']),
  };
}

async function call(method: 'anchor' | 'revoke', ...parameters: unknown[]): Promise<void> {
  const contract = new Contract(store, documentStoreAbi, wallet);
  const sent = (await contract.getFunction(method)(...parameters)) as { wait(): Promise<unknown> };
  await sent.wait();
}

async function anchored(choices: Parameters<typeof evidenceOf>[0] = {}): Promise<EvidenceBundle> {
  const bundle = evidenceOf({
    chainId,
    store,
    documentInitCodeHash: fromHex(documentInitCodeHash),
    others,
    ...choices,
  });
  const [anchor] = bundle.anchors;
  await call('anchor', anchor?.root, anchor?.batchSize);
  return bundle;
}

beforeAll(async () => {
  await provider.send('anvil_setBalance', [wallet.address, '0xde0b6b3a7640000']);
  const client = new ChainClient({ rpcUrls: [rpcUrl], chainId });
  await deployContracts(client, wallet.privateKey);
  const issuerKey = randomBytes(32);
  store = await createStore(client, wallet.privateKey, { admin: wallet.address, relayer: wallet.address, issuerKey });
  evidence = await anchored();
});

const VALID = { integrity: true, status: true };

describe.each([
  ['@tradetrust-tt/tt-verify', ttVerify],
  ['@govtechsg/oa-verify', oaVerify],
])('%s', (_, library) => {
  it('says VALID of an anchored document', async () => {
    expect(await ask(library, evidence.document)).toEqual(VALID);
  });

  it('says INVALID after one changed character', async () => {
    const data = JSON.parse(
      JSON.stringify(evidence.document.data).replace('622.64', '622.65'),
    ) as typeof evidence.document.data;
    expect((await ask(library, { ...evidence.document, data })).integrity).toBe(false);
  });

  it.each(['buyer.taxId', 'seller', 'lines.1', 'lines'])('says VALID after %s is hidden', async (path) => {
    expect(await ask(library, redact(evidence.document, path))).toEqual(VALID);
  });

  it('says INVALID of a document whose root the store does not hold', async () => {
    const unanchored = evidenceOf({ chainId, store, others: others.slice(1) });
    expect(await ask(library, unanchored.document)).toEqual({ integrity: true, status: false });
  });

  it('says INVALID once the leaf is revoked', async () => {
    const revoked = await anchored({ core: { kind: 'revoked', nonce: randomBytes(8).toString('hex') } });
    expect(await ask(library, revoked.document)).toEqual(VALID);
    await call('revoke', revoked.leaf);
    expect(await ask(library, revoked.document)).toEqual({ integrity: true, status: false });
  });
});

describe('our own verifier', () => {
  const contract = (): Contract => new Contract(store, documentStoreAbi, provider);
  const chain: ChainReader = {
    hasCode: async (address) => (await provider.getCode(address)) !== '0x',
    isIssued: (_, root) => contract().getFunction('isIssued')(root) as Promise<boolean>,
    isRevoked: (_, hash) => contract().getFunction('isRevoked')(hash) as Promise<boolean>,
  };
  const verify = (bundle: EvidenceBundle): ReturnType<typeof verifyEvidence> =>
    verifyEvidence(bundle, {
      sha256,
      chains: () => chain,
      documentInitCodeHash: fromHex(documentInitCodeHash),
      issuers: { issuerOf: () => Promise.resolve(ISSUER) },
    });

  it('agrees with them', async () => {
    expect((await verify(evidence)).verdict).toBe('valid');
    const revoked = await anchored({ core: { kind: 'revoked', nonce: randomBytes(8).toString('hex') } });
    await call('revoke', revoked.leaf);
    expect(await verify(revoked)).toMatchObject({ verdict: 'not-valid' });
  });

  it('computes the document address that the store itself would deploy to', async () => {
    const printed = parseCaip10(evidence.documentAddress);
    expect(printed).toEqual({ chainId, address: documentAddress(store, evidence.docId) });
    expect(await contract().getFunction('documentAddress')(evidence.docId)).toBe(printed.address);
  });
});
