import type { Bilingual, LifeCycle } from '../documents/index.js';

/**
 * What may happen to a 不动产权证书 (4.4). `seized` is a status of its own, because it blocks disposal; burdens that block
 * nothing leave the certificate current. A certificate that was replaced, cancelled or lost stays so: the register's entry
 * goes on with its successor. There is no revocation beside the register: an error is corrected or cancelled there.
 */
export const CERTIFICATE_LIFE_CYCLE: LifeCycle = {
  initial: 'current',
  transitions: {
    mortgaged: { current: 'current' },
    'burden-released': { current: 'current', seized: 'seized' },
    seized: { current: 'seized' },
    'seizure-queued': { seized: 'seized' },
    'seizure-unqueued': { seized: 'seized' },
    'seizure-released': { seized: 'current' },
    'seizure-succeeded': { seized: 'seized' },
    'seizure-renewed': { seized: 'seized' },
    'seizure-lapsed': { seized: 'current' },
    'notice-registered': { current: 'current' },
    'term-started': { current: 'current', seized: 'seized' },
    'objection-registered': { current: 'current', seized: 'seized' },
    'suit-entered': { current: 'current', seized: 'seized' },
    'burden-lapsed': { current: 'current', seized: 'seized' },
    'easement-registered': { current: 'current' },
    'easement-gained': { current: 'current', seized: 'seized' },
    'easement-ended': { current: 'current', seized: 'seized' },
    transferred: { current: 'superseded' },
    changed: { current: 'superseded', seized: 'superseded' },
    corrected: { current: 'corrected', seized: 'corrected' },
    reissued: { current: 'lost', seized: 'lost' },
    cancelled: { current: 'cancelled' },
  },
  outOfForce: {
    superseded: { zh: '已换证', en: 'SUPERSEDED' },
    corrected: { zh: '已更正换证', en: 'CORRECTED' },
    lost: { zh: '遗失作废', en: 'LOST, REISSUED' },
    cancelled: { zh: '注销', en: 'CANCELLED' },
  },
};

/** What may happen to a 登记证明: it follows its burden from certificate to certificate until that is released. */
export const PROOF_LIFE_CYCLE: LifeCycle = {
  initial: 'current',
  transitions: {
    carried: { current: 'current' },
    'suit-entered': { current: 'current' },
    'term-started': { current: 'current' },
    released: { current: 'cancelled' },
    lapsed: { current: 'lapsed' },
  },
  outOfForce: {
    cancelled: { zh: '注销', en: 'CANCELLED' },
    lapsed: { zh: '已失效', en: 'LAPSED' },
  } satisfies Record<string, Bilingual>,
};
