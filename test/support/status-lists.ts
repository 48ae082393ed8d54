import { gunzipSync, gzipSync } from 'node:zlib';
import type { SigningKey } from '../../src/platform/signing/index.js';
import {
  emptyStatusBits,
  openStatusList,
  rawEcdsa,
  setStatus,
  statusAt,
  statusListCredential,
  statusListSigningInput,
  statusListToken,
  type EvidenceBundle,
  type StatusListTools,
  type StatusPurpose,
} from '../../src/proof/index.js';
import type { ApiCaller } from './api-caller.js';

export const STORE = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
export const BASE_URL = 'https://chopmark.example/v1/status-lists';
export const SIGNED_AT = new Date('2026-11-22T08:00:00Z');
export const GOOD_UNTIL = new Date('2026-11-22T10:00:00Z');

export type ListRequest = {
  readonly key: SigningKey;
  readonly purpose?: StatusPurpose;
  readonly store?: string;
  /** Value by position. */
  readonly ends?: Readonly<Record<number, number>>;
  readonly change?: (credential: Record<string, unknown>) => void;
};

/** A list as the product signs it; `change` alters the credential before it is signed. */
export async function signedList({
  key,
  purpose = 'revocation',
  store = STORE,
  ends = {},
  change,
}: ListRequest): Promise<string> {
  const bits = emptyStatusBits(purpose);
  for (const [position, value] of Object.entries(ends)) {
    setStatus(bits, purpose, Number(position), value);
  }
  const credential = statusListCredential({
    ...{ baseUrl: BASE_URL, chainId: 1337, store, purpose, number: 0, issuerName: '听涛', compressed: gzipSync(bits) },
    ...{ validFrom: SIGNED_AT, validUntil: GOOD_UNTIL, ttlMs: 60_000 },
  }) as Record<string, unknown>;
  change?.(credential);
  const input = statusListSigningInput(credential, { alg: key.algorithm, certificates: key.certificates });
  const signature = await key.sign(new TextEncoder().encode(input));
  return statusListToken(input, key.algorithm === 'ES256' ? rawEcdsa(signature, 32) : signature);
}

/** Believes everybody whose signature holds. */
export const TOOLS: StatusListTools = {
  subtle: globalThis.crypto.subtle,
  gunzip: (compressed, limit) => gunzipSync(compressed, { maxOutputLength: limit }),
  isBelieved: () => true,
};

/** Whether the list that the service hands out says that a document was revoked: lists are made again after what happened. */
export async function isListedAsRevoked(
  { url }: { readonly url: string },
  caller: ApiCaller,
  documentId: string,
): Promise<boolean> {
  const { body } = await caller.get<EvidenceBundle>(`/v1/documents/${documentId}/evidence`);
  const place = body.credentialStatus?.find(({ statusPurpose }) => statusPurpose === 'revocation');
  const list = await fetch(`${url}/v1/status-lists/${place?.statusListCredential.split('/').at(-1) ?? ''}`);
  const { bits } = await openStatusList(await list.text(), TOOLS);
  return statusAt(bits, 'revocation', Number(place?.statusListIndex)) !== 0;
}
