import { CHAINS_AT_A_TIME } from '../anchoring/index.js';
import { defineJob } from '../platform/queue/index.js';

/**
 * Draws the documents of an issuer that have no PDF yet. Two at a time, also of one issuer: while threads draw the chunk of
 * one, the other's is opened, signed and stored. They never hold the same rows.
 */
export const renderDocumentsJob = defineJob<{ issuerId: string }>({
  name: 'documents.render',
  concurrency: 2,
  attempts: 8,
});

/** Fixes the leaves of events that happened to an issuer's documents, and hands them over to be anchored. */
export const fixEventLeavesJob = defineJob<{ issuerId: string }>({
  name: 'documents.fix-event-leaves',
  concurrency: 1,
  attempts: 8,
});

/** Makes the status lists of an issuer again. */
export const buildStatusListsJob = defineJob<{ issuerId: string }>({
  name: 'documents.build-status-lists',
  concurrency: 1,
  attempts: 1, // the sweep tries again
});

/** Asks a chain that was added later for the revocations that were made before. */
export const backRevokeJob = defineJob<{ chainId: string }>({
  name: 'documents.back-revoke',
  concurrency: 1,
  attempts: 1, // the sweep tries again
});

/** Records revocations of documents in their issuers' stores on one chain. */
export const revokeOnChainJob = defineJob<{ chainId: string }>({
  name: 'documents.revoke-on-chain',
  concurrency: CHAINS_AT_A_TIME,
  oneAtATime: 'by-payload',
  attempts: 1, // the sweep tries again, without waiting ever longer
});
