import { defineJob } from '../platform/queue/index.js';

/** Records what lapsed on an issuer's register: objections, advance notices and seizures whose term is over. */
export const lapseBurdensJob = defineJob<{ issuerId: string }>({
  name: 'certificates.lapse-burdens',
  concurrency: 1,
  attempts: 1, // the sweep tries again, without waiting ever longer
});
