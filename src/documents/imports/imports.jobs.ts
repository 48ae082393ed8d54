import { defineJob } from '../../platform/queue/index.js';

/** Issues the rows of an issuer's unfinished imports, one import after the other. */
export const processImportJob = defineJob<{ issuerId: string }>({
  name: 'documents.process-import',
  concurrency: 2,
  attempts: 8,
});
