import { Global, Module } from '@nestjs/common';
import { DocumentKinds } from '../documents/index.js';
import { InvoiceKind } from '../invoices/index.js';

/** The kinds of documents this installation knows. A new family is added here and nowhere below. */
@Global()
@Module({
  providers: [
    InvoiceKind,
    {
      provide: DocumentKinds,
      useFactory: (invoice: InvoiceKind) => new DocumentKinds([invoice]),
      inject: [InvoiceKind],
    },
  ],
  exports: [InvoiceKind, DocumentKinds],
})
export class KindsModule {}
