import { expect, it } from 'vitest';
import { oncePerPayload } from './once-per-payload.js';

it('does the work of several payloads beside each other, and of one payload one after the other', async () => {
  const done: string[] = [];
  let answer = (): void => undefined;
  const hanging = new Promise<void>((resolve) => (answer = resolve));
  let work = (): Promise<void> => hanging;
  const handle = oncePerPayload(({ chain, store }) => {
    done.push(`${chain} ${store}`);
    return work();
  });
  const first = handle({ chain: '1', store: 'a' });
  work = () => Promise.resolve();
  await handle({ store: 'a', chain: '1' });
  await handle({ chain: '1', store: 'b' });
  await handle({ chain: '2', store: 'a' });
  expect(done).toEqual(['1 a', '1 b', '2 a']);
  answer();
  await first;
  work = () => Promise.reject(new Error('the node'));
  await expect(handle({ chain: '1', store: 'a' })).rejects.toThrow('the node');
  work = () => Promise.resolve();
  await handle({ chain: '1', store: 'a' });
  expect(done).toEqual(['1 a', '1 b', '2 a', '1 a', '1 a']);
});
