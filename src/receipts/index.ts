export { builtInReceiptKinds } from './receipt-kinds.js';
export { ReceiptKind } from './receipt.kind.js';
