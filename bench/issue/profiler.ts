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

/** By function: its own time and that of all it called, in percent of the time the main thread was busy. */
function describeProfile({ nodes, samples = [] }: Profiler.Profile): string {
  const stacks = stacksOf(nodes);
  const own = new Map<string, number>();
  const total = new Map<string, number>();
  let busy = 0;
  for (const id of samples) {
    const stack = stacks.get(id) ?? [];
    const [top] = stack;
    if (top === undefined || top.startsWith('(idle)')) {
      continue;
    }
    busy += 1;
    add(own, top);
    for (const name of new Set(stack)) {
      add(total, name);
    }
  }
  const share = (counts: ReadonlyMap<string, number>, name: string): string =>
    ((100 * (counts.get(name) ?? 0)) / busy).toFixed(1);
  const list = (counts: ReadonlyMap<string, number>, isWanted: (name: string) => boolean): string =>
    table(
      ['Self %', 'Total %', 'Function', 'Where'],
      [...counts]
        .filter(([name]) => isWanted(name))
        .sort(([, left], [, right]) => right - left)
        .slice(0, SHOWN)
        .map(([name]) => [share(own, name), share(total, name), ...name.split('\t')]),
    );
  return [
    `The API's main thread was busy ${((100 * busy) / samples.length).toFixed(0)} % of the time. In percent of that:`,
    list(own, () => true),
    '\nOur own functions with all they called:',
    list(total, (name) => name.includes('\tdist/')),
  ].join('\n');
}

/** For each node the functions that were running, the innermost first. */
function stacksOf(nodes: readonly Profiler.ProfileNode[]): Map<number, readonly string[]> {
  const stacks = new Map<number, readonly string[]>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (node: Profiler.ProfileNode, callers: readonly string[]): void => {
    const stack = [nameOf(node), ...callers];
    stacks.set(node.id, stack);
    for (const child of node.children ?? []) {
      visit(byId.get(child) as Profiler.ProfileNode, stack);
    }
  };
  const [root] = nodes;
  if (root !== undefined) {
    visit(root, []);
  }
  return stacks;
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: Profiler.ProfileNode): string {
  return `${functionName || '(anonymous)'}\t${shortFile(url)}:${lineNumber + 1}`;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function shortFile(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return path.replace(/^.*\/node_modules\//, '').replace(`${process.cwd()}/`, '') || '(native)';
}
