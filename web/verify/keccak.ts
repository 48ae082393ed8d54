import { keccak_256 } from '@noble/hashes/sha3';
import { bytesToHex } from '@noble/hashes/utils';

/**
 * Stands in for `src/proof/keccak.ts` in what browsers load: the same function without WebAssembly, which a strict content
 * security policy does not let in. A test compares the two.
 */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes);
}

export function keccak256Hex(input: string | Uint8Array): string {
  return bytesToHex(keccak_256(input));
}
