import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { defineTextRule } from '../platform/validation/index.js';
import { CreateInvoiceDto, type InvoiceRequest } from './create-invoice.dto.js';
import type { EInvoiceReading } from './einvoice-reading.js';

const LONGEST_XML = 4 * 1024 * 1024;

const xmlText = defineTextRule<true>('isXmlText', (text) =>
  text.length <= LONGEST_XML ? null : { code: 'validation.too-long', message: 'The file is larger than 4 MiB.' },
);

/** The body of `POST /v1/invoices/readings`. */
export class ReadEInvoiceDto {
  @ApiProperty({ description: 'The text of the file' })
  @xmlText(true)
  xml!: string;
}

export class EInvoiceReadingDto {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the file says, and `warnings`' })
  invoice!: EInvoiceReading;

  @ApiPropertyOptional({
    type: () => CreateInvoiceDto,
    description: 'Of a blue invoice: the body that issues the same',
  })
  request?: InvoiceRequest;
}
