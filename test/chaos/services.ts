import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { startAnvil, type RunningAnvil } from '../../scripts/embedded/anvil.js';
import { startPostgres, type RunningPostgres } from '../../scripts/embedded/postgres.js';
import { isRunning } from '../../scripts/embedded/process-identity.js';
import { startRedis, type RunningRedis } from '../../scripts/embedded/redis.js';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { rpcTo } from '../../scripts/launch/chain-keys.js';

/** A Postgres that can be shut down the hard way; as durable as in production. */
export class DurablePostgres {
  private constructor(
    private readonly directory: string,
    private running: RunningPostgres,
  ) {}

  static async in(home: string): Promise<DurablePostgres> {
    const directory = join(home, 'postgres');
    return new DurablePostgres(directory, await startPostgres({ dataDirectory: directory }));
  }

  get url(): string {
    return this.running.url;
  }

  get dataDirectory(): string {
    return this.running.dataDirectory;
  }

  /** `pg_ctl stop -m immediate`: no checkpoint, no good-bye to the sessions; the log is replayed at the next start. */
  async crash(awayMs: number): Promise<void> {
    const { pid, port } = this.running;
    process.kill(pid, 'SIGQUIT');
    await waitUntil('Postgres has ended', () => !isRunning(pid), { intervalMs: 20 });
    await this.running.stop();
    await pause(awayMs);
    this.running = await startPostgres({ dataDirectory: this.directory, port });
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}

/** A Redis that can lose everything. */
export class ForgetfulRedis {
  private constructor(
    private readonly directory: string,
    private running: RunningRedis,
  ) {}

  static async in(home: string): Promise<ForgetfulRedis> {
    const dataDirectory = join(home, 'redis');
    return new ForgetfulRedis(dataDirectory, await startRedis({ dataDirectory }));
  }

  get url(): string {
    return this.running.url;
  }

  async killAndWipe(awayMs: number): Promise<void> {
    const { pid, port } = this.running;
    process.kill(pid, 'SIGKILL');
    await waitUntil('Redis has ended', () => !isRunning(pid), { intervalMs: 20 });
    await pause(awayMs);
    this.running = await startRedis({ dataDirectory: this.directory, port });
    await this.flush();
  }

  flush(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.running.port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
      socket.once('data', (said) => {
        socket.destroy();
        if (said.toString().startsWith('+OK')) {
          resolve();
        } else {
          reject(new Error(`FLUSHALL: ${said.toString()}`));
        }
      });
      socket.once('error', reject);
    });
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}

const BLOCK_SECONDS = 1;
/** So long it goes on making blocks that nobody finds again. */
const LOST_MS = 1_500;

/** A chain of one block a second that crashes, stands still, forgets and is reorganised. */
export class UnsteadyChain {
  private constructor(
    private readonly stateFile: string,
    private running: RunningAnvil,
  ) {}

  static async in(home: string): Promise<UnsteadyChain> {
    const stateFile = join(home, 'chain.json');
    return new UnsteadyChain(stateFile, await startAnvil({ stateFile, blockTime: BLOCK_SECONDS }));
  }

  get url(): string {
    return this.running.url;
  }

  get chainId(): number {
    return this.running.chainId;
  }

  rpc(method: string, ...parameters: readonly unknown[]): Promise<unknown> {
    return rpcTo(this.running.url)(method, ...parameters);
  }

  async head(): Promise<number> {
    return Number(await this.rpc('eth_blockNumber'));
  }

  /** So many blocks lie on what is in the chain now that no reorganisation of a run reaches it, nor a crash. */
  async bury(): Promise<void> {
    await this.rpc('anvil_mine', '0x10');
    await pause(2_500);
  }

  /** It comes back without its last second or two, and without what waited for a block. */
  async kill(awayMs: number): Promise<void> {
    const { pid, port } = this.running;
    const state = await this.betweenBlocks((stateThen) => Promise.resolve(stateThen));
    await pause(LOST_MS);
    process.kill(pid, 'SIGKILL');
    await waitUntil('the chain has ended', () => !isRunning(pid), { intervalMs: 20 });
    await pause(awayMs);
    writeFileSync(this.stateFile, state, { mode: 0o600 });
    this.running = await startAnvil({ stateFile: this.stateFile, blockTime: BLOCK_SECONDS, port });
  }

  /** It takes connections and says nothing. */
  async freeze(lastsMs: number): Promise<void> {
    const { pid } = this.running;
    process.kill(pid, 'SIGSTOP');
    try {
      await pause(lastsMs);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }

  /**
   * Takes back up to `depth` blocks with all that was in them; answers how many. anvil knows the states of the blocks that
   * it has made itself, so shortly after a restart it cannot go back as far.
   */
  async reorganise(depth: number): Promise<number> {
    return await this.betweenBlocks(() => this.undoUpTo(depth));
  }

  /** Makes no block until a transaction waits for one, and throws that away; answers its hash, or null when none came. */
  async dropTransaction(patienceMs: number): Promise<string | null> {
    await this.rpc('evm_setIntervalMining', 0);
    try {
      const deadline = performance.now() + patienceMs;
      while (performance.now() < deadline) {
        const hash = await this.waitingTransaction();
        if (hash !== null) {
          await this.rpc('anvil_dropTransaction', hash);
          return hash;
        }
        await pause(20);
      }
      return null;
    } finally {
      await this.rpc('evm_setIntervalMining', BLOCK_SECONDS);
    }
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  private async waitingTransaction(): Promise<string | null> {
    const { pending } = (await this.rpc('txpool_content')) as {
      pending: Record<string, Record<string, { hash: string }>>;
    };
    const [first] = Object.values(pending).flatMap((ofSender) => Object.values(ofSender));
    return first?.hash ?? null;
  }

  private async undoUpTo(depth: number): Promise<number> {
    for (let blocks = depth; blocks > 0; blocks -= 1) {
      try {
        await this.rpc('anvil_reorg', blocks, []);
        return blocks;
      } catch (error) {
        if (!/data unavailable|not found/i.test(String(error))) {
          throw error;
        }
      }
    }
    return 0;
  }

  /**
   * Runs `action` while anvil makes no blocks, with the state of that moment. anvil does not keep what it does apart by
   * itself, and comes to be what no chain is. What it writes to its file while it makes or undoes blocks has accounts that
   * sent what no block holds. A reorganisation beside a block that is just being made leaves that block without those
   * below it, and its transactions are in a second one later. So it is told to make none, and asked for its state until it
   * says the same twice.
   */
  private async betweenBlocks<T>(action: (state: Buffer) => Promise<T>): Promise<T> {
    await this.rpc('evm_setIntervalMining', 0);
    try {
      let [before, state] = [await this.dump(), await this.dump()];
      while (!state.equals(before)) {
        [before, state] = [state, await this.dump()];
      }
      return await action(state);
    } finally {
      await this.rpc('evm_setIntervalMining', BLOCK_SECONDS);
    }
  }

  private async dump(): Promise<Buffer> {
    await pause(100);
    const packed = (await this.rpc('anvil_dumpState')) as string;
    return gunzipSync(Buffer.from(packed.slice(2), 'hex'));
  }
}
