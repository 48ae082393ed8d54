import { getBytes, hexlify } from 'ethers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, deployContracts } from '../../../src/platform/chain/index.js';
import { buildTree, documentEntry, proofAt, verifyInclusion } from '../../../src/proof/index.js';
import { admin, deployer, digest, LocalChain, relayer, storeCall, stranger } from './local-chain.js';

/**
 * The same questions to our code and to Solidity: whatever the tree and however the claim is twisted, they agree.
 * Each run tries others; a failure prints its seed, to be put beside `numRuns`.
 */
const TREES = 40;
const CLAIMS_PER_TREE = 6;

type Document = { readonly docId: Uint8Array; readonly leaf: Uint8Array };
type Claim = Document & { readonly root: Uint8Array; readonly proof: readonly Uint8Array[]; readonly isTrue: boolean };

let chain: LocalChain;
let store: string;

beforeAll(async () => {
  chain = await LocalChain.start({ chainId: 31_406 });
  await deployContracts(chain.client, deployer.key);
  store = await createStore(chain.client, deployer.key, {
    admin: admin.address,
    relayer: relayer.address,
    issuerKey: digest('fuzz'),
  });
});
afterAll(() => {
  chain.stop();
});

const documentOf = (name: string): Document => ({
  docId: getBytes(digest(`${name} core`)),
  leaf: getBytes(digest(`${name} envelope`)),
});

/** Ways to be wrong, each with what it does to a claim that holds. A twist that changes nothing leaves the claim true. */
const TWISTS = {
  none: (claim) => claim,
  'another leaf': (claim, bit) => ({ ...claim, leaf: flipped(claim.leaf, bit), isTrue: false }),
  'another docId': (claim, bit) => ({ ...claim, docId: flipped(claim.docId, bit), isTrue: false }),
  'leaf and docId changed over': (claim) => ({ ...claim, leaf: claim.docId, docId: claim.leaf }),
  'a changed node': (claim, bit) =>
    claim.proof.length === 0
      ? claim
      : {
          ...claim,
          proof: claim.proof.map((node, at) => (at === bit % claim.proof.length ? flipped(node, bit) : node)),
          isTrue: false,
        },
  'a node left out': (claim) =>
    claim.proof.length === 0 ? claim : { ...claim, proof: claim.proof.slice(1), isTrue: false },
  'a node too many': (claim) => ({ ...claim, proof: [...claim.proof, claim.root], isTrue: false }),
  'nodes in another order': (claim) =>
    claim.proof.length < 2 ? claim : { ...claim, proof: [...claim.proof].reverse(), isTrue: false },
  'the root as its own leaf': (claim) => ({ ...claim, leaf: claim.root, proof: [], isTrue: false }),
} satisfies Record<string, (claim: Claim, bit: number) => Claim>;

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  const at = bit % (8 * copy.length);
  copy[at >> 3] = (copy[at >> 3] ?? 0) ^ (1 << (at & 7));
  return copy;
}

async function solidityAccepts({ docId, leaf, root, proof }: Claim): Promise<boolean> {
  const call = storeCall(store, 'materialise', [...[docId, leaf, root].map(asHex), proof.map(asHex)]);
  const outcome = await chain.outcome(stranger, call);
  expect(['accepted', 'DocumentStoreProofMismatch']).toContain(outcome);
  return outcome === 'accepted';
}

const asHex = (bytes: Uint8Array): string => hexlify(bytes);

describe('our trees and proofs, asked in Solidity', () => {
  it(`agree over ${TREES} random trees and every way to twist a claim`, { timeout: 120_000 }, async () => {
    const seen = { held: 0, refused: 0 };
    const claims = fc.array(
      fc.record({
        index: fc.nat(),
        twist: fc.constantFrom(...(Object.keys(TWISTS) as (keyof typeof TWISTS)[])),
        bit: fc.nat(),
      }),
      { minLength: CLAIMS_PER_TREE, maxLength: CLAIMS_PER_TREE },
    );
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.integer({ min: 1, max: 300 }), claims, async (name, size, chosen) => {
        const documents = Array.from({ length: size }, (_, index) => documentOf(`${name} ${index}`));
        const tree = buildTree(documents.map(({ leaf, docId }) => documentEntry(leaf, docId)));
        await chain.send(relayer, storeCall(store, 'anchor', [hexlify(tree.root), size]));
        for (const { index, twist, bit } of chosen) {
          const at = index % size;
          const document = documents[at] as Document;
          const claim = TWISTS[twist]({ ...document, root: tree.root, proof: proofAt(tree, at), isTrue: true }, bit);
          expect(await solidityAccepts(claim), twist).toBe(claim.isTrue);
          seen[claim.isTrue ? 'held' : 'refused'] += 1;
          const ours = verifyInclusion({
            leaf: documentEntry(claim.leaf, claim.docId),
            proof: claim.proof,
            root: claim.root,
            index: at,
            size,
          });
          expect(ours, twist).toBe(claim.isTrue);
        }
      }),
      { numRuns: TREES },
    );
    expect(seen.held).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(100);
  });
});
