import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuiltVerifier, type CommandAnswer } from '../../support/built-verifier.js';
import type { Circumstances, Exhibit } from '../../vectors/museum/piece.js';
import type { Collection } from './collection.js';
import { YEARS_AWRY } from './clocks.js';
import { heapsOf } from './heaps.js';
import type { JudgeOf, Judgement } from './judges.js';

/** Puts the clock of a process forward or back before anything else runs in it. */
const CLOCK = `
const { Date: Real } = globalThis;
const awry = Number(process.env.CLOCK_AWRY_MS);
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length === 0 ? [Real.now() + awry] : given)); }
  static now() { return Real.now() + awry; }
};
`;
/** The built command, as few processes as can be: a bundle in a pile is evidence for every PDF of the pile that it fits. */
export class CommandJudge implements JudgeOf {
  private readonly verifier = new BuiltVerifier();
  private serial = 0;

  constructor(private readonly collection: Collection) {}

  async open(): Promise<void> {
    await this.verifier.build();
    this.verifier.file('clock.mjs', CLOCK);
    this.verifier.file('issuers.list', JSON.stringify(this.collection.house.parties));
  }

  close(): void {
    this.verifier.remove();
  }

  async judge(pile: readonly Exhibit[], { clock = 'right' }: Circumstances): Promise<readonly Judgement[]> {
    const judged = new Map<Exhibit, Judgement>();
    for (const heap of heapsOf(pile)) {
      for (const [exhibit, judgement] of await this.judgeHeap(heap, YEARS_AWRY[clock])) {
        judged.set(exhibit, judgement);
      }
    }
    return pile.map((exhibit) => judged.get(exhibit) ?? { verdict: 'refused', problem: 'nothing was said' });
  }

  private async judgeHeap(
    heap: readonly Exhibit[],
    awryMs: number,
  ): Promise<readonly (readonly [Exhibit, Judgement])[]> {
    const folder = join(this.verifier.folder, String((this.serial += 1)));
    mkdirSync(folder);
    const write = (name: string, content: Uint8Array | string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const files = heap.map(({ fileName, bytes }, index) => write(`${index}-${fileName}`, bytes));
    const beside = heap.flatMap(({ bundle }) => (bundle ? [write('beside.json', JSON.stringify(bundle))] : []));
    const lists = heap
      .flatMap(({ statusLists = [] }) => statusLists)
      .flatMap((token, index) => ['--status-list', write(`list-${index}.jwt`, token)]);
    const { results } = await this.run([...files, ...beside, ...lists], awryMs);
    const said = new Map(results.map((result) => [result.name, result]));
    return heap.flatMap((exhibit, index) => {
      const result = said.get(files[index] ?? '');
      return result === undefined ? [] : [[exhibit, result] as const];
    });
  }

  private run(args: readonly string[], awryMs: number): Promise<CommandAnswer> {
    const { folder } = this.verifier;
    const trust = ['--issuers', join(folder, 'issuers.list'), '--trust-ca', this.collection.authorityFile];
    const nodes = this.collection.rpcUrls.flatMap((url) => ['--rpc', url]);
    const command = ['--import', join(folder, 'clock.mjs'), join(folder, 'dist', 'chopmark-verify.mjs')];
    const env = { PATH: process.env['PATH'], CLOCK_AWRY_MS: String(awryMs) };
    return new Promise((resolve, reject) => {
      const all = [...command, ...args, ...nodes, ...trust, '--json'];
      execFile(process.execPath, all, { env, maxBuffer: 2 ** 28 }, (_error, out, complaint) => {
        if (out === '') {
          reject(new Error(complaint));
        } else {
          resolve(JSON.parse(out) as CommandAnswer);
        }
      });
    });
  }
}
