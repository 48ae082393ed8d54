import { Global, Module } from '@nestjs/common';
import { CertificateKind, PropertyProofKind } from '../certificates/index.js';
import { DocumentKinds, ReferenceTablesModule, type DocumentKind } from '../documents/index.js';
import { InvoiceAllowances, InvoiceKind } from '../invoices/index.js';
import { BuiltInReceiptKinds, ReceiptKindRegistry, ReceiptKindsModule } from '../receipts/index.js';

/** The kinds of documents this installation knows. A new family is added here and nowhere below. */
const KINDS = [InvoiceKind, CertificateKind, PropertyProofKind];

@Global()
@Module({
  imports: [ReferenceTablesModule, ReceiptKindsModule],
  providers: [
    InvoiceAllowances,
    ...KINDS,
    {
      provide: DocumentKinds,
      useFactory: (receipts: BuiltInReceiptKinds, registered: ReceiptKindRegistry, ...kinds: DocumentKind[]) =>
        new DocumentKinds([...kinds, ...receipts.all], registered),
      inject: [BuiltInReceiptKinds, ReceiptKindRegistry, ...KINDS],
    },
  ],
  exports: [...KINDS, DocumentKinds],
})
export class KindsModule {}
