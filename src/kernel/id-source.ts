/** Where identifiers and secrets come from. Nothing else in `src` draws random numbers. */
export abstract class IdSource {
  /** A version 7 UUID (RFC 9562): sorts by creation time. */
  abstract uuid(): string;
  /** `length` unpredictable bytes, fit for secrets. */
  abstract bytes(length: number): Uint8Array;
}
