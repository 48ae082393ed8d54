/** Somebody who vouches for the time: a time-stamping authority (RFC 3161). */
export interface TimestampAuthority {
  /** A time-stamp token over `signature` (DER). Throws `TimestampUnavailable`. */
  stamp(signature: Uint8Array): Promise<Uint8Array>;
}
