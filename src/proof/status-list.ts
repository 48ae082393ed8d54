import { StatusListMalformed } from './proof.errors.js';
import { keccak256 } from './keccak.js';

/**
 * Documents that one list speaks of: the least that Bitstring Status List v1.0 (W3C, 6.1) allows, so that nobody who asks
 * for a list tells which of many documents he is asking about.
 */
export const STATUS_LIST_LENGTH = 131_072;

/**
 * `revocation`: one bit, set when the document is out of force for good, for whatever reason. `message`: four bits that say
 * for which. Nothing here is ever suspended, so there is no list of suspensions.
 */
export type StatusPurpose = 'revocation' | 'message';
export const STATUS_SIZE: Readonly<Record<StatusPurpose, 1 | 4>> = { revocation: 1, message: 4 };

/**
 * What each value of a `message` entry means, by the name of the status fact; its place in the list is the value. Part of
 * the format: names are only ever added, in the places that are empty.
 */
export const LISTED_ENDS = [
  'in-force',
  'revocation-recorded',
  'red-lettered',
  'written-off',
  'refunded',
  'superseded',
  'corrected',
  'lost',
  'cancelled',
  'lapsed',
] as const;

/** As lists without a `message` beside them say it: out of force, and no more. */
export const LISTED_AS_ENDED = 'listed-as-ended';

/** The value that a list has for the end of a document, by the name that `endOf` gives. Throws `RangeError` for others. */
export function listedValueOf(end: string): number {
  const value = LISTED_ENDS.findIndex((name, index) => index > 0 && name === end);
  if (value < 0) {
    throw new RangeError(`No status list has a value for "${end}"`);
  }
  return value;
}

/** Which list speaks of a document, and where in it, by the number that the issuer gave the document. */
export function placeInLists(statusIndex: number): { readonly number: number; readonly position: number } {
  return { number: Math.floor(statusIndex / STATUS_LIST_LENGTH), position: statusIndex % STATUS_LIST_LENGTH };
}

/** The numbers of the documents that a list speaks of: where `placeInLists` leads to it. */
export function rangeOfList(number: number): { readonly first: number; readonly last: number } {
  const first = number * STATUS_LIST_LENGTH;
  return { first, last: first + STATUS_LIST_LENGTH - 1 };
}

export type StatusListName = {
  /** The issuer's store. */
  readonly store: string;
  readonly purpose: StatusPurpose;
  /** From 0: list `n` speaks of the documents from `n` times the length of a list on. */
  readonly number: number;
};

const ID = /^(0x[0-9a-f]{40})-(revocation|message)-(0|[1-9]\d{0,8})$/;

/** `0x5fbd…-revocation-0`: it names the store, so that nobody can pass another issuer's list off as this one's. */
export function statusListId({ store, purpose, number }: StatusListName): string {
  return `${store.toLowerCase()}-${purpose}-${number}`;
}

/** Undefined when it is no id of a list. The store is in lower case. */
export function parseStatusListId(id: string): StatusListName | undefined {
  const [, store = '', purpose = '', number = ''] = ID.exec(id) ?? [];
  return store === '' ? undefined : { store, purpose: purpose as StatusPurpose, number: Number(number) };
}

/**
 * Where a document stands in its issuer's lists, as W3C Bitstring Status List v1.0 (2.1) writes it. It is beside the leaf, not
 * under it: whoever hands on a bundle can write another document's place. So a list is believed to say that a document is
 * in force only when the place comes from the issuer or its service.
 */
export type StatusEntry = {
  readonly type: 'BitstringStatusListEntry';
  readonly statusPurpose: StatusPurpose;
  /** A whole number from 0 as text. */
  readonly statusListIndex: string;
  /** Its last part is the list's id. */
  readonly statusListCredential: string;
  /** Of `message`: bits of an entry, and what each value means. */
  readonly statusSize?: number;
  readonly statusMessage?: readonly StatusMessage[];
};

export type StatusMessage = { readonly status: string; readonly message: string };

/** A list in which every document is in force. */
export function emptyStatusBits(purpose: StatusPurpose): Uint8Array {
  return new Uint8Array((STATUS_LIST_LENGTH * STATUS_SIZE[purpose]) / 8);
}

/** Sets an entry; bits are numbered from the highest of the first byte. `value` MUST fit. */
export function setStatus(bits: Uint8Array, purpose: StatusPurpose, position: number, value: number): void {
  const { byte, shift, mask } = entryAt(bits, purpose, position);
  bits[byte] = ((bits[byte] ?? 0) & ~(mask << shift)) | ((value & mask) << shift);
}

/** The value of an entry. Throws `StatusListMalformed` when the list does not reach that far. */
export function statusAt(bits: Uint8Array, purpose: StatusPurpose, position: number): number {
  const { byte, shift, mask } = entryAt(bits, purpose, position);
  return ((bits[byte] ?? 0) >> shift) & mask;
}

function entryAt(
  bits: Uint8Array,
  purpose: StatusPurpose,
  position: number,
): { readonly byte: number; readonly shift: number; readonly mask: number } {
  const size = STATUS_SIZE[purpose];
  const firstBit = position * size;
  if (!Number.isSafeInteger(position) || position < 0 || firstBit + size > bits.length * 8) {
    throw new StatusListMalformed(`has no entry ${position}`);
  }
  return { byte: firstBit >> 3, shift: 8 - size - (firstBit & 7), mask: (1 << size) - 1 };
}

/**
 * What is anchored of a list: the digest of its name and its bits. The same content gives the same leaf however often it is
 * signed anew. The preimage begins with a tag and is longer than 64 bytes: it is neither a document nor an inner node.
 */
export function statusListLeaf(id: string, bits: Uint8Array): Uint8Array {
  const tag = new TextEncoder().encode(`chopmark.status-list/1 ${id} `);
  const preimage = new Uint8Array(tag.length + bits.length);
  preimage.set(tag);
  preimage.set(bits, tag.length);
  return keccak256(preimage);
}
