import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SeededRandom } from './seeded-random.js';

export type Misbehaviour = 'delay-answers' | 'repeat-sends' | 'refuse-questions' | 'cut-answers';

type Answer = { readonly status: number; readonly body: Buffer };

/** Every other answer is spoiled while it misbehaves, so that calls of several questions fail half-way. */
const SHARE = 0.5;
const LONGEST_DELAY_MS = 3_000;
const PATIENCE_MS = 8_000;

/** Stands between the instance and its node, and misbehaves as providers do: late, twice, with errors, or not to the end. */
export class RpcProxy {
  private readonly random: SeededRandom;
  private readonly active = new Map<Misbehaviour, number>();
  private server: Server | undefined;

  private constructor(
    private readonly target: URL,
    seed: number,
  ) {
    this.random = new SeededRandom(seed);
  }

  static async before(targetUrl: string, seed: number): Promise<RpcProxy> {
    const proxy = new RpcProxy(new URL(targetUrl), seed);
    const server = createServer((question, answer) => {
      proxy.serve(question, answer).catch(() => {
        answer.destroy();
      });
    });
    proxy.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  /** For so long at least, and until it has spoiled something, if that ever comes. Answers how many answers it spoiled. */
  async misbehave(how: Misbehaviour, lastsMs: number): Promise<number> {
    this.active.set(how, 0);
    const spoiled = (): number => this.active.get(how) ?? 0;
    const began = performance.now();
    const elapsed = (): number => performance.now() - began;
    while (elapsed() < lastsMs || (spoiled() === 0 && elapsed() < PATIENCE_MS)) {
      await pause(50);
    }
    const count = spoiled();
    this.active.delete(how);
    return count;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async serve(question: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of question) {
      chunks.push(chunk as Buffer);
    }
    const body = Buffer.concat(chunks);
    if (this.spoils('refuse-questions')) {
      this.refuse(body, answer);
      return;
    }
    if (this.spoils('delay-answers')) {
      await pause(this.random.between(50, LONGEST_DELAY_MS));
    }
    let said = await this.forward(body);
    if (body.includes('"eth_sendRawTransaction"') && this.spoils('repeat-sends')) {
      said = await this.forward(body);
    }
    this.pass(said, answer);
  }

  private pass({ status, body }: Answer, answer: ServerResponse): void {
    const isCut = this.spoils('cut-answers');
    answer.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
    if (!isCut) {
      answer.end(body);
      return;
    }
    // The node has heard the question; of its answer half arrives, or nothing.
    answer.write(body.subarray(0, this.random.between(0, 1) * Math.floor(body.length / 2)), () => answer.destroy());
  }

  /** As providers refuse: busy in HTTP, busy in JSON-RPC, or with an error of their own making. */
  private refuse(question: Buffer, answer: ServerResponse): void {
    const { id = null } = JSON.parse(question.toString('utf8')) as { id?: unknown };
    const refusals = [
      { status: 429, error: { code: -32_005, message: 'daily request count exceeded, request rate limited' } },
      { status: 503, error: { code: -32_603, message: 'service unavailable' } },
      { status: 200, error: { code: -32_000, message: 'header not found' } },
      { status: 200, error: { code: -32_603, message: 'internal error' } },
    ];
    const { status, error } = refusals[this.random.between(0, refusals.length - 1)] as (typeof refusals)[number];
    answer.writeHead(status, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ jsonrpc: '2.0', id, error }));
  }

  private forward(body: Buffer): Promise<Answer> {
    const { hostname, port } = this.target;
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      const asking = request({ hostname, port, method: 'POST', path: '/', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 502, body: Buffer.concat(chunks) });
        });
        response.on('error', reject);
      });
      asking.on('error', reject);
      asking.end(body);
    });
  }

  private spoils(how: Misbehaviour): boolean {
    const count = this.active.get(how);
    if (count === undefined || this.random.next() >= SHARE) {
      return false;
    }
    this.active.set(how, count + 1);
    return true;
  }
}
