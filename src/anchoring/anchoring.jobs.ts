import { defineJob } from '../platform/queue/index.js';

/** Closes what is due of one issuer. */
export const sealBatchJob = defineJob<{ issuerId: string }>({
  name: 'anchoring.seal-batch',
  concurrency: 2,
  attempts: 3,
});

/** Chains that one worker does the same for beside each other; such jobs are `oneAtATime: 'by-payload'`, as a chain has one sender. */
export const CHAINS_AT_A_TIME = 8;

/** Sends what is pending for one chain. */
export const publishRootsJob = defineJob<{ chainId: string }>({
  name: 'anchoring.publish-roots',
  concurrency: CHAINS_AT_A_TIME,
  oneAtATime: 'by-payload',
  attempts: 1, // the sweep tries again, without waiting ever longer
});

/** Looks for batches that a chain was configured too late for. */
export const backAnchorJob = defineJob<{ chainId: string }>({
  name: 'anchoring.back-anchor',
  concurrency: 1,
  attempts: 1,
});

/** Looks after what was sent to one chain. */
export const confirmRootsJob = defineJob<{ chainId: string }>({
  name: 'anchoring.confirm-roots',
  concurrency: CHAINS_AT_A_TIME,
  oneAtATime: 'by-payload',
  attempts: 1,
});
