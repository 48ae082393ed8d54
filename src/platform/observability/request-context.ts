import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** Runs `work` so that every log line inside it carries `requestId`. */
export function withRequestId(requestId: string, work: () => void): void {
  requests.run(requestId, work);
}

export function currentRequestId(): string | undefined {
  return requests.getStore();
}
