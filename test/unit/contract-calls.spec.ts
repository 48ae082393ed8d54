import { Interface } from 'ethers';
import { describe, expect, it } from 'vitest';
import { documentInitCodeHash, documentStoreAbi, materialisedDocumentAbi } from '../../src/platform/chain/index.js';
import { DOCUMENT_INIT_CODE_HASH } from '../../src/proof/index.js';
import {
  ANCHORED_TOPIC,
  anchorFrom,
  anchorOfCall,
  boolFrom,
  hashFrom,
  isIssuedCall,
  isRevokedCall,
  selectorOf,
} from '../../src/proof/json-rpc/store-calls.js';

/** What stand-alone verifiers know of the contracts, written by hand: compared with what was compiled. */
const store = new Interface(documentStoreAbi);
const document = new Interface(materialisedDocumentAbi);
const HASH = `0x${'ab'.repeat(32)}`;

describe('calls encoded by hand', () => {
  it('are those that ethers makes from the interface', () => {
    expect(isIssuedCall(HASH)).toBe(store.encodeFunctionData('isIssued', [HASH]));
    expect(isRevokedCall(HASH)).toBe(store.encodeFunctionData('isRevoked', [HASH]));
    expect(anchorOfCall(HASH)).toBe(store.encodeFunctionData('anchorOf', [HASH]));
    expect(selectorOf('leaf()')).toBe(document.encodeFunctionData('leaf'));
    expect(ANCHORED_TOPIC).toBe(store.getEvent('Anchored')?.topicHash);
  });

  it('are answered in words', () => {
    expect(boolFrom(store.encodeFunctionResult('isIssued', [true]))).toBe(true);
    expect(boolFrom(store.encodeFunctionResult('isRevoked', [false]))).toBe(false);
    expect(anchorFrom(store.encodeFunctionResult('anchorOf', [1_700_000_000n, 12n, 5n]))).toEqual({
      time: 1_700_000_000,
      blockNumber: 12,
    });
    expect(anchorFrom(store.encodeFunctionResult('anchorOf', [0n, 0n, 0n]))).toBeNull();
    expect(hashFrom(document.encodeFunctionResult('leaf', [HASH]))).toBe(HASH);
    expect(() => hashFrom('0x')).toThrow(TypeError);
  });

  it.each(['0x', '0x01', `0x${'0'.repeat(63)}2`, null, `0x${'0'.repeat(64)}${'0'.repeat(64)}`])(
    'take %s for no answer',
    (answer) => {
      expect(() => boolFrom(answer)).toThrow(TypeError);
    },
  );
});

it('the creation code of a document is the one that was compiled', () => {
  expect(DOCUMENT_INIT_CODE_HASH).toBe(documentInitCodeHash);
});
