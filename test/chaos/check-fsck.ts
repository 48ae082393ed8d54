import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { finding, type Finding } from './finding.js';
import type { ChaosInstance } from './instance.js';

/** What the operator's own audit says: everything derived again from what is stored, and compared with the chain. */
export async function checkFsck({ environment }: ChaosInstance, chainUrl: string): Promise<Finding> {
  const { code, said } = await runFsck({ ...environment, CHAIN_RPC_URL: chainUrl });
  return finding('`cli fsck` finds no difference', code === 0 ? [] : [`it ended with ${code}`, ...said.split('\n')]);
}

function runFsck(environment: Readonly<Record<string, string>>): Promise<{ code: number; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('dist', 'src', 'cli.js'), 'fsck'], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? -1, said: said.trim() });
    });
  });
}
