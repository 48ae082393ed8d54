import { randomFillSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { buildTree, HASH_LENGTH } from '../../src/proof/index.js';

/** What a process of its own says about one tree. */
export type TreeMeasure = {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Highest resident memory above what it was before, leaves included. */
  readonly megabytes: number;
  readonly root: string;
};

/** A process of its own: makes one tree over so many random leaves and says what it took. */
const leafCount = Number(process.argv[2]);
// Hashing is compiled before the clock runs, as in a worker that has sealed before.
buildTree(randomFillSync(new Uint8Array(1_000 * HASH_LENGTH)));
writeFileSync('/proc/self/clear_refs', '5');
const before = kilobytesOf('VmRSS');
const leaves = randomFillSync(new Uint8Array(leafCount * HASH_LENGTH));
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const tree = buildTree(leaves);
const wallMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
const measure: TreeMeasure = {
  wallMs,
  cpuMs: (user + system) / 1_000,
  megabytes: (kilobytesOf('VmHWM') - before) / 1_024,
  root: Buffer.from(tree.root).toString('hex'),
};
process.stdout.write(JSON.stringify(measure));

function kilobytesOf(field: string): number {
  return Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
