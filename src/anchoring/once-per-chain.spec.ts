import { expect, it } from 'vitest';
import { OncePerChain } from './once-per-chain.js';

it('does the work of several chains beside each other, and of one chain one after the other', async () => {
  const once = new OncePerChain();
  const done: string[] = [];
  let answer = (): void => undefined;
  const hanging = new Promise<void>((resolve) => (answer = resolve));
  const first = once.run('1', () => hanging);
  await once.run('1', () => Promise.resolve(void done.push('the same chain')));
  await once.run('2', () => Promise.resolve(void done.push('another chain')));
  expect(done).toEqual(['another chain']);
  answer();
  await first;
  await once.run('1', () => Promise.reject(new Error('the node'))).catch(() => done.push('failed'));
  await once.run('1', () => Promise.resolve(void done.push('again')));
  expect(done).toEqual(['another chain', 'failed', 'again']);
});
