import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { contextAt, invoiceAt } from './invoices.js';
import type { BenchDocument, Task, Work } from './protocol.js';
import { sheetOf } from './sheet.js';

/**
 * So many documents are made at a time, outside of what is measured: as many as a thread of ours is given. Of more, the garbage
 * collector would carry megabytes about that nobody has drawn yet.
 */
const CHUNK = 8;

/** Turns this process into a contestant: it draws what it is told to, and tells what that took. */
export function serve(draw: (document: BenchDocument) => Promise<Uint8Array>): void {
  process.on('message', (task: Task) => {
    void work(draw, task).then(
      (done) => process.send?.(done),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
}

async function work(
  draw: (document: BenchDocument) => Promise<Uint8Array>,
  { from, seconds, atLeast }: Task,
): Promise<Work> {
  let [documents, wallMs, cpuMs, bytes] = [0, 0, 0, 0];
  let first: Uint8Array | undefined;
  while (wallMs < seconds * 1_000 || documents < atLeast) {
    const chunk = Array.from({ length: CHUNK }, (_, index) => documentAt(from + documents + index));
    const before = beforeDrawing();
    for (const document of chunk) {
      const file = await draw(document);
      first ??= file;
      bytes += file.length;
      documents += 1;
      if (documents >= atLeast && wallMs + performance.now() - before.wall >= seconds * 1_000) {
        break;
      }
    }
    const took = since(before);
    wallMs += took.wallMs;
    cpuMs += took.cpuMs;
    // Drawing may never wait, and then nobody would hear that the bench is gone.
    await setImmediate();
  }
  const residentMegabytes = process.memoryUsage.rss() / 2 ** 20;
  return { documents, wallMs, cpuMs, bytes, first: Buffer.from(first ?? []).toString('base64'), residentMegabytes };
}

function documentAt(index: number): BenchDocument {
  const [invoice, context] = [invoiceAt(index), contextAt(index)];
  return { invoice, context, sheet: sheetOf(invoice, context) };
}

type Moment = { readonly descendants: number; readonly own: NodeJS.CpuUsage; readonly wall: number };

/** The look at other processes takes a millisecond, which is nobody's drawing: it comes first here and last in `since`. */
function beforeDrawing(): Moment {
  return { descendants: ticksOfDescendants(), own: process.cpuUsage(), wall: performance.now() };
}

/** CPU time of this process and of all that it started (a browser), as Linux counts them. */
function since({ descendants, own, wall }: Moment): { readonly wallMs: number; readonly cpuMs: number } {
  const wallMs = performance.now() - wall;
  const { user, system } = process.cpuUsage(own);
  return { wallMs, cpuMs: (user + system) / 1_000 + (ticksOfDescendants() - descendants) * MILLISECONDS_PER_TICK };
}

const MILLISECONDS_PER_TICK = 10;

function ticksOfDescendants(): number {
  const ticks = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    const statistics = /^\d+$/.test(name) ? statisticsOf(name) : null;
    if (statistics !== null) {
      ticks.set(Number(name), statistics);
    }
  }
  const isOurs = (pid: number): boolean => {
    const parent = ticks.get(pid)?.parent ?? 0;
    return parent === process.pid || (parent > 1 && isOurs(parent));
  };
  return [...ticks].reduce((sum, [pid, entry]) => sum + (isOurs(pid) ? entry.ticks : 0), 0);
}

/** Null when the process ended meanwhile. */
function statisticsOf(pid: string): { parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}
