import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { id } from 'ethers';
import type { Mood } from '../../vectors/museum/piece.js';

/** Blocks in which the chain stood before what some moods leave out. */
export type Past = { readonly beforeAnchors: number; readonly beforeRevocations: number };

type Question = { readonly id: unknown; readonly method: string; readonly params?: readonly unknown[] };

const OTHER_CHAIN = 9_999;
/** Place of the block among the parameters. */
const ASKED_AT: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getCode: 1,
  eth_getStorageAt: 2,
};
const NULLABLE: ReadonlySet<string> = new Set(['eth_getTransactionReceipt', 'eth_getTransactionByHash']);
const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };

/**
 * Runs instead of a store and answers one word: 1 when `isIssued(bytes32)` is asked, 0 to all else.
 * calldataload(0) >> 224 == selector, stored at 0, 32 bytes returned.
 */
const VOUCHING_CODE = `0x5f3560e01c63${id('isIssued(bytes32)').slice(2, 10)}145f5260205ff3`;

/** Stands between verifiers and the chain as one of its nodes, and answers by its mood. */
export class MoodyNode {
  mood: Mood = 'honest';
  private past: Past = { beforeAnchors: 0, beforeRevocations: 0 };
  private stores: readonly string[] = [];

  private constructor(
    private readonly target: string,
    private readonly server: Server,
  ) {}

  static async before(target: string): Promise<MoodyNode> {
    const server = createServer();
    const node = new MoodyNode(target, server);
    server.on('request', (question: IncomingMessage, answer: ServerResponse) => {
      node.serve(question, answer).catch(() => answer.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  remember(past: Past, stores: readonly string[]): void {
    this.past = past;
    this.stores = stores;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(question: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of question) {
      chunks.push(chunk as Buffer);
    }
    if (this.mood === 'down') {
      answer.destroy();
      return;
    }
    if (question.method === 'OPTIONS') {
      answer.writeHead(204, CORS).end();
      return;
    }
    const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Question | Question[];
    const said = Array.isArray(asked) ? await Promise.all(asked.map((one) => this.say(one))) : await this.say(asked);
    answer.writeHead(200, { ...CORS, 'content-type': 'application/json' }).end(JSON.stringify(said));
  }

  private say(asked: Question): unknown {
    switch (this.mood) {
      case 'of-another-chain':
        return this.fromAnotherChain(asked);
      case 'behind':
        return this.fromBehind(asked);
      case 'denies-anchors':
        return this.forward(askedAt(asked, this.past.beforeAnchors));
      case 'hides-revocations':
        return this.forward(askedAt(asked, this.past.beforeRevocations));
      case 'vouches-for-all':
        return this.forward(this.withVouchingStores(asked));
      case 'honest':
      case 'down':
        return this.forward(asked);
    }
  }

  private fromAnotherChain(asked: Question): unknown {
    if (asked.method === 'eth_chainId' || asked.method === 'net_version') {
      return { jsonrpc: '2.0', id: asked.id, result: `0x${OTHER_CHAIN.toString(16)}` };
    }
    return NULLABLE.has(asked.method)
      ? { jsonrpc: '2.0', id: asked.id, result: null }
      : this.forward(askedAt(asked, 0));
  }

  private fromBehind(asked: Question): unknown {
    const { beforeAnchors } = this.past;
    if (asked.method === 'eth_blockNumber') {
      return { jsonrpc: '2.0', id: asked.id, result: hexOf(beforeAnchors) };
    }
    return NULLABLE.has(asked.method)
      ? { jsonrpc: '2.0', id: asked.id, result: null }
      : this.forward(askedAt(newestIs(asked, beforeAnchors), beforeAnchors));
  }

  private withVouchingStores(asked: Question): Question {
    const overrides = Object.fromEntries(this.stores.map((store) => [store, { code: VOUCHING_CODE }]));
    return asked.method === 'eth_call' ? { ...asked, params: [asked.params?.[0], 'latest', overrides] } : asked;
  }

  private async forward(asked: Question): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.target, { method: 'POST', headers, body: JSON.stringify(asked) });
    return answer.json();
  }
}

/** The same question, where it is about the newest block, about another. */
function newestIs(asked: Question, number: number): Question {
  const isNewest = asked.method === 'eth_getBlockByNumber' && asked.params?.[0] === 'latest';
  return isNewest ? { ...asked, params: [hexOf(number), false] } : asked;
}

/** The same question about the chain as it stood after block `number`. */
function askedAt(asked: Question, number: number): Question {
  const place = ASKED_AT[asked.method];
  return place === undefined
    ? asked
    : { ...asked, params: (asked.params ?? []).map((value, index) => (index === place ? hexOf(number) : value)) };
}

function hexOf(number: number): string {
  return `0x${number.toString(16)}`;
}
