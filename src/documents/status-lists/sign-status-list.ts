import { Injectable } from '@nestjs/common';
import { gzipSync } from 'node:zlib';
import { IssuerSigning, type Issuer } from '../../identity/index.js';
import { Settings } from '../../platform/config/index.js';
import {
  rawEcdsa,
  statusListCredential,
  statusListSigningInput,
  statusListToken,
  type StatusListName,
} from '../../proof/index.js';

/** How long caches may keep a list. */
export const LIST_TTL_MS = 60_000;
/** Bytes of r and of s on P-256. */
const P256_BYTES = 32;

type Content = StatusListName & { readonly bits: Uint8Array; readonly validFrom: Date; readonly validUntil: Date };

/** Signs lists with what their issuers sign documents with. */
@Injectable()
export class SignStatusList {
  constructor(
    private readonly signing: IssuerSigning,
    private readonly settings: Settings,
  ) {}

  /** The list as a signed token. Throws `CannotSignNow`. */
  async execute(issuer: Issuer, { bits, ...content }: Content): Promise<string> {
    const key = await this.signing.keyOf(issuer.id);
    const credential = statusListCredential({
      ...content,
      baseUrl: `${this.settings.publicBaseUrl}/v1/status-lists`,
      chainId: this.settings.chainId,
      issuerName: issuer.name,
      compressed: gzipSync(bits, { level: 9 }),
      ttlMs: LIST_TTL_MS,
    });
    const input = statusListSigningInput(credential, { alg: key.algorithm, certificates: key.certificates });
    const signature = await key.sign(new TextEncoder().encode(input));
    return statusListToken(input, key.algorithm === 'ES256' ? rawEcdsa(signature, P256_BYTES) : signature);
  }
}
