import {
  believedStatusLists,
  statusListId,
  type ExaminationTools,
  type IssuerDirectory,
  type StatusListSource,
} from '../../src/proof/index.js';
import { gunzip } from './decompress.js';
import type { HeldFile } from './held-file.js';

/** `header.payload.signature` (JWS), each in base64url; the header is an object. */
const TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]+\s*$/;

/** The status list in a file, as services hand it out; null when it is anything else. */
export function tokenIn({ bytes }: HeldFile): string | null {
  const text = bytes[0] === 'e'.charCodeAt(0) ? new TextDecoder('latin1').decode(bytes) : '';
  return TOKEN.test(text) ? text.trim() : null;
}

export type Lists = Pick<StatusListSource, 'tokensOf' | 'authorities'>;

/**
 * What signed lists say counts where the chain does not answer, and only what an authority's certificate in the issuer's name
 * has signed. Without WebCrypto no signature can be checked, and they say nothing.
 */
export function listTools({ tokensOf, authorities }: Lists): Pick<ExaminationTools, 'statusLists'> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle === undefined) {
    return {};
  }
  return { statusLists: believedStatusLists({ authorities, subtle, gunzip, tokensOf, now: new Date() }) };
}

/**
 * Issuers by their lists: whoever signs the list of a store, with an authority's certificate, says that the store is his. He
 * would not sign for the store of another, and nobody else can sign in his name.
 */
export function issuersByList(statusLists: NonNullable<ExaminationTools['statusLists']>): IssuerDirectory {
  return {
    issuerOf: async (store, _chainId, { name }) => {
      const lists = await statusLists(name).find(statusListId({ store, purpose: 'revocation', number: 0 }));
      if (lists.length === 0) {
        throw new Error('There is no list of this store');
      }
      return { name };
    },
  };
}
