import { expect, it } from 'vitest';
import { outOfForceMark, transition } from '../documents/index.js';
import { INVOICE_LIFE_CYCLE } from './invoice.life-cycle.js';

const STATUSES = ['issued', 'partially-red-lettered', 'red-lettered', 'revoked'];
const EVENTS = [...STATUSES, 'superseded', ''];

it('reverses an invoice in parts or as a whole, revokes only what was not reversed, and ends there', () => {
  const table = STATUSES.map((status) => EVENTS.map((event) => transition(INVOICE_LIFE_CYCLE, status, event)));
  expect(table).toEqual([
    [null, 'partially-red-lettered', 'red-lettered', 'revoked', null, null],
    [null, 'partially-red-lettered', 'red-lettered', null, null, null],
    [null, null, null, null, null, null],
    [null, null, null, null, null, null],
  ]);
});

it('is in force until it is reversed as a whole or revoked', () => {
  expect(STATUSES.filter((status) => outOfForceMark(INVOICE_LIFE_CYCLE, status) === undefined)).toEqual([
    'issued',
    'partially-red-lettered',
  ]);
});
