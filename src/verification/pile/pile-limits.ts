/** What a pile may be. Whoever has more sends it in parts. */
export const PILE_LIMITS = {
  /** Files, those inside archives counted one by one. */
  files: 500,
  /** Of one file, unpacked. */
  fileMegabytes: 20,
  /** Of the request. */
  requestMegabytes: 256,
  /** Of all entries of archives, unpacked. */
  unpackedMegabytes: 1024,
} as const;
