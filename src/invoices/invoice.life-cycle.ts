import type { LifeCycle } from '../documents/index.js';

/**
 * A 数电票 is never voided, only reversed: by one red-letter invoice for all of it, or by several for parts,
 * the last of which brings it to `red-lettered`. Revoking says that it should never have been issued.
 */
export const INVOICE_LIFE_CYCLE: LifeCycle = {
  initial: 'issued',
  transitions: {
    'partially-red-lettered': {
      issued: 'partially-red-lettered',
      'partially-red-lettered': 'partially-red-lettered',
    },
    'red-lettered': { issued: 'red-lettered', 'partially-red-lettered': 'red-lettered' },
    revoked: { issued: 'revoked' },
  },
  outOfForce: {
    'red-lettered': { zh: '已红冲', en: 'RED-LETTERED' },
    revoked: { zh: '已撤销', en: 'REVOKED' },
  },
};
