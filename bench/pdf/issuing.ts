import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { bareKey, makeAuthority, makeLeaf, softwareKey, type SigningKey } from '../../src/platform/signing/index.js';
import type { AnchorStamp } from '../../src/proof/anchored-copy/index.js';
import { envelopeFields, hashFromHex, saltedDigest, type CoreData, type SaltedData } from '../../src/proof/index.js';

/** What drawing alone does not need, and issuing does: salts, a key, a place in a chain. All made up. */

const CHAIN_ID = 31_337;
const STORE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
/** In a batch of a thousand, and the document's own id. */
const PROOF_LENGTH = 11;

/** With salts as hard to compress as real ones, and the same for the same data. */
export function salted(core: CoreData): SaltedData {
  const saltsOf = (outputLength: number): Uint8Array =>
    createHash('shake256', { outputLength }).update(JSON.stringify(core)).digest();
  return saltedDigest(core, (fieldCount) => Uint8Array.from(saltsOf(fieldCount * 16))).salted;
}

/** A key on P-256 in this process, with a certificate of an authority that nobody else knows. */
export async function benchKey(): Promise<SigningKey> {
  const inForce = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2056-01-01T00:00:00Z') };
  const [root, own] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  if (root === undefined || own === undefined) {
    throw new Error('There are two pairs');
  }
  const request = (commonName: string, publicKey: typeof own.publicKey) => ({
    ...{ subject: { commonName, taxId: '91320102MAXDEM021K' }, publicKey, serial: randomBytes(16) },
    ...inForce,
  });
  const signer = bareKey(root.privateKey);
  const authority = await makeAuthority(signer, request('Root of the bench', root.publicKey));
  const certificate = await makeLeaf(signer, authority, request('南京听涛示例餐饮管理有限公司', own.publicKey));
  return softwareKey(own.privateKey, [certificate]);
}

/** As long as a real one; it proves nothing. */
export function stampFor(issued: Uint8Array, docId: string): AnchorStamp {
  const hex = (byte: string): string => byte.repeat(32);
  const envelope = envelopeFields({
    docId: hashFromHex(docId.replace(/^0x/, '')),
    documentAddress: STORE,
    chainId: CHAIN_ID,
    pdfSha256: Uint8Array.from(createHash('sha256').update(issued).digest()),
    issuer: { name: '南京听涛示例餐饮管理有限公司', domain: 'issuer.example.com', store: STORE },
  });
  return {
    envelope: salted(envelope),
    docId,
    issuedAt: '2026-03-05T10:30:00+08:00',
    signature: {
      type: 'SHA3MerkleProof',
      targetHash: hex('11'),
      proof: Array.from({ length: PROOF_LENGTH }, () => hex('22')),
      merkleRoot: hex('33'),
    },
    anchors: [
      {
        ...{ chainId: `eip155:${CHAIN_ID}`, store: STORE, root: `0x${hex('33')}`, batchSize: 1_000, leafIndex: 7 },
        ...{ transactionHash: `0x${hex('44')}`, blockNumber: 7, blockHash: `0x${hex('55')}` },
        blockTime: '2026-03-05T02:31:00Z',
      },
    ],
  };
}
