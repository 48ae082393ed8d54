import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildVerifier, LARGEST_COMMAND_BYTES } from '../../scripts/verifier/build.js';
import type { Fact, Verdict } from '../../src/proof/index.js';

/** What `--json` says of one file, as far as tests look at it. */
export type CommandResult = {
  readonly name: string;
  readonly kind: string;
  readonly verdict: Verdict;
  readonly facts: readonly Fact[];
  readonly duplicateOf?: string;
};
export type CommandAnswer = {
  readonly results: readonly CommandResult[];
  readonly unread: readonly { readonly name: string; readonly why: string }[];
  readonly passedOver: number;
  readonly totals: Readonly<Record<string, number>>;
  readonly offline: boolean;
  readonly exitCode: number;
};

/** Ports that a run connected to, and what it said. */
export type CommandRun = {
  readonly code: number;
  readonly text: string;
  readonly complaint: string;
  readonly ports: readonly number[];
};

/** Writes down every connection that the process opens, at its end. Node publishes them; no module can go round it. */
const WITNESS = `
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
const ports = [];
subscribe('net.client.socket', ({ socket }) => socket.once('connect', () => ports.push(socket.remotePort)));
process.once('exit', () => writeFileSync(process.env.WITNESS_FILE, JSON.stringify(ports)));
`;

/** The built command, as somebody runs it who has nothing else of ours. */
export class BuiltVerifier {
  readonly folder = mkdtempSync(join(tmpdir(), 'chopmark-verifier-'));
  bytes = 0;
  private runs = 0;

  async build(): Promise<void> {
    this.bytes = (await buildVerifier(join(this.folder, 'dist'))).commandBytes;
    writeFileSync(join(this.folder, 'witness.mjs'), WITNESS);
  }

  get isSmall(): boolean {
    return this.bytes > 0 && this.bytes <= LARGEST_COMMAND_BYTES;
  }

  /** Writes a file for the command to check; its path. */
  file(name: string, bytes: Uint8Array | string): string {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  run(...args: readonly string[]): Promise<CommandRun> {
    const witness = join(this.folder, `ports-${(this.runs += 1)}.json`);
    const command = ['--import', join(this.folder, 'witness.mjs'), join(this.folder, 'dist', 'chopmark-verify.mjs')];
    // Nothing but a path: it cannot know where Postgres, Redis or the API are.
    const env = { PATH: process.env['PATH'], LANG: 'en_GB.UTF-8', WITNESS_FILE: witness };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [...command, ...args],
        { env, cwd: this.folder, maxBuffer: 2 ** 28 },
        (error, out, complaint) => {
          const ports = JSON.parse(readFileSync(witness, 'utf8')) as number[];
          resolve({ code: error === null ? 0 : Number(error.code), text: out, complaint, ports: [...new Set(ports)] });
        },
      );
    });
  }

  async json(...args: readonly string[]): Promise<CommandAnswer> {
    const { code, text, complaint } = await this.run(...args, '--json');
    if (text === '') {
      throw new Error(complaint);
    }
    const answer = JSON.parse(text) as CommandAnswer;
    return code === answer.exitCode
      ? answer
      : Promise.reject(new Error(`exited with ${code}, said ${answer.exitCode}`));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
