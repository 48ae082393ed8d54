import { defineJob } from '../platform/queue/index.js';

/** Draws the documents of an issuer that have no PDF yet. */
export const renderDocumentsJob = defineJob<{ issuerId: string }>({
  name: 'documents.render',
  concurrency: 1,
  attempts: 8,
});
