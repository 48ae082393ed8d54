import { table } from '../../scripts/launch/say.js';
import type { Outcome } from './bench.js';
import type { Finding } from './checks.js';

/** One scenario as people read it. */
export function describeOutcome({ title, documents, seconds, latenciesMs, usage, findings, remarks }: Outcome): string {
  const perDocument = (cpuMs: number): string => (cpuMs / documents).toFixed(3);
  const share = (cpuMs: number): string => `${((100 * cpuMs) / (usage.seconds * 1_000 * usage.cores)).toFixed(0)} %`;
  const rows = usage.parts.map(({ name, cpuMs, peakMegabytes }) => [
    name,
    perDocument(cpuMs),
    share(cpuMs),
    peakMegabytes.toFixed(0),
  ]);
  const sum = usage.parts.reduce((total, { cpuMs }) => total + cpuMs, 0);
  const rate = (documents / seconds).toFixed(0);
  return [
    `\n── ${title}`,
    `${rate} documents/s   (${documents} in ${seconds.toFixed(1)} s${latenciesMs === undefined ? '' : `; ${quantiles(latenciesMs)}`})\n`,
    table(
      ['Process', 'CPU ms/doc', `Share of ${usage.cores} cores`, 'Peak MB'],
      [
        ...rows,
        ['together', perDocument(sum), share(sum), ''],
        ['(others on this machine)', '', share(usage.otherCpuMs), ''],
      ],
    ),
    '',
    describeFindings(findings),
    ...remarks.map((remark) => `\n${remark}`),
  ].join('\n');
}

export function describeFindings(findings: readonly Finding[]): string {
  return findings.map(({ holds, sentence }) => `  ${holds ? 'ok  ' : 'FAIL'}  ${sentence}`).join('\n');
}

function quantiles(sorted: Float64Array): string {
  const at = (quantile: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms`;
}
