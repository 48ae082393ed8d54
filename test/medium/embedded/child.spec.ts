import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild, stopLeftover } from '../../../scripts/embedded/child.js';
import { freePort } from '../../../scripts/embedded/free-port.js';
import { isRunning } from '../../../scripts/embedded/process-identity.js';
import { claimInstance, runningPid } from '../../../scripts/embedded/process-record.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';

describe('a free port', () => {
  it('is the preferred one unless that is taken', async () => {
    const port = await freePort();
    expect(await freePort({ preferred: [port] })).toBe(port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    expect(await freePort({ preferred: [port] })).not.toBe(port);
    squatter.close();
  });

  it('is none that the system lends to whoever connects, for its server may come later, or come back', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(ports.filter((port) => port < 20_000 || port >= 32_768)).toEqual([]);
  });

  it('stays below the highest one allowed', async () => {
    expect(await freePort({ preferred: [60_000], highest: 55_535 })).toBeLessThanOrEqual(55_535);
  });
});

describe('waiting', () => {
  it('ends at once when it has become pointless', async () => {
    const waiting = waitUntil('pigs fly', () => false, { hopeless: () => 'there are no pigs' });
    await expect(waiting).rejects.toThrow('Gave up waiting until pigs fly: there are no pigs');
  });

  it('tells what went wrong last when time is up', async () => {
    const check = (): boolean => {
      throw new Error('no wings');
    };
    await expect(waitUntil('pigs fly', check, { timeoutMs: 20, intervalMs: 5 })).rejects.toThrow('no wings');
  });
});

describe('a child process', () => {
  let home: string;
  let recordFile: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'chopmark-embedded-'));
    recordFile = join(home, 'child.json');
  });

  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('passes on its lines and how it ended', async () => {
    const lines: string[] = [];
    const child = await startChild({
      command: '/bin/sh',
      args: ['-c', 'echo one; echo two >&2; exit 3'],
      output: { onLine: (line) => lines.push(line) },
    });
    expect(await child.exited).toBe('code 3');
    await waitUntil('both lines are there', () => lines.length === 2);
    expect(lines.sort()).toEqual(['one', 'two']);
  });

  it('says so when there is no such command', async () => {
    const start = startChild({ command: '/nowhere/at-all', args: [], output: { file: join(home, 'log') } });
    await expect(start).rejects.toThrow('/nowhere/at-all could not be started: ENOENT');
  });

  it('leaves what it said before it died, for whoever looks after it was started again', async () => {
    const file = join(home, 'log');
    for (const line of ['why it died', 'second life']) {
      const child = await startChild({ command: '/bin/sh', args: ['-c', `echo ${line}`], output: { file } });
      await child.exited;
    }
    expect(readFileSync(file, 'utf8')).toBe('why it died\nsecond life\n');
  });

  it('puts a log aside that has grown too large to add to', async () => {
    const file = join(home, 'log');
    writeFileSync(`${file}.1`, 'long ago');
    writeFileSync(file, 'of old\n');
    truncateSync(file, 64 * 1024 * 1024 + 1);
    const child = await startChild({ command: '/bin/sh', args: ['-c', 'echo new'], output: { file } });
    await child.exited;
    expect(readFileSync(file, 'utf8')).toBe('new\n');
    expect(readFileSync(`${file}.1`).subarray(0, 6).toString()).toBe('of old');
  });

  it('is killed with its own children when it does not listen', async () => {
    const script = 'trap "" TERM; sleep 60 & echo $!; wait; sleep 60';
    const output = join(home, 'log');
    const child = await startChild({ command: '/bin/sh', args: ['-c', script], output: { file: output } });
    await waitUntil('it has a child', () => readFileSync(output, 'utf8').trim() !== '');
    const grandchild = Number(readFileSync(output, 'utf8'));
    await child.stop(100);
    expect(await child.exited).toBe('SIGKILL');
    await waitUntil('the grandchild is gone', () => !isRunning(grandchild));
  });

  it('ends when its parent is killed', async () => {
    const output = join(home, 'pid');
    const parentScript = join(home, 'parent.mjs');
    writeFileSync(parentScript, guardingParent(output));
    const parent = spawn(process.execPath, [parentScript], { stdio: 'ignore' });
    await waitUntil('it has a child', () => existsSync(output) && readFileSync(output, 'utf8') !== '');
    const child = Number(readFileSync(output, 'utf8'));
    expect(isRunning(child)).toBe(true);
    parent.kill('SIGKILL');
    await waitUntil('the child is gone', () => !isRunning(child));
  });

  it('is recognised and stopped by the next start', async () => {
    const child = await startChild({ command: 'sleep', args: ['60'], output: { file: join(home, 'log') }, recordFile });
    expect(await stopLeftover(recordFile)).toBe(true);
    expect(isRunning(child.pid)).toBe(false);
    expect(await stopLeftover(recordFile)).toBe(false);
  });

  it('is not mistaken for another process that bears its number today', async () => {
    const stranger = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    writeFileSync(recordFile, JSON.stringify({ pid: stranger.pid, identity: 'another-boot:1' }));
    expect(await stopLeftover(recordFile)).toBe(false);
    expect(isRunning(Number(stranger.pid))).toBe(true);
    stranger.kill('SIGKILL');
  });
});

describe('a claim on an instance', () => {
  it('is refused while another process holds it, and not when that one is gone', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'chopmark-embedded-')), 'launcher.json');
    const other = await startChild({
      command: 'sleep',
      args: ['60'],
      output: { onLine: () => undefined },
      recordFile: file,
    });
    expect(claimInstance(file)).toEqual({ heldBy: other.pid });
    await other.stop();
    expect(claimInstance(file)).not.toHaveProperty('heldBy');
    expect(runningPid(file)).toBe(process.pid);
    rmSync(dirname(file), { recursive: true });
  });
});

/** A process of its own that guards one child, with our function in plain JavaScript. */
function guardingParent(output: string): string {
  const source = readFileSync('scripts/embedded/end-with-parent.ts', 'utf8');
  const { outputText } = transpileModule(source, { compilerOptions: { module: ModuleKind.ESNext } });
  return `${outputText}
    import { writeFileSync } from 'node:fs';
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    endWithParent({ target: -child.pid, signal: 'TERM' });
    writeFileSync(${JSON.stringify(output)}, String(child.pid));
  `;
}
