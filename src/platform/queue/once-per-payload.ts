import type { JobPayload } from './define-job.js';

type Work = (payload: JobPayload) => Promise<void>;

/** The same work, which does nothing for a payload that it is at already; see `oneAtATime` of a job. */
export function oncePerPayload(work: Work): Work {
  const underWay = new Set<string>();
  return async (payload) => {
    const key = JSON.stringify(Object.entries(payload).sort());
    if (underWay.has(key)) {
      return;
    }
    underWay.add(key);
    try {
      await work(payload);
    } finally {
      underWay.delete(key);
    }
  };
}
