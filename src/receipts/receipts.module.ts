import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { IssueReceipt } from './issue-receipt.js';
import { IssueWriteOff } from './issue-write-off.js';
import { ReadReceiptKinds } from './read-receipt-kinds.js';
import { ReceiptClaimsRepository } from './receipt-claims.repository.js';
import { ReceiptKindRegistry } from './receipt-kind-registry.js';
import { BuiltInReceiptKinds } from './receipt-kinds.js';
import { ReceiptKindsController } from './receipt-kinds.controller.js';
import { ReceiptKindsRepository } from './receipt-kinds.repository.js';
import { ReceiptTools } from './receipt.kind.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { RegisterReceiptKind } from './register-receipt-kind.js';
import { Tickets } from './tickets.js';
import { WriteOffReceipt } from './write-off-receipt.js';

/** The kinds themselves, for every process that meets documents. */
@Module({
  providers: [ReceiptClaimsRepository, ReceiptKindsRepository, ReceiptTools, BuiltInReceiptKinds, ReceiptKindRegistry],
  exports: [ReceiptClaimsRepository, ReceiptKindsRepository, BuiltInReceiptKinds, ReceiptKindRegistry],
})
export class ReceiptKindsModule {}

@Module({
  imports: [DocumentsModule, ReceiptKindsModule],
  controllers: [ReceiptsController, ReceiptKindsController],
  providers: [
    IssueReceipt,
    IssueWriteOff,
    WriteOffReceipt,
    Tickets,
    ReceiptsRepository,
    RegisterReceiptKind,
    ReadReceiptKinds,
  ],
})
export class ReceiptsApiModule {}
