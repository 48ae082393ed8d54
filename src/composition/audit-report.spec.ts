import { expect, it } from 'vitest';
import { AuditReport } from './audit-report.js';

it('sums up all issuers, however many rows of each were looked at in one go', () => {
  const said: string[] = [];
  const report = new AuditReport(false, (line) => said.push(line));
  for (const [added, done, total] of [
    [4, 4, 4],
    [9, 9, 9],
    [320, 320, 500],
    [180, 500, 500],
  ] as const) {
    report.count({ phase: 'documents', added, done, total });
  }
  report.count({ phase: 'batches', added: 1, done: 1, total: 1 });
  expect(report.finish()).toBe(0);
  expect(said).toEqual(['No differences in 513 documents, 1 batches.']);
});
