import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A part of the system that is measured: a process with all its children, running or ended. */
export type Part = {
  readonly name: string;
  readonly pid: number;
  /** Without its children, which are measured by themselves. */
  readonly alone?: boolean;
};

export type PartUsage = {
  readonly name: string;
  /** CPU time of user and system. */
  readonly cpuMs: number;
  /** Highest resident memory since `resetPeaks`; of Postgres, its processes' proportional shares at the end. */
  readonly peakMegabytes: number;
};

export type UsageReport = {
  readonly seconds: number;
  readonly parts: readonly PartUsage[];
  /** CPU time that the rest of the machine took meanwhile: whoever reads a result must know. */
  readonly otherCpuMs: number;
  readonly cores: number;
};

type Stat = { readonly parent: number; readonly own: number; readonly ended: number };

const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Starts measuring; call the answer to have the report. Linux only: everything comes from /proc. */
export function measureUsage(parts: readonly Part[]): () => UsageReport {
  resetPeaks(parts);
  const startedAt = performance.now();
  const before = parts.map(cpuMsOf);
  const machineBefore = machineCpuMs();
  return () => {
    const after = parts.map(cpuMsOf);
    const machine = machineCpuMs();
    const seconds = (performance.now() - startedAt) / 1_000;
    const usages = parts.map((part, index) => ({
      name: part.name,
      cpuMs: (after[index] ?? 0) - (before[index] ?? 0),
      peakMegabytes: memoryOf(part),
    }));
    const ours = usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    const otherCpuMs = Math.max(0, machine.busy - machineBefore.busy - ours);
    return { seconds, parts: usages, otherCpuMs, cores: machine.cores };
  };
}

/** What a process and its children have taken, those included that have ended and were waited for. */
function cpuMsOf(part: Part): number {
  const root = statOf(part.pid);
  if (root === null) {
    return 0;
  }
  const children = childrenOf(part).map((child) => statOf(child));
  const ended = part.alone === true ? 0 : root.ended;
  const ticks = children.reduce((sum, child) => sum + (child?.own ?? 0), root.own + ended);
  return (ticks * 1_000) / TICKS_A_SECOND;
}

function childrenOf({ pid, alone = false }: Part): number[] {
  if (alone) {
    return [];
  }
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((candidate) => statOf(candidate)?.parent === pid);
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in brackets and may hold anything, so fields are counted from its end.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (index: number): number => fields[index] ?? 0;
    return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
  } catch {
    return null;
  }
}

function machineCpuMs(): { busy: number; cores: number } {
  const lines = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , interrupt = 0, softInterrupt = 0] =
    lines[0]?.trim().split(/\s+/).slice(1).map(Number) ?? [];
  const ticks = user + nice + system + interrupt + softInterrupt;
  return { busy: (ticks * 1_000) / TICKS_A_SECOND, cores: lines.filter((line) => /^cpu\d/.test(line)).length };
}

function resetPeaks(parts: readonly Part[]): void {
  for (const { pid } of parts) {
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
    } catch {
      // Not allowed: the peak is then that of the whole life of the process.
    }
  }
}

/** Processes that share memory must not be added up; one alone tells its peak. */
function memoryOf(part: Part): number {
  const { pid } = part;
  const children = childrenOf(part);
  const kilobytes =
    children.length === 0
      ? fieldOf(`/proc/${pid}/status`, 'VmHWM')
      : [pid, ...children].reduce((sum, one) => sum + fieldOf(`/proc/${one}/smaps_rollup`, 'Pss'), 0);
  return kilobytes / 1_024;
}

function fieldOf(file: string, name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
