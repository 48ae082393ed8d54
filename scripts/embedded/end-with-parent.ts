import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

export type Guard = { release(): void };

/**
 * Signals `target` (a process, or a group when negative) when this process ends, however it ends: a shell waits on a
 * pipe whose other end only we hold, and the system closes that even after SIGKILL.
 */
export function endWithParent({ target, signal }: { target: number; signal: 'TERM' | 'INT' }): Guard {
  const script = 'read -r _; kill -s "$1" -- "$2"';
  const guard = spawn('/bin/sh', ['-c', script, 'sh', signal, String(target)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  guard.on('error', () => undefined);
  guard.unref();
  if (guard.stdin instanceof Socket) {
    guard.stdin.unref();
  }
  return { release: () => guard.kill('SIGKILL') };
}
