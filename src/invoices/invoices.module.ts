import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { BlueInvoices } from './blue-invoices.js';
import { EInvoiceController, ScanController } from './einvoice.controller.js';
import { InvoiceAllowances } from './invoice-allowances.repository.js';
import { InvoiceLimitsController } from './invoice-limits.controller.js';
import { InvoiceLimits } from './invoice-limits.js';
import { InvoicesController } from './invoices.controller.js';
import { IssueRedLetter, StoreRedLetter } from './issue-red-letter.js';
import { NumberBlocks } from './number-blocks.repository.js';
import { ConfirmUse, InvoiceSides, RedConfirmations } from './red-confirmations.js';
import { RedConfirmationsRepository } from './red-confirmations.repository.js';
import { RedConfirmationsController, RedLettersController } from './red-letters.controller.js';
import { RedLettersRepository } from './red-letters.repository.js';
import { TakeBack } from './take-back.js';

@Module({
  imports: [DocumentsModule],
  controllers: [
    InvoicesController,
    EInvoiceController,
    ScanController,
    RedLettersController,
    RedConfirmationsController,
    InvoiceLimitsController,
  ],
  providers: [
    ...[BlueInvoices, RedLettersRepository, RedConfirmationsRepository, TakeBack, StoreRedLetter, IssueRedLetter],
    ...[InvoiceSides, RedConfirmations, ConfirmUse, InvoiceAllowances, NumberBlocks, InvoiceLimits],
  ],
})
export class InvoicesApiModule {}
