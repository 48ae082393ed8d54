import { addressBytes, AddressMalformed, parseCaip10 } from '../proof/index.js';

/** Why a text names no document of ours; the page translates it, the API says it as it stands. */
export type ReferenceProblem = {
  readonly code:
    'verification.address-malformed' | 'verification.address-checksum' | 'verification.address-of-another-chain';
  readonly message: string;
};

export type DocumentReference =
  { readonly ok: true; readonly address: Uint8Array } | { readonly ok: false; readonly problem: ReferenceProblem };

/** Reads a document address as people give it: `0x…`, `eip155:<chain>:0x…`, or the link of a QR code. */
export function readDocumentReference(text: string, chainId: number): DocumentReference {
  const given = /\/v\/([^/?#]+)(?:[?#].*)?$/.exec(text.trim())?.[1] ?? text.trim();
  const [, chain, address = ''] = /^(?:(eip155:\d{1,16}):)?(0x[0-9a-f]{40})$/i.exec(decoded(given)) ?? [];
  if (address === '') {
    return refused('verification.address-malformed', 'Give 0x and 40 hexadecimal digits, or eip155:<chain>:0x…');
  }
  if (chain !== undefined && chain.toLowerCase() !== `eip155:${chainId}`) {
    return refused(
      'verification.address-of-another-chain',
      `The address is on chain ${chain}; documents here are on eip155:${chainId}`,
    );
  }
  try {
    return { ok: true, address: addressBytes(`0x${address.slice(2)}`) };
  } catch (error) {
    if (error instanceof AddressMalformed) {
      return refused(
        'verification.address-checksum',
        'The capitals of the address are its checksum, and it is wrong: a character is mistyped',
      );
    }
    throw error;
  }
}

/** The 20 bytes of a CAIP-10 address on chain `chainId`; null for anything else. */
export function ownAddress(caip10: string, chainId: number): Uint8Array | null {
  try {
    const account = parseCaip10(caip10);
    return account.chainId === chainId ? addressBytes(account.address) : null;
  } catch (error) {
    if (error instanceof AddressMalformed) {
      return null;
    }
    throw error;
  }
}

/** A link copied from a browser may have its colons percent-encoded. */
function decoded(text: string): string {
  return text.replaceAll(/%3a/gi, ':');
}

function refused(code: ReferenceProblem['code'], message: string): DocumentReference {
  return { ok: false, problem: { code, message } };
}
