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
  return hasher
    .init()
    .update(typeof input === 'string' ? utf8(input) : input)
    .digest('hex');
}

const encoder = new TextEncoder();
/** Room for a text of most documents, used again and again: the hash has taken the bytes before anybody else writes here. */
const room = new Uint8Array(32_768);

/** A UTF-16 unit is three bytes at most. */
function utf8(text: string): Uint8Array {
  return text.length * 3 > room.length
    ? encoder.encode(text)
    : room.subarray(0, encoder.encodeInto(text, room).written);
}
