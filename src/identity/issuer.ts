import type { Brand } from '../kernel/index.js';

export type IssuerId = Brand<string, 'IssuerId'>;

/** The tenant that issues. `state` mandate: a body that really holds the state's interface; all others print SAMPLE. */
export type Issuer = {
  readonly id: IssuerId;
  readonly name: string;
  /** 统一社会信用代码 (GB 32100). */
  readonly taxId: string;
  /** Six digits (GB/T 2260). */
  readonly regionCode: string;
  readonly taxBureau: string;
  /** Where the DNS record that names the store is published (OpenAttestation DNS-TXT). */
  readonly domain: string;
  readonly mandate: 'sample' | 'state';
  /** Distinguishes the issuer inside document numbers; unique on this installation. */
  readonly numberBlock: number;
  /** The issuer's contract, EIP-55. */
  readonly store: string;
};

export type Claimant = {
  readonly id: string;
  readonly name: string;
  readonly taxId: string;
};
