import type { Issuer } from '../identity/index.js';
import { documentInitCodeHash } from '../platform/chain/index.js';
import type { DocumentSecret } from '../platform/vault/index.js';
import {
  create2Address,
  digestOf,
  documentEntry,
  ENVELOPE_FIELD_COUNT,
  envelopeFields,
  requireCoreKeys,
  saltedDigest,
  type CoreData,
  type SaltedData,
  type SaltedDigest,
} from '../proof/index.js';
import { fromHex } from '../kernel/index.js';

/** Where a document is anchored and whose it is: the part of the envelope that follows from the issuer. */
export type Provenance = {
  readonly chainId: number;
  readonly issuer: Pick<Issuer, 'name' | 'domain' | 'store'>;
};

/** The core data as a digest: known before there is a PDF, because the PDF prints what follows from it. */
export type SealedCore = SaltedDigest & {
  readonly docId: Uint8Array;
  /** EIP-55. */
  readonly address: string;
};

const INIT_CODE_HASH = fromHex(documentInitCodeHash);

/** docId = salted digest of the core data alone; the address follows from it and the issuer's store. */
export function sealCore(core: CoreData, secret: DocumentSecret, store: string): SealedCore {
  requireCoreKeys(core);
  const sealed = saltedDigest(core, (count) => secret.salts('core', count));
  const docId = fromHex(sealed.digest);
  return {
    fieldHashes: sealed.fieldHashes,
    digest: sealed.digest,
    get salted() {
      return sealed.salted;
    },
    docId,
    address: create2Address(fromHex(store), docId, INIT_CODE_HASH),
  };
}

/** What event 0 commits to. */
export type SealedEnvelope = {
  /** The OpenAttestation v2 `data`: core data and what binds it to PDF, issuer and chain. */
  readonly data: SaltedData;
  readonly leaf: Uint8Array;
  /** What is anchored for event 0: leaf and docId as one node (see `documentEntry`). */
  readonly entry: Uint8Array;
};

/** The envelope of an issued PDF. The field hashes of the core serve again, because their paths are the same. */
export function sealEnvelope(
  core: SealedCore,
  pdfSha256: Uint8Array,
  secret: DocumentSecret,
  { chainId, issuer }: Provenance,
): SealedEnvelope {
  const fields = envelopeFields({ docId: core.docId, documentAddress: core.address, chainId, pdfSha256, issuer });
  const binding = saltedDigest(fields, secret.salts('envelope', ENVELOPE_FIELD_COUNT));
  const leaf = fromHex(digestOf([...core.fieldHashes, ...binding.fieldHashes]));
  return {
    get data() {
      return { ...core.salted, ...binding.salted };
    },
    leaf,
    entry: documentEntry(leaf, core.docId),
  };
}
