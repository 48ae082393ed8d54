/** Opaque 32-byte entries → batch → chain. Knows issuers by id, and no document. */
export { AnchorRepairs } from './anchor-repairs.js';
export type { AnchorPlace } from './anchor-repairs.js';
export { SETBACKS } from './anchoring.errors.js';
export { CHAINS_AT_A_TIME } from './anchoring.jobs.js';
export {
  AnchoringModule,
  AnchoringWorkerModule,
  AnchorRepairsModule,
  BatchesApiModule,
  anchoringHandlers,
} from './anchoring.module.js';
export {
  BackAnchorHandler,
  ConfirmRootsHandler,
  PublishRootsHandler,
  SealBatchHandler,
} from './anchoring.processor.js';
export type { AnchorState } from './batch-state.js';
export { evidenceAnchors } from './evidence-anchors.js';
export type { PlaceInBatch } from './evidence-anchors.js';
export { ListBatches } from './list-batches.js';
export { ReadProof } from './read-proof.js';
export type { AnchorOfRoot, ProofOfLeaf } from './read-proof.js';
export { StoreDirectory } from './store-directory.js';
export { didAnchor, StoreRegister } from './store-register.js';
export { cappedFees } from './fees.js';
export { relayersOf, senderOf } from './relayer.js';
export type { Relayer } from './relayer.js';
export { outcomeOf } from './broadcast-outcome.js';
export type { BroadcastOutcome } from './broadcast-outcome.js';
export { PushTransactions } from './push-transactions.js';
export { attemptOf, TransactionsRepository } from './transactions.repository.js';
export type { Attempt } from './transactions.repository.js';
export { SubmitLeaf } from './submit-leaf.js';
