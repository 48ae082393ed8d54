const MODULUS = 65_521;

/** So many bytes cannot bring the sums beyond 31 bits. */
const BYTES_AT_A_TIME = 3_800;

/** The checksum of zlib (RFC 1950). */
export function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (let start = 0; start < bytes.length; start += BYTES_AT_A_TIME) {
    const end = Math.min(start + BYTES_AT_A_TIME, bytes.length);
    for (let index = start; index < end; index += 1) {
      low += bytes[index] ?? 0;
      high += low;
    }
    low %= MODULUS;
    high %= MODULUS;
  }
  return adlerOf(low, high);
}

/** The checksum from its two sums: of the bytes and one, and of all that the first one was after each byte. */
export function adlerOf(low: number, high: number): number {
  return (high % MODULUS) * 0x1_0000 + (low % MODULUS);
}

/** The checksum of two pieces, the second of `length` bytes, from theirs. */
export function joinedAdler32(first: number, second: number, length: number): number {
  const [firstLow, firstHigh] = [first % 0x1_0000, Math.floor(first / 0x1_0000)];
  const [secondLow, secondHigh] = [second % 0x1_0000, Math.floor(second / 0x1_0000)];
  const before = firstLow + MODULUS - 1;
  return adlerOf(before + secondLow, firstHigh + secondHigh + (length % MODULUS) * before);
}
