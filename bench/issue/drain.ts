import { checkAnchored } from './anchor-checks.js';
import { awaitAnchors } from './await-anchors.js';
import type { Bench } from './bench.js';
import { finding, type Finding } from './checks.js';
import type { BenchIssuer } from './instance.js';

/** Draws and anchors what the scenarios without drawing have issued, at least as many as `--drain` says. */
export async function drain(bench: Bench, issuers: readonly BenchIssuer[]): Promise<Finding[]> {
  const { instance, database, options } = bench;
  await instance.worker?.start({ render: true });
  // A worker that is not ours goes on drawing, so only the end of it can be checked.
  const enough = instance.worker === null ? Infinity : options.drain;
  const drained = await awaitAnchors(database, issuers, ({ stored, anchored }) => anchored >= Math.min(stored, enough));
  if (instance.worker !== null && drained.anchored < drained.stored) {
    // Enough is drawn; what is drawn by now is anchored too.
    await instance.worker.stop();
    await instance.worker.start({ render: false });
    await awaitAnchors(database, issuers, ({ drawn, anchored }) => anchored >= drawn);
  }
  await instance.worker?.stop();
  const wanted = Math.min(drained.stored, enough);
  return [
    finding(
      drained.anchored >= wanted,
      `${drained.anchored} documents were drawn and anchored afterwards (${wanted} were asked for)`,
    ),
    ...(await checkAnchored(database, instance, issuers)),
  ];
}
