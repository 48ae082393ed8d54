import { keccak256Hex } from '../keccak.js';

/** The calls that a verifier makes, encoded by hand: a hash is one word, and every answer is words. Source: Solidity ABI. */
export const selectorOf = (signature: string): string => `0x${keccak256Hex(signature).slice(0, 8)}`;

const IS_ISSUED = selectorOf('isIssued(bytes32)');
const IS_REVOKED = selectorOf('isRevoked(bytes32)');
const ANCHOR_OF = selectorOf('anchorOf(bytes32)');

/** The topic of the event that a store writes for each root it takes. */
export const ANCHORED_TOPIC = `0x${keccak256Hex('Anchored(bytes32,uint64,bytes32)')}`;

export const isIssuedCall = (root: string): string => IS_ISSUED + wordOf(root);
export const isRevokedCall = (hash: string): string => IS_REVOKED + wordOf(hash);
export const anchorOfCall = (root: string): string => ANCHOR_OF + wordOf(root);

function wordOf(hash: string): string {
  if (!/^0x[0-9a-f]{64}$/.test(hash)) {
    throw new TypeError(`"${hash}" is not a hash`);
  }
  return hash.slice(2);
}

/** Throws `TypeError` on anything but one word that is 0 or 1: no contract that answers otherwise is a store. */
export function boolFrom(answer: unknown): boolean {
  const [word, ...others] = wordsIn(answer);
  if ((word !== 0n && word !== 1n) || others.length > 0) {
    throw new TypeError('The contract did not answer yes or no');
  }
  return word === 1n;
}

/** `time` in seconds since 1970; null when the store never took the root. The claimed count, the third word, decides nothing. */
export function anchorFrom(answer: unknown): { readonly time: number; readonly blockNumber: number } | null {
  const [time, blockNumber, count, ...others] = wordsIn(answer);
  if (time === undefined || blockNumber === undefined || count === undefined || others.length > 0) {
    throw new TypeError('The contract did not answer with an anchor');
  }
  return time === 0n ? null : { time: Number(time), blockNumber: Number(blockNumber) };
}

/** Throws `TypeError` on anything but one word. */
export function hashFrom(answer: unknown): string {
  if (typeof answer !== 'string' || !/^0x[0-9a-f]{64}$/.test(answer)) {
    throw new TypeError('The node did not answer with a hash');
  }
  return answer;
}

function wordsIn(answer: unknown): bigint[] {
  if (typeof answer !== 'string' || !/^0x(?:[0-9a-f]{64})+$/i.test(answer)) {
    throw new TypeError('The contract did not answer in words');
  }
  return (answer.slice(2).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`));
}
