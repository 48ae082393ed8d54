import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cappedFees, feeCap, raisedFees } from './fees.js';

const fees = (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => ({ maxFeePerGas, maxPriorityFeePerGas });
const anyFees = fc
  .tuple(fc.bigInt(0n, 10n ** 13n), fc.bigInt(0n, 10n ** 13n))
  .map(([a, b]) => (a > b ? fees(a, b) : fees(b, a)));

describe('the fees of a transaction', () => {
  it('never pass the cap, and the tip never passes the fee', () => {
    expect(cappedFees(fees(900n, 800n), 500n)).toEqual(fees(500n, 500n));
    expect(cappedFees(fees(300n, 2n), 500n)).toEqual(fees(300n, 2n));
    expect(feeCap(500)).toBe(500_000_000_000n);
  });

  it('of a replacement rise by an eighth at least, in both fields, or not at all', () => {
    fc.assert(
      fc.property(anyFees, anyFees, fc.bigInt(1n, 10n ** 13n), (previous, suggested, cap) => {
        const raised = raisedFees(previous, suggested, cap);
        if (raised === null) {
          expect((previous.maxFeePerGas * 9n) / 8n + 1n > cap).toBe(true);
          return;
        }
        expect(raised.maxFeePerGas * 8n).toBeGreaterThan(previous.maxFeePerGas * 9n - 1n);
        expect(raised.maxPriorityFeePerGas * 8n).toBeGreaterThan(previous.maxPriorityFeePerGas * 9n - 1n);
        expect(raised.maxFeePerGas).toBeGreaterThan(previous.maxFeePerGas);
        expect(raised.maxPriorityFeePerGas).toBeGreaterThan(previous.maxPriorityFeePerGas);
        expect(raised.maxFeePerGas).toBeLessThanOrEqual(cap);
        expect(raised.maxPriorityFeePerGas).toBeLessThanOrEqual(raised.maxFeePerGas);
      }),
    );
  });

  it('of a replacement follow the market when that has risen further', () => {
    expect(raisedFees(fees(100n, 10n), fees(400n, 30n), 1_000n)).toEqual(fees(400n, 30n));
  });

  it('of a replacement stop at the cap, and there is none once the cap leaves no room', () => {
    expect(raisedFees(fees(100n, 10n), fees(400n, 30n), 200n)).toEqual(fees(200n, 30n));
    expect(raisedFees(fees(100n, 10n), fees(400n, 30n), 112n)).toBeNull();
  });

  it('make something out of a tip of nothing', () => {
    expect(raisedFees(fees(0n, 0n), fees(0n, 0n), 5n)).toEqual(fees(1n, 1n));
  });
});
