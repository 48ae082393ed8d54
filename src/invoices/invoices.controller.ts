import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IssueDocument, IssuedDocumentDto } from '../documents/index.js';
import { Settings } from '../platform/config/index.js';
import { Access, CurrentPrincipal, validated, type Principal } from '../platform/http/index.js';
import { CreateInvoiceDto } from './create-invoice.dto.js';
import { InvoiceKind } from './invoice.kind.js';

@ApiTags('invoices')
@Controller('v1/invoices')
export class InvoicesController {
  constructor(
    private readonly issueDocument: IssueDocument,
    private readonly kind: InvoiceKind,
    private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(201)
  @Access('invoices.issue')
  @ApiOperation({
    summary: 'Issue a VAT e-invoice (数电票)',
    description: 'When this answers 201 the invoice is stored under its final number and address.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body answer the same invoice again and use no number',
  })
  @ApiBody({ type: CreateInvoiceDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto })
  @ApiResponse({ status: 422, description: 'Each wrong field is named; nothing was stored' })
  async issue(
    @CurrentPrincipal() { ownerId }: Principal,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(CreateInvoiceDto)) request: CreateInvoiceDto,
  ): Promise<IssuedDocumentDto> {
    const issued = await this.issueDocument.execute({ issuerId: ownerId, kind: this.kind, request, idempotencyKey });
    const { id, number, documentAddress } = issued;
    return { id, number, documentAddress, verifyUrl: `${this.settings.publicBaseUrl}/v/${documentAddress}` };
  }
}
