/** Chains by JSON-RPC over `fetch`, in browsers and in Node: no library, a majority of nodes, batches. */
export { materialisedLeaf } from './document-calls.js';
export { openChains } from './open-chains.js';
export type { OpenedChains, RpcEndpoint, RpcNodeState } from './open-chains.js';
export type { RpcTools } from './rpc-node.js';
