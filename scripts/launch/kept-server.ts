import { isRunning } from '../embedded/process-identity.js';
import type { Say } from './say.js';

type RunningServer = { readonly url: string; readonly port: number; readonly pid: number; stop(): Promise<void> };

export type ServerPlan<Server extends RunningServer> = {
  readonly name: string;
  /** Starts it on what it has kept; on this port if it can, which is the one of last time. */
  readonly start: (port?: number) => Promise<Server>;
  readonly say: Say;
  /** Told when it can not be had back; nothing is tried any more then. */
  readonly giveUp: () => void;
};

const LOOK_MS = 1_000;
const SHORTEST_RUN_MS = 5_000;

/** A server of ours that is started again when it ends by itself, as a supervisor would. */
export class KeptServer<Server extends RunningServer> {
  private isWanted = true;
  private startedAt = performance.now();
  private restarting: Promise<void> | undefined;
  private readonly watch: NodeJS.Timeout;

  private constructor(
    private readonly plan: ServerPlan<Server>,
    private current: Server,
  ) {
    this.watch = setInterval(() => {
      if (this.isWanted && this.restarting === undefined && !isRunning(this.current.pid)) {
        this.restarting = this.startAgain().finally(() => (this.restarting = undefined));
      }
    }, LOOK_MS);
    this.watch.unref();
  }

  static async start<Server extends RunningServer>(plan: ServerPlan<Server>): Promise<KeptServer<Server>> {
    return new KeptServer(plan, await plan.start());
  }

  get server(): Server {
    return this.current;
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    clearInterval(this.watch);
    await this.restarting;
    await this.current.stop();
  }

  /** Where nobody would find it, or to end at once again, it is of no use to anybody. */
  private async startAgain(): Promise<void> {
    const { name, start, say, giveUp } = this.plan;
    const { port, pid } = this.current;
    say(`\n${name} (process ${pid}) ended by itself.`);
    if (performance.now() - this.startedAt < SHORTEST_RUN_MS) {
      say('It had only just been started, so it is not started again.');
      this.isWanted = false;
      giveUp();
      return;
    }
    try {
      say(`Starting ${name} again …`);
      // Its own way of stopping also lets go of what watches over it.
      await this.current.stop();
      this.current = await start(port);
      this.startedAt = performance.now();
      if (this.current.port !== port) {
        throw new Error(`its port ${port} is in use by something else now`);
      }
    } catch (error) {
      say(`${name} can not be had back: ${error instanceof Error ? error.message : String(error)}`);
      this.isWanted = false;
      giveUp();
    }
  }
}
