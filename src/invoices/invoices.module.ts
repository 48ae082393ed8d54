import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { InvoicesController } from './invoices.controller.js';

@Module({
  imports: [DocumentsModule],
  controllers: [InvoicesController],
})
export class InvoicesApiModule {}
