const ADLER = 65_521;

/** The checksum of zlib (RFC 1950). */
export function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % ADLER;
    high = (high + low) % ADLER;
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
