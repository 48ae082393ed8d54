import type { LifeCycle } from '../documents/index.js';

const REVOKED = { zh: '已撤销', en: 'REVOKED' };
const WRITTEN_OFF = { zh: '已冲红', en: 'WRITTEN OFF' };

/**
 * A fiscal e-bill is never voided: 冲红 takes it back by a second bill with negative amounts. Revoking says that it should
 * never have been issued; its amount is then still to be taken back.
 */
export const BILL_LIFE_CYCLE: LifeCycle = {
  initial: 'issued',
  transitions: {
    'written-off': { issued: 'written-off', revoked: 'written-off' },
    revoked: { issued: 'revoked' },
  },
  outOfForce: { 'written-off': WRITTEN_OFF, revoked: REVOKED },
};

/** For configured kinds that nobody takes back. */
export const FINAL_LIFE_CYCLE: LifeCycle = {
  initial: 'issued',
  transitions: { revoked: { issued: 'revoked' } },
  outOfForce: { revoked: REVOKED },
};

/** Tickets are used and refunded one by one; the receipt is out of force when every one was refunded. */
export const TICKETS_LIFE_CYCLE: LifeCycle = {
  initial: 'issued',
  transitions: {
    'ticket-used': { issued: 'issued', 'partially-refunded': 'partially-refunded' },
    'ticket-refunded': { issued: 'partially-refunded', 'partially-refunded': 'partially-refunded' },
    'last-ticket-refunded': { issued: 'refunded', 'partially-refunded': 'refunded' },
    'written-off': { issued: 'written-off', revoked: 'written-off' },
    revoked: { issued: 'revoked', 'partially-refunded': 'revoked' },
  },
  outOfForce: { refunded: { zh: '已退票', en: 'REFUNDED' }, 'written-off': WRITTEN_OFF, revoked: REVOKED },
};
