import { describe, expect, it } from 'vitest';
import { DomainError, faultOf } from './index.js';

class NumberTaken extends DomainError {
  readonly code = 'numbers.taken';
  readonly kind = 'conflict';
}

const caught = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('what the log tells of a failure', () => {
  it('keeps what somebody wrote as a sentence', () => {
    expect(faultOf(new Error('The queue render does not answer'))).toMatchObject({
      error: 'Error',
      reason: 'The queue render does not answer',
    });
    expect(faultOf(new NumberTaken('Take another number'))).toMatchObject({
      code: 'numbers.taken',
      reason: 'Take another number',
    });
  });

  it.each([
    ['a parser', () => JSON.parse('张三 110101199003070000') as unknown],
    ['the language', () => BigInt('张三')],
    ['a date', () => new Date('张三').toISOString()],
    ['a class of a library', () => Object.assign(new RangeError('Not 张三'), { code: '22P02' })],
  ])('does not repeat what %s may quote', (_who, work) => {
    const told = faultOf(caught(work));
    expect(JSON.stringify(told)).not.toMatch(/张三|1101/);
    expect(told.reason).toBeUndefined();
    expect(told.error).toMatch(/Error$/);
  });

  it('says where, without the message that the stack repeats', () => {
    const told = faultOf(new TypeError('Cannot draw 张三\n    at 李四 (home.ts:1:1)'));
    expect(told.at?.split('\n')[0]).toMatch(/fault\.spec\.ts:\d+:\d+/);
    expect(told.at).not.toMatch(/张三|李四/);
  });

  it('keeps the code and the broken constraint of a database, not the values', () => {
    const detail = 'Key (buyer_tax_id)=(91440300MA5FUQ3N2X) already exists.';
    const refusal = Object.assign(new (class QueryFailedError extends Error {})(detail), {
      name: 'QueryFailedError',
      code: '23505',
      constraint: 'red_confirmations_key',
      detail,
    });
    const told = faultOf(refusal);
    expect(told).toMatchObject({ error: 'QueryFailedError', code: '23505', constraint: 'red_confirmations_key' });
    expect(JSON.stringify(told)).not.toContain('91440300');
  });

  it('can tell what is no error', () => {
    expect(faultOf('张三')).toEqual({ error: 'string' });
    expect(faultOf(undefined)).toEqual({ error: 'undefined' });
  });
});
