import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { getCreate2Address, keccak256 } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createStore,
  deployContracts,
  documentAddress,
  documentInitCodeHash,
  signCall,
  TransactionRefused,
} from '../../../src/platform/chain/index.js';
import {
  admin,
  deployer,
  digest,
  eventNames,
  LocalChain,
  otherAdmin,
  pairHash,
  relayer,
  sampleDocument,
  storeCall,
  stranger,
} from './local-chain.js';

const roles = { admin: admin.address, relayer: relayer.address, issuerKey: digest('the issuer') };
const otherRoles = { admin: otherAdmin.address, relayer: relayer.address, issuerKey: digest('the other issuer') };

let chain: LocalChain;
let otherChain: LocalChain;
let store: string;
let otherStore: string;

beforeAll(async () => {
  [chain, otherChain] = await Promise.all([
    LocalChain.start({ chainId: 31_402 }),
    LocalChain.start({ chainId: 31_403 }),
  ]);
  for (const each of [chain, otherChain]) {
    await deployContracts(each.client, deployer.key);
    store = await createStore(each.client, deployer.key, roles);
    otherStore = await createStore(each.client, deployer.key, otherRoles);
  }
});
afterAll(() => {
  chain.stop();
  otherChain.stop();
});

type Sample = ReturnType<typeof sampleDocument>;

async function anchored(name: string, depth = 3, where = chain): Promise<Sample> {
  const document = sampleDocument(name, depth);
  await where.send(relayer, storeCall(store, 'anchor', [document.root, 2 ** depth]));
  return document;
}

function materialise(at: string, { docId, leaf, root, proof }: Sample) {
  return storeCall(at, 'materialise', [docId, leaf, root, proof]);
}

describe('a materialised document', () => {
  it('answers for itself at the address that was printed on it', async () => {
    const document = await anchored('plain');
    const printed = documentAddress(store, document.docId);
    expect(await chain.client.codeAt(printed)).toBe('0x');
    expect(await chain.viewStore(store, 'documentAddress', [document.docId])).toBe(printed);

    const receipt = await chain.send(stranger, materialise(store, document));

    expect(eventNames(receipt)).toEqual(['Materialised']);
    expect(await chain.viewDocument(printed, 'docId')).toBe(document.docId);
    expect(await chain.viewDocument(printed, 'leaf')).toBe(document.leaf);
    expect(await chain.viewDocument(printed, 'root')).toBe(document.root);
    expect(await chain.viewDocument(printed, 'store')).toBe(store);
    expect(Number(await chain.viewDocument(printed, 'anchoredAt'))).toBe(
      await chain.client.anchoredAt(store, document.root),
    );
    expect(await chain.viewDocument(printed, 'isRevoked')).toBe(false);
  });

  it('is the same whoever was first: a stranger who runs ahead does the holder’s work', async () => {
    const document = await anchored('run ahead of');
    await chain.send(stranger, materialise(store, document));
    const holders = await chain.send(otherAdmin, materialise(store, document));
    expect(holders.status).toBe('succeeded');
    expect(await chain.viewDocument(documentAddress(store, document.docId), 'leaf')).toBe(document.leaf);
  });

  it('has the same address on another chain', async () => {
    const document = await anchored('on two chains');
    await anchored('on two chains', 3, otherChain);
    for (const each of [chain, otherChain]) {
      await each.send(stranger, materialise(store, document));
      expect(await each.viewDocument(documentAddress(store, document.docId), 'leaf')).toBe(document.leaf);
    }
  });

  it.each(['leaf', 'docId', 'root', 'entry'])('is revoked with its %s', async (what) => {
    const document = await anchored(`revoked by ${what}`);
    const printed = documentAddress(store, document.docId);
    await chain.send(stranger, materialise(store, document));
    const hashes: Record<string, string> = { ...document, entry: pairHash(document.leaf, document.docId), proof: '' };
    await chain.send(admin, storeCall(store, 'revoke', [hashes[what]]));
    expect(await chain.viewDocument(printed, 'isRevoked')).toBe(true);
  });

  it('accepts the proofs of a tree that others built', async () => {
    const documents = Array.from({ length: 11 }, (_, index) => sampleDocument(`in a tree ${index}`, 0));
    const entries = documents.map(({ leaf, docId }) => pairHash(leaf, docId));
    const tree = SimpleMerkleTree.of(entries);
    await chain.send(relayer, storeCall(store, 'anchor', [tree.root, 11]));
    for (const [index, document] of documents.entries()) {
      const claim = { ...document, root: tree.root, proof: tree.getProof(index) };
      expect(await chain.outcome(stranger, materialise(store, claim))).toBe('accepted');
    }
  });

  it('may be alone in its batch', async () => {
    const document = await anchored('alone', 0);
    expect((await chain.send(stranger, materialise(store, document))).status).toBe('succeeded');
  });

  it('stays as it is when it is materialised again', async () => {
    const document = await anchored('twice');
    await chain.send(stranger, materialise(store, document));
    const again = await chain.send(relayer, materialise(store, document));
    expect(again.status).toBe('succeeded');
    expect(again.logs).toEqual([]);
  });

  it('keeps its first leaf when the issuer anchored a second one for the same docId', async () => {
    const document = await anchored('re-issued');
    const second = { ...document, leaf: digest('another envelope'), proof: [] as string[] };
    second.root = pairHash(second.leaf, second.docId);
    await chain.send(relayer, storeCall(store, 'anchor', [second.root, 1]));
    await chain.send(stranger, materialise(store, document));
    expect(await chain.outcome(stranger, materialise(store, second))).toBe('DocumentStoreLeafConflict');
  });
});

describe('materialising refuses', () => {
  it('a root that is not anchored, and a proof that leads elsewhere', async () => {
    const document = await anchored('refused');
    const refusal = (change: Partial<Sample>) =>
      chain.outcome(stranger, materialise(store, { ...document, ...change }));
    expect(await refusal({ root: digest('unknown root') })).toBe('DocumentStoreNotAnchored');
    expect(await refusal({ proof: document.proof.slice(1) })).toBe('DocumentStoreProofMismatch');
    expect(await refusal({ proof: [...document.proof, digest('one more')] })).toBe('DocumentStoreProofMismatch');
    expect(await refusal({ leaf: digest('tampered') })).toBe('DocumentStoreProofMismatch');
    expect(await refusal({})).toBe('accepted');
  });

  it("another document's leaf: nobody can take a printed address", async () => {
    const victim = await anchored('victim');
    const attacker = await anchored('attacker');
    for (const { root, proof } of [victim, attacker]) {
      const stolen = { docId: victim.docId, leaf: attacker.leaf, root, proof };
      expect(await chain.outcome(stranger, materialise(store, stolen))).toBe('DocumentStoreProofMismatch');
    }
  });

  it("another issuer's root: a proof is worth nothing in a store that did not anchor it", async () => {
    const document = await anchored('replayed');
    expect(await chain.outcome(stranger, materialise(otherStore, document))).toBe('DocumentStoreNotAnchored');
    await chain.send(relayer, storeCall(otherStore, 'anchor', [document.root, 8]));
    await chain.send(stranger, materialise(otherStore, document));
    // Even when that issuer anchors the same root, its documents have other addresses.
    expect(documentAddress(otherStore, document.docId)).not.toBe(documentAddress(store, document.docId));
    expect(await chain.client.codeAt(documentAddress(store, document.docId))).toBe('0x');
  });

  it('a proof from another chain: the same store there knows nothing of it until it is anchored there too', async () => {
    const document = await anchored('elsewhere');
    expect(await chain.outcome(stranger, materialise(store, document))).toBe('accepted');
    expect(await otherChain.outcome(stranger, materialise(store, document))).toBe('DocumentStoreNotAnchored');
  });

  it('a root that the issuer has revoked', async () => {
    const document = await anchored('disowned');
    await chain.send(admin, storeCall(store, 'revoke', [document.root]));
    expect(await chain.outcome(stranger, materialise(store, document))).toBe('DocumentStoreRevoked');
    expect(await chain.client.codeAt(documentAddress(store, document.docId))).toBe('0x');
  });

  it('to be asked for code when nothing is being materialised', async () => {
    const document = await anchored('quiet');
    await chain.send(stranger, materialise(store, document));
    expect(await chain.outcome(stranger, storeCall(store, 'documentCode'))).toBe('DocumentStoreNotMaterialising');
  });
});

/**
 * With sorted pairs an inner node looks like an entry: its children can be named as `docId` and `leaf`. The attack works
 * and gains nothing: it makes a contract at an address that no document prints, and blocks none that is printed.
 */
describe('a transaction for one chain', () => {
  it('cannot be replayed on another: the chain id is signed', async () => {
    const { chainId } = chain.client;
    const [nonce, fees] = [await otherChain.client.nonceOf(relayer.address), await chain.client.suggestedFees()];
    const call = storeCall(store, 'anchor', [digest('replayed'), 1]);
    const signed = signCall({ key: relayer.key, chainId, nonce, fees, gasLimit: 200_000n, ...call });
    await expect(otherChain.client.broadcast(signed.raw)).rejects.toThrow(TransactionRefused);
    expect(await otherChain.client.isIssued(store, digest('replayed'))).toBe(false);
  });
});

/** What is left to a thief of a relayer key, and why a reader has to compare the leaf. */
describe('a leaf of a thief’s own, paired with the docId of a real document', () => {
  async function pairedBy(document: Sample): Promise<Sample> {
    const leaf = digest('of the thief');
    const theft = { docId: document.docId, leaf, root: pairHash(leaf, document.docId), proof: [] };
    await chain.send(relayer, storeCall(store, 'anchor', [theft.root, 1]));
    return theft;
  }

  it('takes the printed address when it comes first, and shows by its leaf that it is not the document', async () => {
    const document = await anchored('robbed');
    const theft = await pairedBy(document);
    await chain.send(stranger, materialise(store, theft));
    const printed = documentAddress(store, document.docId);
    expect(await chain.viewDocument(printed, 'leaf')).not.toBe(document.leaf);
    await chain.send(admin, storeCall(store, 'revoke', [theft.root]));
    expect(await chain.viewDocument(printed, 'isRevoked')).toBe(true);
    // The document itself is as it was: what a contract says is asked by nobody who verifies.
    expect(await chain.client.isIssued(store, document.root)).toBe(true);
    expect(await chain.client.isRevoked(store, document.leaf)).toBe(false);
    expect(await chain.outcome(stranger, materialise(store, document))).toBe('DocumentStoreLeafConflict');
  });

  it('comes too late once the issuer has revoked its root', async () => {
    const document = await anchored('nearly robbed');
    const theft = await pairedBy(document);
    await chain.send(admin, storeCall(store, 'revoke', [theft.root]));
    expect(await chain.outcome(stranger, materialise(store, theft))).toBe('DocumentStoreRevoked');
    expect(await chain.outcome(stranger, materialise(store, document))).toBe('accepted');
  });
});

describe('an inner node passed off as a document', () => {
  it('comes to lie at an address that belongs to no document, and the real one is not in its way', async () => {
    const document = await anchored('sixty-four bytes');
    const entry = pairHash(document.leaf, document.docId);
    const sibling = document.proof[0] ?? '';
    const forged = { docId: sibling, leaf: entry, root: document.root, proof: document.proof.slice(1) };
    const swapped = { ...document, docId: document.leaf, leaf: document.docId };
    for (const attack of [forged, swapped]) {
      expect((await chain.send(stranger, materialise(store, attack))).status).toBe('succeeded');
      expect(documentAddress(store, attack.docId)).not.toBe(documentAddress(store, document.docId));
    }
    await chain.send(stranger, materialise(store, document));
    expect(await chain.viewDocument(documentAddress(store, document.docId), 'leaf')).toBe(document.leaf);
  });
});

describe('the init code of documents', () => {
  it('never changes: every address ever printed follows from it', () => {
    const initCode = '0x6399a0fb6f5f525f5f6004601c335afa3d5f5f3e601a573d5ffd5b6020516040f3';
    expect(keccak256(initCode)).toBe(documentInitCodeHash);
    expect(documentInitCodeHash).toBe('0x819963fa0529db8812dc62f23dae1576c71389815517a04cbbeec6d13af161f5');
    const [at, docId] = ['0x00000000000000000000000000000000C0FFEE00', digest('golden')];
    expect(documentAddress(at, docId)).toBe(getCreate2Address(at, docId, keccak256(initCode)));
  });

  it('is what the store uses', async () => {
    const docId = digest('any');
    expect(await chain.viewStore(store, 'documentAddress', [docId])).toBe(documentAddress(store, docId));
  });
});
