import { Gathering } from './gathering.js';

/** A method and its parameters. */
export type RpcQuestion = { readonly method: string; readonly params: readonly unknown[] };

/** How to reach nodes. */
export type RpcTools = {
  readonly fetch: typeof globalThis.fetch;
  /** For one request, which may carry many questions; 10 s unless told. */
  readonly timeoutMs?: number;
  /** Questions in one request; 100 unless told. Public nodes refuse more than some hundreds. */
  readonly mostInBatch?: number;
};

/** The node answered, with an error: the call reverted, or the node does not serve the method. */
class RpcRefusal extends Error {}

/** A request that the node does not take in this form. */
class BatchRefused extends Error {}

type Waiting = RpcQuestion & {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
};
type Reply = { readonly id?: unknown; readonly result?: unknown; readonly error?: unknown };

const PATIENCE_MS = 10_000;
const MOST_IN_BATCH = 100;
/** Requests under way to one node: more only queue there, and public nodes refuse them. */
const MOST_REQUESTS = 2;

/**
 * One node of a chain (JSON-RPC 2.0 over HTTP). Questions that come within one turn of the event loop travel together, as one
 * batch; a node that knows no batches is asked one by one. Nothing is answered from memory.
 */
export class RpcNode {
  private readonly questions: Gathering<Waiting>;
  private takesBatches = true;

  constructor(
    readonly url: string,
    private readonly tools: RpcTools,
  ) {
    const most = (): number => (this.takesBatches ? (tools.mostInBatch ?? MOST_IN_BATCH) : 1);
    this.questions = new Gathering({ most, mostUnderWay: MOST_REQUESTS }, (batch) => this.send(batch));
  }

  /** What the node answers. Throws `RpcRefusal` when it answers with an error, and anything else when it cannot be reached. */
  ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.questions.add({ method, params, resolve, reject });
    });
  }

  /** Settles every question of the batch; never rejects. */
  private async send(batch: readonly Waiting[]): Promise<void> {
    try {
      const said = await this.post(batch.map(requestOf));
      const replies = Array.isArray(said) ? (said as readonly Reply[]) : undefined;
      if (replies !== undefined) {
        settle(batch, replies);
      } else if (batch.length === 1) {
        settle(batch, [said as Reply]);
      } else {
        this.askAgainOneByOne(batch);
      }
    } catch (error) {
      if (batch.length > 1 && error instanceof BatchRefused) {
        this.askAgainOneByOne(batch);
        return;
      }
      batch.forEach(({ reject }) => {
        reject(error);
      });
    }
  }

  private askAgainOneByOne(batch: readonly Waiting[]): void {
    this.takesBatches = false;
    this.questions.addFirst(batch);
  }

  private async post(requests: readonly object[]): Promise<unknown> {
    const { fetch, timeoutMs = PATIENCE_MS } = this.tools;
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(requests.length === 1 ? requests[0] : requests),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status >= 400 && response.status < 500 && response.status !== 429) {
      throw new BatchRefused(`The node answered ${response.status}`);
    }
    if (!response.ok) {
      throw new Error(`The node answered ${response.status}`);
    }
    return response.json();
  }
}

function requestOf({ method, params }: RpcQuestion, id: number): object {
  return { jsonrpc: '2.0', id, method, params };
}

/** Replies may come in any order (JSON-RPC 2.0, 6). */
function settle(batch: readonly Waiting[], replies: readonly Reply[]): void {
  const byId = new Map(replies.map((reply) => [reply.id, reply]));
  for (const [id, { resolve, reject }] of batch.entries()) {
    const reply = byId.get(id);
    if (reply?.error !== undefined && reply.error !== null) {
      reject(new RpcRefusal(messageOf(reply.error)));
    } else if (reply?.result === undefined) {
      reject(new Error('The node left a question unanswered'));
    } else {
      resolve(reply.result);
    }
  }
}

function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return typeof message === 'string' ? message : 'The node refused the question';
}
