import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { processIdentity } from './process-identity.js';

/** Writes a process down, so that a later one can find it. */
export function writeRecord(file: string, pid: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ pid, identity: processIdentity(pid) }), { mode: 0o600 });
}

/** The number of the recorded process while that very process runs; null also when only its number lives on. */
export function runningPid(file: string): number | null {
  try {
    const { pid, identity } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: unknown; identity?: unknown };
    return typeof pid === 'number' && typeof identity === 'string' && processIdentity(pid) === identity ? pid : null;
  } catch {
    return null;
  }
}

export type Claim = { readonly heldBy: number } | { release(): void };

/**
 * Lets one process at a time serve an instance: starting its servers stops those that an earlier start left behind, and
 * MUST not stop those of a launcher that still runs.
 */
export function claimInstance(file: string): Claim {
  const holder = runningPid(file);
  if (holder !== null && holder !== process.pid) {
    return { heldBy: holder };
  }
  writeRecord(file, process.pid);
  return {
    release: () => {
      rmSync(file, { force: true });
    },
  };
}
