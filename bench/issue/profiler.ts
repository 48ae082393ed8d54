import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { table } from '../../scripts/launch/say.js';
import type { ProfilerControl } from './instance.js';

export const PROFILE_HOOK = new URL('profile-hook.js', import.meta.url).href;

const SHOWN = 45;

/** Profiles a process that has the hook loaded. */
export function profilerOf(pid: number, file: string): ProfilerControl {
  return {
    begin: () => {
      rmSync(file, { force: true });
      process.kill(pid, 'SIGWINCH');
    },
    end: async () => {
      process.kill(pid, 'SIGWINCH');
      await waitUntil('the profile is written', () => existsSync(file) && isWhole(file));
      const profile = JSON.parse(readFileSync(file, 'utf8')) as Profiler.Profile;
      const keep = process.env['CHOPMARK_KEEP_PROFILE'];
      if (keep !== undefined) {
        renameSync(file, keep);
      }
      return describeProfile(profile);
    },
  };
}

function isWhole(file: string): boolean {
  JSON.parse(readFileSync(file, 'utf8'));
  return true;
}

/** Self time by function and by file, in percent of the time the process was busy. */
function describeProfile({ nodes, samples = [] }: Profiler.Profile): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const functions = new Map<string, number>();
  const files = new Map<string, number>();
  let busy = 0;
  for (const id of samples) {
    const frame = byId.get(id)?.callFrame;
    if (frame === undefined || frame.functionName === '(idle)') {
      continue;
    }
    busy += 1;
    const file = shortFile(frame.url);
    add(functions, `${frame.functionName || '(anonymous)'}\t${file}:${frame.lineNumber + 1}`);
    add(files, file);
  }
  const share = (count: number): string => `${((100 * count) / busy).toFixed(1)} %`;
  const top = (counts: Map<string, number>): [string, number][] =>
    [...counts].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  const occupied = ((100 * busy) / samples.length).toFixed(0);
  return [
    `The API's main thread was busy ${occupied} % of the time. Self time, in percent of that:`,
    table(
      ['Self', 'Function', 'Where'],
      top(functions).map(([name, count]) => [share(count), ...name.split('\t')]),
    ),
    '',
    table(
      ['Self', 'File'],
      top(files).map(([name, count]) => [share(count), name]),
    ),
  ].join('\n');
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function shortFile(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return path.replace(/^.*\/node_modules\//, '').replace(`${process.cwd()}/`, '') || '(native)';
}
