import { describe, expect, it } from 'vitest';
import { CERTIFICATE_LIFE_CYCLE, PROOF_LIFE_CYCLE } from '../../src/certificates/certificate.life-cycle.js';
import { INVOICE_LIFE_CYCLE } from '../../src/invoices/invoice.life-cycle.js';
import { endOf } from '../../src/proof/index.js';
import { BILL_LIFE_CYCLE, FINAL_LIFE_CYCLE, TICKETS_LIFE_CYCLE } from '../../src/receipts/receipt.life-cycle.js';
import { FACT_TEXTS } from '../../src/proof/fact-texts/index.js';
import { zh } from '../../src/verification/page/texts.zh.js';

const LIFE_CYCLES = [
  ['certificate.property', CERTIFICATE_LIFE_CYCLE],
  ['certificate.property-proof', PROOF_LIFE_CYCLE],
  ['invoice.vat', INVOICE_LIFE_CYCLE],
  ['receipt.traffic-fine', BILL_LIFE_CYCLE],
  ['receipt.scenic', TICKETS_LIFE_CYCLE],
  ['receipt.configured', FINAL_LIFE_CYCLE],
] as const;

describe.each(LIFE_CYCLES)('the events of %s', (kind, { transitions, outOfForce }) => {
  const events = Object.entries(transitions).map(([type, steps]) => [type, Object.values(steps)] as const);

  it.each(events)('%s end it for a verifier without this service exactly when they do here', (type, statuses) => {
    const ends = new Set(statuses.map((status) => Object.hasOwn(outOfForce, status)));
    const name = endOf(type, kind);
    expect([...ends]).toEqual([name !== undefined]);
    if (name !== undefined) {
      expect(FACT_TEXTS).toHaveProperty([`status.${name}`]);
      expect([...statuses, 'revoked']).toContain(name.replace('revocation-recorded', 'revoked'));
    }
  });

  it('have names on the public page', () => {
    expect(Object.keys(transitions).filter((type) => !Object.hasOwn(zh.history.events, type))).toEqual([]);
  });

  it('lead to statuses that a sentence explains', () => {
    const codes = Object.keys(outOfForce).map((status) => `status.${status}`);
    expect(codes.filter((code) => !Object.hasOwn(FACT_TEXTS, code))).toEqual([]);
  });
});
