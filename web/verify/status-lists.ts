import { believedStatusLists, type ExaminationTools } from '../../src/proof/index.js';
import { gunzip } from './decompress.js';
import type { HeldFile } from './held-file.js';

/** `header.payload.signature` (JWS), each in base64url; the header is an object. */
const TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]+\s*$/;

/** The status list in a file, as services hand it out; null when it is anything else. */
export function tokenIn({ bytes }: HeldFile): string | null {
  const text = bytes[0] === 'e'.charCodeAt(0) ? new TextDecoder('latin1').decode(bytes) : '';
  return TOKEN.test(text) ? text.trim() : null;
}

/**
 * Lists that came with the files: they say something where the chain does not answer, and only what an authority's certificate
 * in the issuer's name has signed. Without WebCrypto no signature can be checked, and they say nothing.
 */
export function listsAmong(
  tokens: readonly string[],
  authorities: readonly Uint8Array[],
): Pick<ExaminationTools, 'statusLists'> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (tokens.length === 0 || subtle === undefined) {
    return {};
  }
  const tokenOf = (id: string): string | undefined => tokens.find((token) => idIn(token) === id);
  return { statusLists: believedStatusLists({ authorities, subtle, gunzip, tokenOf, now: new Date() }) };
}

/** Which list a token says it is; opening it checks whether that is so. */
function idIn(token: string): string | undefined {
  try {
    const payload = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const { id } = JSON.parse(payload) as { id?: unknown };
    return typeof id === 'string' ? id.split('/').at(-1) : undefined;
  } catch {
    return undefined;
  }
}
