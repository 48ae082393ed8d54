import { fromHex, toHex } from '../kernel/index.js';
import { keccak256, keccak256Hex } from './keccak.js';
import { AddressMalformed } from './proof.errors.js';

/**
 * The address a contract gets when `deployer` creates it with CREATE2: known before it exists, the same on every chain.
 * Source: EIP-1014. `deployer` is 20 bytes; `salt` (a docId) and `initCodeHash` (keccak-256 of the creation code) 32.
 * The result has an EIP-55 checksum.
 */
export function create2Address(deployer: string | Uint8Array, salt: Uint8Array, initCodeHash: Uint8Array): string {
  if (salt.length !== 32 || initCodeHash.length !== 32) {
    throw new AddressMalformed('The salt and the hash of the creation code have 32 bytes each');
  }
  const preimage = new Uint8Array(85);
  preimage[0] = 0xff;
  preimage.set(addressBytes(deployer), 1);
  preimage.set(salt, 21);
  preimage.set(initCodeHash, 53);
  return checksumAddress(keccak256(preimage).subarray(12));
}

/** The 20 bytes of an address. A text may be in one case or carry a right checksum; throws `AddressMalformed` else. */
export function addressBytes(address: string | Uint8Array): Uint8Array {
  if (typeof address !== 'string') {
    if (address.length !== 20) {
      throw new AddressMalformed('An address has 20 bytes');
    }
    return address;
  }
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) {
    throw new AddressMalformed(`"${address}" is not an address`);
  }
  const bytes = fromHex(address);
  const digits = address.slice(2);
  const isMixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  if (isMixed && checksumAddress(bytes) !== address) {
    throw new AddressMalformed(`"${address}" has a wrong checksum: a character is mistyped`);
  }
  return bytes;
}

/** `0x` and 40 hex digits whose case is a checksum. Source: EIP-55. */
export function checksumAddress(address: string | Uint8Array): string {
  const digits = toHex(addressBytes(typeof address === 'string' ? address.toLowerCase() : address));
  const known = checksummed.get(digits);
  if (known !== undefined) {
    return known;
  }
  const hash = keccak256Hex(digits);
  let text = '0x';
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charAt(at);
    text += hash.charAt(at) >= '8' ? digit.toUpperCase() : digit;
  }
  if (checksummed.size >= MOST_REMEMBERED) {
    checksummed.clear();
  }
  checksummed.set(digits, text);
  return text;
}

/** Stores are few, and named again and again. Emptied when there are many after all. */
const checksummed = new Map<string, string>();
const MOST_REMEMBERED = 1_024;

/** An account on a chain. `chainId` is the EIP-155 number. */
export type ChainAccount = { readonly chainId: number; readonly address: string };

/** `eip155:<chainId>:<address>`, the way a document address is printed. Source: CAIP-10. */
export function formatCaip10({ chainId, address }: ChainAccount): string {
  return `${formatCaip2(chainId)}:${checksumAddress(address)}`;
}

/** Reads `eip155:<chainId>:<address>`; the address comes back with its checksum. Throws `AddressMalformed`. */
export function parseCaip10(text: string): ChainAccount {
  const [, chain = '', address = ''] = /^(eip155:[^:]+):(0x[0-9a-fA-F]{40})$/.exec(text) ?? [];
  if (chain === '') {
    throw new AddressMalformed(`"${text}" is not of the form eip155:<chain>:<address>`);
  }
  return { chainId: parseCaip2(chain), address: checksumAddress(addressBytes(address)) };
}

/** `eip155:<chainId>`. Source: CAIP-2. */
export function formatCaip2(chainId: number): string {
  if (!Number.isSafeInteger(chainId) || chainId < 1) {
    throw new AddressMalformed(`${chainId} is not a chain id`);
  }
  return `eip155:${chainId}`;
}

/** The EIP-155 number of `eip155:<chainId>`. Throws `AddressMalformed`. */
export function parseCaip2(text: string): number {
  const digits = /^eip155:([1-9]\d{0,15})$/.exec(text)?.[1];
  if (digits === undefined || !Number.isSafeInteger(Number(digits))) {
    throw new AddressMalformed(`"${text}" is not of the form eip155:<chain>`);
  }
  return Number(digits);
}
