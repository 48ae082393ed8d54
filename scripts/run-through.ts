import { spawn } from 'node:child_process';

/** Runs a command on our own terminal; its exit code, or 1 when a signal ended it. Signals to us are passed on. */
export function runThrough(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    const passOn = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    // Ctrl-C reaches the child by itself; we only must not go before it.
    const wait = (): void => undefined;
    process.on('SIGTERM', passOn).on('SIGINT', wait);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGTERM', passOn).off('SIGINT', wait);
      resolve(code ?? 1);
    });
  });
}
