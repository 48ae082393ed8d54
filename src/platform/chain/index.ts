export { documentInitCodeHash } from './abi/constants.js';
export { documentStoreAbi } from './abi/document-store.js';
export { materialisedDocumentAbi } from './abi/materialised-document.js';
export { storeFactoryAbi } from './abi/store-factory.js';
export { documentAddress, factoryAddress, storeAddress } from './addresses.js';
export type { StoreRoles } from './addresses.js';
export {
  addressOf,
  anchorGasLimit,
  MAX_ANCHORS_PER_TRANSACTION,
  signAnchorMany,
  signCall,
  signFiller,
  skippedAnchors,
} from './anchor-transaction.js';
export type { AnchorRequest, ChainLog, Fees, SignedTransaction, Signing, SkippedAnchor } from './anchor-transaction.js';
export { ChainClient } from './chain-client.js';
export type {
  BroadcastResult,
  ChainBlock,
  ChainSettings,
  LogFilter,
  PlacedLog,
  TransactionReceipt,
} from './chain-client.js';
export { ChainUnreachable, ForeignCode, StoreNotFound, TransactionRefused, WrongChain } from './chain.errors.js';
export type { RefusalReason } from './chain.errors.js';
export { Chains } from './chains.js';
export type { ConfiguredChain } from './chains.js';
export { createStore, deployContracts } from './deploy-contracts.js';
export type { DeployedContracts } from './deploy-contracts.js';
export { revokeHashes } from './revoke-hashes.js';
export { setRelayer } from './set-relayer.js';
export type { RelayerOutcome } from './set-relayer.js';
export { findAnchoringBlock } from './find-anchoring-block.js';
