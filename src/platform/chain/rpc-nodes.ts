import { setTimeout as pause } from 'node:timers/promises';
import { FetchRequest, JsonRpcProvider } from 'ethers';
import { ChainUnreachable } from './chain.errors.js';
import { isAnswer, isRevert } from './rpc-error.js';

/** What one node said: an answer, or the error that it answered with, or that it could not be asked. */
export type NodeAnswer<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'silent'; readonly error: unknown };

type Failure = Exclude<NodeAnswer<never>, { kind: 'answered' }>;

/** How long a node may be slower than the majority before one goes on without it. */
const GRACE_MS = 1_000;
const TOO_LATE: Failure = { kind: 'silent', error: new Error('the node was much slower than the others') };

/** A method and its parameters. */
export type Question = readonly [method: string, ...parameters: unknown[]];

/**
 * The nodes through which one chain is asked, in no fixed order: one that fails goes to the end, so that a dead node
 * costs its time-out once and not with every question, and a majority does not wait for those that hang.
 *
 * `first` is for what does no harm when it is wrong (fees, a balance). `majority` is for what is believed: more than half
 * of all configured nodes MUST say the same, so a node that lies, lags or was left on a fork cannot make a root count as
 * anchored, or as lost. With one node its word is the majority; with two both must agree; three bear one bad one.
 */
export class RpcNodes {
  private nodes: readonly JsonRpcProvider[];

  constructor(urls: readonly string[], { chainId, timeoutMs }: { chainId: number; timeoutMs: number }) {
    this.nodes = urls.map((url) => {
      const request = new FetchRequest(url);
      request.timeout = timeoutMs;
      return new JsonRpcProvider(request, chainId, {
        staticNetwork: true,
        cacheTimeout: -1,
        pollingInterval: 100,
        batchMaxCount: 1,
      });
    });
  }

  /**
   * The answer of the first node that gives one. Throws the error that a node answered with (see `isAnswer`) as it is, when
   * none answered better, and `ChainUnreachable` when none could be asked.
   */
  async first<Answer>(question: Question): Promise<Answer> {
    let failure: Failure | undefined;
    for (const node of this.nodes) {
      const said = await this.ask(node, question, (answer: Answer) => answer);
      if (said.kind === 'answered') {
        return said.answer;
      }
      failure = failure?.kind === 'refused' ? failure : said;
    }
    throw failure?.kind === 'refused' ? failure.error : unreachable(failure?.error);
  }

  /**
   * What more than half of all nodes say, as soon as they have said it. A refusal is an answer too: a majority of them
   * throws the first one. Throws `ChainUnreachable` when no majority comes about.
   *
   * `read` takes from an answer what matters, and they are compared by that: nodes of different make add fields of their own.
   */
  async majority<Answer>(question: Question, read: (answer: never) => Answer): Promise<Answer> {
    const votes = new Map<string, number>();
    const counted: Promise<NodeAnswer<Answer>>[] = [];
    const won = new Promise<NodeAnswer<Answer>>((resolve) => {
      for (const node of this.nodes) {
        const asking = this.ask(node, question, read).then((said) => {
          const vote = ballotOf(said);
          const count = (votes.get(vote) ?? 0) + 1;
          votes.set(vote, count);
          if (count >= this.needed && said.kind !== 'silent') {
            resolve(said);
          }
          return said;
        });
        counted.push(asking);
      }
    });
    const lost = Promise.all(counted).then((all) => this.withoutMajority(all));
    const said = await Promise.race([won, lost]);
    if (said.kind === 'answered') {
      return said.answer;
    }
    throw said.kind === 'refused' ? said.error : unreachable(said.error);
  }

  /**
   * Every node's own answer, in no particular order. Never throws. When a majority has said something, the others have a
   * second more and count as silent then: one that hangs does not cost its time-out with every question.
   */
  async everyone<Answer>(question: Question, read: (answer: never) => Answer): Promise<NodeAnswer<Answer>[]> {
    const heard: NodeAnswer<Answer>[] = [];
    const late = new AbortController();
    const grace = new Promise<void>((resolve) => {
      const hear = (said: NodeAnswer<Answer>): void => {
        heard.push(said);
        if (heard.length === this.nodes.length) {
          resolve();
        } else if (heard.filter(({ kind }) => kind !== 'silent').length === this.needed) {
          pause(GRACE_MS, undefined, { signal: late.signal, ref: false }).then(resolve, resolve);
        }
      };
      for (const node of this.nodes) {
        void this.ask(node, question, read).then(hear);
      }
    });
    await grace;
    late.abort();
    const missing = this.nodes.length - heard.length;
    return [...heard, ...Array.from({ length: missing }, () => TOO_LATE)];
  }

  /** How many nodes must agree. */
  get needed(): number {
    return Math.floor(this.nodes.length / 2) + 1;
  }

  close(): void {
    for (const node of this.nodes) {
      node.destroy();
    }
  }

  private async ask<Answer>(
    node: JsonRpcProvider,
    [method, ...parameters]: Question,
    read: (answer: never) => Answer,
  ): Promise<NodeAnswer<Answer>> {
    try {
      return { kind: 'answered', answer: read((await node.send(method, parameters)) as never) };
    } catch (error) {
      if (isAnswer(error)) {
        return { kind: 'refused', error };
      }
      this.nodes = [...this.nodes.filter((other) => other !== node), node];
      return { kind: 'silent', error };
    }
  }

  private withoutMajority<Answer>(all: readonly NodeAnswer<Answer>[]): NodeAnswer<Answer> {
    const silent = all.filter(({ kind }) => kind === 'silent');
    const [first] = silent;
    if (first !== undefined && all.length - silent.length < this.needed) {
      return first;
    }
    return { kind: 'silent', error: new Error(`its ${all.length} nodes disagree`) };
  }
}

/** Equal for nodes that say the same. Nodes word the same refusal differently, so refusals are compared by their kind. */
function ballotOf(said: NodeAnswer<unknown>): string {
  if (said.kind === 'answered') {
    return `answered ${JSON.stringify(said.answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`;
  }
  return said.kind === 'refused' && isRevert(said.error) ? 'reverted' : said.kind;
}

export function unreachable(cause: unknown): ChainUnreachable {
  return new ChainUnreachable(cause instanceof Error ? cause.message : String(cause), { cause });
}
