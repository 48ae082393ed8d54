export { ReceiptKindRegistry } from './receipt-kind-registry.js';
export { BuiltInReceiptKinds } from './receipt-kinds.js';
export type { ReceiptKind } from './receipt.kind.js';
export { ReceiptKindsModule, ReceiptsApiModule } from './receipts.module.js';
