import { createKeccak } from 'hash-wasm';

/**
 * One WebAssembly instance for the life of the process: creating it takes milliseconds, using it well under one
 * microsecond. Everything here is synchronous, so no two callers can ever meet inside it.
 */
const hasher = await createKeccak(256);

/** Keccak-256 as Ethereum uses it (the original padding, not NIST SHA3-256). Returns 32 fresh bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return hasher.init().update(bytes).digest('binary');
}

/** Keccak-256 of bytes, or of the UTF-8 form of a text, as 64 lower-case hex digits without `0x`. */
export function keccak256Hex(input: string | Uint8Array): string {
  return hasher.init().update(input).digest('hex');
}
