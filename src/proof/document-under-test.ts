import { fromHex } from '../kernel/index.js';
import { addressBytes, checksumAddress, formatCaip2, parseCaip2 } from './document-address.js';
import { ENVELOPE_PATHS, isEnvelopePath } from './envelope.js';
import type { EvidenceBundle } from './evidence-bundle.js';
import { flatten } from './flatten.js';
import { digestOf, fieldHash, unsaltField, type HashOfField } from './salted-digest.js';

/**
 * A document as its own fields describe it. Checks look here, and trust the bundle around it for nothing: whoever
 * sends a bundle can write what he likes into it, but each word here is under the leaf.
 */
export type DocumentUnderTest = {
  readonly bundle: EvidenceBundle;
  /** Digest of all fields shown and hidden, as recomputed: hex without `0x`. */
  readonly digest: string;
  /** Digest of the core fields shown and hidden, as recomputed. Only right when no field of the envelope is hidden. */
  readonly coreDigest: string;
  /** Fields of the envelope that the holder has hidden by other means than ours. */
  readonly hiddenEnvelopePaths: readonly string[];
  readonly hiddenCount: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
  /** The issuer's store that the document names, with checksum; empty when a field of the envelope is hidden. */
  readonly store: string;
  /** The chain that the document names, CAIP-2; empty like `store`. */
  readonly chainId: string;
  /** One field of the envelope; empty when it is hidden. */
  readonly field: (path: string) => string;
};

/**
 * Reads a document. Throws the errors of `flatten` and `unsaltField` on what is no salted document, and
 * `AddressMalformed` when its store or its chain is none.
 */
export function readDocument(bundle: EvidenceBundle, hashOf: HashOfField = fieldHash): DocumentUnderTest {
  const { data, signature, privacy } = bundle.document;
  const salted = flatten(data, 'received');
  const plain = new Map(salted.map(([path, text]) => [path, unsaltField(path, text)]));
  const field = (path: string): string => String(plain.get(path) ?? '');
  const hiddenEnvelopePaths = ENVELOPE_PATHS.filter((path) => !plain.has(path));
  const isWhole = hiddenEnvelopePaths.length === 0;
  const hashes = salted.map(([path, text]) => [path, hashOf(path, String(text))] as const);
  const hidden = privacy?.obfuscatedData ?? [];
  const hashesOf = (paths: typeof hashes): string[] => [...paths.map(([, hash]) => hash), ...hidden];
  return {
    bundle,
    digest: digestOf(hashesOf(hashes)),
    coreDigest: digestOf(hashesOf(hashes.filter(([path]) => !isEnvelopePath(path)))),
    hiddenEnvelopePaths,
    hiddenCount: hidden.length,
    leaf: fromHex(signature.targetHash),
    proof: signature.proof.map(fromHex),
    root: fromHex(signature.merkleRoot),
    store: isWhole ? checksumAddress(addressBytes(field('issuers.0.documentStore'))) : '',
    chainId: isWhole ? formatCaip2(parseCaip2(`eip155:${field('network.chainId')}`)) : '',
    field,
  };
}
