import '../../src/composition/young-garbage.js';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProofOfLeaf } from '../../src/anchoring/index.js';
import { HASH_LENGTH, isSameHash, verifyInclusion } from '../../src/proof/index.js';
import { ProofReader } from './proof-reader.js';

/** What a process of its own says about proofs. */
export type ProofsMeasure = {
  /** Milliseconds each, in ascending order. */
  readonly times: number[];
  /** Proofs that lead from their leaf to the root, and name its place. */
  readonly right: number;
  readonly tilesRead: number;
  /** Of all proofs, checks included. */
  readonly cpuMs: number;
};

/** Proofs that are not counted: V8 goes on compiling for some 8,000, as it has long done in a process that answers for a while. */
const WARM_UP = 10_000;

/**
 * A process of its own, set up like the API: reads proofs of random leaves of one batch, one after the other on one warm
 * connection, transaction included. Its standard input are the batch's entries, in the order in which they were handed over.
 */
const [url = '', issuerId = '', wanted = ''] = process.argv.slice(2);
const entries = readFileSync(0);
const reader = await ProofReader.open(url);
await timeProofs(WARM_UP);
process.stdout.write(JSON.stringify(await timeProofs(Number(wanted))));
await reader.close();

async function timeProofs(count: number): Promise<ProofsMeasure> {
  const times = new Float64Array(count);
  const [cpuBefore, tilesBefore] = [process.cpuUsage(), reader.tilesRead];
  let right = 0;
  for (let round = 0; round < count; round += 1) {
    const leaf = entryAt(randomInt(entries.length / HASH_LENGTH));
    const startedAt = performance.now();
    const found = await reader.proofOf(issuerId, leaf);
    times[round] = performance.now() - startedAt;
    right += isProved(found, leaf) ? 1 : 0;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    times: [...times.sort()],
    right,
    tilesRead: reader.tilesRead - tilesBefore,
    cpuMs: (user + system) / 1_000,
  };
}

/** Also that the place which is named is that of this leaf: entries are sealed in the order in which they came. */
function isProved(found: ProofOfLeaf | null, leaf: Uint8Array): boolean {
  if (found?.state !== 'sealed') {
    return false;
  }
  const { root, proof, batchSize: size, leafIndex: index } = found;
  return isSameHash(entryAt(index), leaf) && verifyInclusion({ leaf, proof, root, size, index });
}

function entryAt(index: number): Uint8Array {
  return entries.subarray(index * HASH_LENGTH, (index + 1) * HASH_LENGTH);
}
