export { Outbox } from './outbox.js';
export { OutboxRelay } from './outbox-relay.js';
