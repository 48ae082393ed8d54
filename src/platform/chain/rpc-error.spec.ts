import { describe, expect, it } from 'vitest';
import { isAnswer, isRevert, readRefusal } from './rpc-error.js';

const answered = (message: string, code = -32_000) => ({ code: 'UNKNOWN_ERROR', error: { code, message } });

describe('what nodes answer', () => {
  it.each([
    ['geth', 'already known', 'known'],
    ['anvil', 'transaction already imported', 'known'],
    ['besu', 'Known transaction', 'known'],
    ['erigon', 'already known: transaction is in mempool', 'known'],
    ['nethermind', 'AlreadyKnown', 'known'],
    ['geth', 'nonce too low: next nonce 8, tx nonce 5', 'nonce-too-low'],
    ['besu', 'Nonce too low', 'nonce-too-low'],
    ['nethermind', 'OldNonce, Current nonce: 8, nonce of rejected tx: 5', 'nonce-too-low'],
    ['geth', 'replacement transaction underpriced', 'underpriced'],
    ['geth', 'transaction underpriced: tip needed 1', 'underpriced'],
    ['nethermind', 'FeeTooLow, MaxFeePerGas too low', 'underpriced'],
    ['geth', 'max fee per gas less than block base fee', 'underpriced'],
    ['geth', 'insufficient funds for gas * price + value', 'insufficient-funds'],
    ['anvil', 'Insufficient funds for gas * price + value', 'insufficient-funds'],
    ['geth', 'exceeds block gas limit', 'other'],
  ])('%s: "%s" is %s', (_node, message, refusal) => {
    expect(readRefusal(answered(message))).toEqual({ refusal, detail: message });
  });

  it('is found however deep ethers has wrapped it', () => {
    const inner = { error: { code: -32_000, message: 'nonce too low' } };
    for (const wrapped of [inner, { info: inner }, { info: { info: inner } }]) {
      expect(isAnswer(wrapped)).toBe(true);
      expect(readRefusal(wrapped).refusal).toBe('nonce-too-low');
    }
  });

  it('is told apart from no answer at all', () => {
    for (const silence of [new Error('connect ECONNREFUSED'), { code: 'TIMEOUT' }, null, 'text']) {
      expect(isAnswer(silence)).toBe(false);
      expect(isRevert(silence)).toBe(false);
    }
  });

  it('is a refusal of the contract only when it says so', () => {
    expect(isRevert(answered('execution reverted', 3))).toBe(true);
    expect(isRevert(answered('VM Exception: revert', -32_015))).toBe(true);
    expect(isRevert(answered('limit exceeded', -32_005))).toBe(false);
  });
});
