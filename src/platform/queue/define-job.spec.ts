import { describe, expect, it } from 'vitest';
import { defineJob, requireHandlers } from './define-job.js';

const first = defineJob({ name: 'test.first', concurrency: 1, attempts: 1 });
const second = defineJob({ name: 'test.second', concurrency: 1, attempts: 1 });

describe('the jobs of a process', () => {
  it('each need one handler before any of them starts', () => {
    expect(() => {
      requireHandlers([{ job: first }, { job: second }]);
    }).not.toThrow();
    expect(() => {
      requireHandlers([{ job: first }]);
    }).toThrow('No handler takes the job test.second.');
    expect(() => {
      requireHandlers([{ job: first }, { job: first }, { job: second }]);
    }).toThrow('More than one handler takes the job test.first.');
  });

  it('have names of their own', () => {
    expect(() => defineJob({ name: 'test.first', concurrency: 1, attempts: 1 })).toThrow(
      'Two jobs are called test.first',
    );
  });
});
