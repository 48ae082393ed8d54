const ADLER = 65_521;

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
    low %= ADLER;
    high %= ADLER;
  }
  return high * 0x1_0000 + low;
}

/** The checksum of two pieces, the second of `length` bytes, from theirs. */
export function joinedAdler32(first: number, second: number, length: number): number {
  const [firstLow, firstHigh] = [first % 0x1_0000, Math.floor(first / 0x1_0000)];
  const [secondLow, secondHigh] = [second % 0x1_0000, Math.floor(second / 0x1_0000)];
  const low = (firstLow + secondLow + ADLER - 1) % ADLER;
  const high = (firstHigh + secondHigh + (length % ADLER) * (firstLow + ADLER - 1)) % ADLER;
  return high * 0x1_0000 + low;
}
