import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, stopLeftover, type Child } from '../embedded/child.js';
import { waitUntil } from '../embedded/wait-until.js';

export type AppProcess = Child & { readonly name: string; readonly logFile: string };

/** Starts `dist/src/<name>.js` with its output in a log file of its own. */
export async function startProcess(
  name: 'main' | 'worker',
  folders: { readonly home: string; readonly root: string },
  env: NodeJS.ProcessEnv,
): Promise<AppProcess> {
  const logFile = join(folders.home, `${name}.log`);
  const recordFile = join(folders.home, `${name}.pid`);
  await stopLeftover(recordFile);
  const child = await startChild({
    command: process.execPath,
    args: ['--enable-source-maps', join(folders.root, 'dist', 'src', `${name}.js`)],
    cwd: folders.root,
    env,
    output: { file: logFile },
    recordFile,
  });
  return { ...child, name, logFile };
}

export async function waitForHealth(app: AppProcess, baseUrl: string): Promise<void> {
  await waitUntil(
    `${app.name} answers`,
    async () => (await fetch(`${baseUrl}/health/ready`, { signal: AbortSignal.timeout(5_000) })).ok,
    { timeoutMs: 60_000, intervalMs: 100, hopeless: () => (app.ending() === null ? null : endOfLog(app)) },
  );
}

/** The last lines of the log of a process that has ended. */
export function endOfLog(app: AppProcess): string {
  const { name, logFile } = app;
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15);
  return `${name} ended (${app.ending() ?? 'running'}). The end of ${logFile}:\n${lines.join('\n')}`;
}
