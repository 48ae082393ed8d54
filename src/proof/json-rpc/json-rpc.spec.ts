import { describe, expect, it } from 'vitest';
import { openChains } from './index.js';

const HASH = `0x${'ab'.repeat(32)}`;
const STORE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

type Request = { readonly id: number; readonly method: string };
type Node = (request: Request) => unknown;

/** Nodes by URL, answering as JSON-RPC does; `requests` counts what was sent. */
function network(nodes: Readonly<Record<string, Node | 'down' | 'single'>>): {
  fetch: typeof globalThis.fetch;
  requests: Request[][];
} {
  const requests: Request[][] = [];
  const reply = (node: Node, request: Request): object => {
    const result = node(request);
    return result instanceof Error
      ? { jsonrpc: '2.0', id: request.id, error: { code: 3, message: result.message } }
      : { jsonrpc: '2.0', id: request.id, result };
  };
  const fetch = (url: unknown, init?: RequestInit): Promise<Response> => {
    const node = nodes[String(url)];
    if (node === undefined || node === 'down') {
      return Promise.reject(new TypeError('fetch failed'));
    }
    const asked = JSON.parse(init?.body as string) as Request | Request[];
    requests.push([asked].flat());
    const answering = node === 'single' ? says(true) : node;
    if (node === 'single' && Array.isArray(asked)) {
      return Promise.resolve(new Response('no batches', { status: 400 }));
    }
    const body = Array.isArray(asked) ? asked.map((one) => reply(answering, one)).reverse() : reply(answering, asked);
    return Promise.resolve(Response.json(body));
  };
  return { fetch, requests };
}

/** A node of chain 1337 whose contracts all answer alike. */
function says(answer: boolean, chainId = '0x539'): Node {
  return ({ method }) => {
    const answers: Record<string, unknown> = {
      eth_chainId: chainId,
      eth_getCode: '0x60',
      eth_call: `0x${answer ? '1'.padStart(64, '0') : '0'.repeat(64)}`,
    };
    return answers[method] ?? new Error('method not found');
  };
}

type Nodes = Parameters<typeof network>[0];

async function isIssuedBy(nodes: Nodes): Promise<boolean | undefined> {
  const { chains } = await openChains(
    Object.keys(nodes).map((url) => ({ url })),
    { fetch: network(nodes).fetch },
  );
  return chains('eip155:1337')?.isIssued(STORE, HASH);
}

describe('nodes', () => {
  const yes = says(true);
  const no = says(false);

  it.each<[string, Nodes, boolean]>([
    ['one', { 'http://a': yes }, true],
    ['three of which one lies', { 'http://a': yes, 'http://b': no, 'http://c': yes }, true],
    ['three of which one is down', { 'http://a': 'down', 'http://b': no, 'http://c': no }, false],
    [
      'three of which one serves another chain',
      { 'http://a': says(false, '0x1'), 'http://b': yes, 'http://c': yes },
      true,
    ],
    ['one that takes no batches', { 'http://a': 'single' }, true],
  ])('are believed: %s', async (_, nodes, expected) => {
    expect(await isIssuedBy(nodes)).toBe(expected);
  });

  it.each<[string, Nodes, string]>([
    ['two that disagree', { 'http://a': yes, 'http://b': no }, 'disagreement'],
    [
      'three of which one is down and two disagree',
      { 'http://a': yes, 'http://b': no, 'http://c': 'down' },
      'disagreement',
    ],
    ['three of which two are down', { 'http://a': yes, 'http://b': 'down', 'http://c': 'down' }, 'unreachable'],
    ['one that is down', { 'http://a': 'down' }, 'unreachable'],
    [
      'one that answers nonsense',
      { 'http://a': ({ method }) => (method === 'eth_chainId' ? '0x539' : 'hm') },
      'unreachable',
    ],
  ])('are not believed: %s', async (_, nodes, why) => {
    await expect(isIssuedBy(nodes)).rejects.toMatchObject({ why });
  });

  it('of another chain leave the chain unknown', async () => {
    expect(await isIssuedBy({ 'http://a': says(true, '0x1') })).toBeUndefined();
  });

  it('named for a chain that they do not serve keep their vote and cannot cast it', async () => {
    const { fetch } = network({ 'http://a': says(true, '0x1') });
    const { chains, nodes } = await openChains([{ url: 'http://a', chainId: 'eip155:1337' }], { fetch });
    expect(nodes).toMatchObject([{ state: 'serves-another-chain' }]);
    await expect(chains('eip155:1337')?.isIssued(STORE, HASH)).rejects.toMatchObject({ why: 'unreachable' });
  });

  it('are asked many questions in one request, and tell the answers apart in any order', async () => {
    const { fetch, requests } = network({
      'http://a': ({ method, id }) => (method === 'eth_chainId' ? '0x539' : id % 2 === 0 ? '0x' : '0x60'),
    });
    const { chains } = await openChains([{ url: 'http://a' }], { fetch });
    const asked = Array.from(
      { length: 150 },
      () => chains('eip155:1337')?.hasCode(STORE) ?? Promise.reject(new Error('no chain')),
    );
    const answers = await Promise.all(asked);
    expect(requests.map(({ length }) => length)).toEqual([1, 100, 50]);
    expect(answers).toEqual(Array.from({ length: 150 }, (_, index) => (index % 100) % 2 === 1));
  });
});
