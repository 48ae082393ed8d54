import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { IssuedDocumentDto, type IssuedDocument } from '../documents/index.js';
import { Settings } from '../platform/config/index.js';
import { Access, CurrentPrincipal, PathId, validated, type Principal } from '../platform/http/index.js';
import { ConfiguredReceiptDto } from './configured-receipt.dto.js';
import { IssueReceipt } from './issue-receipt.js';
import { MedicalReceiptDto } from './medical-receipt.dto.js';
import { TicketStateDto, TicketListDto, UseTicketDto, WriteOffReceiptDto } from './receipts.dto.js';
import { ScenicTicketDto } from './scenic-ticket.dto.js';
import { Tickets } from './tickets.js';
import { TrafficFineDto } from './traffic-fine.dto.js';
import { WriteOffReceipt } from './write-off-receipt.js';

const REQUESTS = [TrafficFineDto, MedicalReceiptDto, ScenicTicketDto, ConfiguredReceiptDto];
const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'The same key and body answer the same bill again and use no number',
};

@ApiTags('receipts')
@ApiExtraModels(...REQUESTS)
@Controller('v1/receipts')
export class ReceiptsController {
  constructor(
    private readonly issueReceipt: IssueReceipt,
    private readonly writeOffReceipt: WriteOffReceipt,
    private readonly tickets: Tickets,
    private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(201)
  @Access('receipts.issue')
  @ApiOperation({
    summary: 'Issue a receipt of the kind the body names',
    description: 'When this answers 201 the receipt is stored under its final number and address.',
  })
  @ApiHeader(IDEMPOTENCY)
  @ApiBody({ schema: { oneOf: REQUESTS.map((dto) => ({ $ref: getSchemaPath(dto) })) } })
  @ApiCreatedResponse({ type: IssuedDocumentDto })
  @ApiResponse({ status: 409, description: 'The decision has a receipt, or a ticket was sold' })
  @ApiResponse({ status: 422, description: 'Each wrong field is named; nothing was stored' })
  async issue(
    @CurrentPrincipal() { ownerId: issuerId }: Principal,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body() body: unknown,
  ): Promise<IssuedDocumentDto> {
    return this.answer(await this.issueReceipt.execute({ issuerId, body, idempotencyKey }));
  }

  @Post(':id/write-off')
  @HttpCode(201)
  @Access('receipts.issue')
  @ApiOperation({ summary: 'Take a bill back (冲红)', description: 'Answers the negative bill that refers to it.' })
  @ApiHeader(IDEMPOTENCY)
  @ApiBody({ type: WriteOffReceiptDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto })
  @ApiResponse({ status: 409, description: 'It was taken back before, or takes another one back' })
  async writeOff(
    @CurrentPrincipal() { ownerId: issuerId }: Principal,
    @Param('id', PathId) receiptId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(WriteOffReceiptDto)) { reason }: WriteOffReceiptDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer(await this.writeOffReceipt.execute({ issuerId, receiptId, reason, idempotencyKey }));
  }

  @Get(':id/tickets')
  @Access('documents.read')
  @ApiOperation({ summary: 'The tickets of a scenic ticket receipt and their states' })
  @ApiOkResponse({ type: TicketListDto })
  async list(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) receiptId: string,
  ): Promise<TicketListDto> {
    return { items: (await this.tickets.list(ownerId, receiptId)).map(TicketStateDto.of) };
  }

  @Post(':id/tickets/:ticketNo/use')
  @HttpCode(204)
  @Access('receipts.issue')
  @ApiOperation({ summary: 'Mark a ticket as used' })
  @ApiBody({ type: UseTicketDto })
  @ApiNoContentResponse()
  @ApiResponse({ status: 409, description: 'It was used or refunded before' })
  async use(
    @CurrentPrincipal() { ownerId: issuerId }: Principal,
    @Param('id', PathId) receiptId: string,
    @Param('ticketNo') ticketNo: string,
    @Body(validated(UseTicketDto)) { usedAt, gate }: UseTicketDto,
  ): Promise<void> {
    await this.tickets.use({ issuerId, receiptId, ticketNo }, { usedAt, gate });
  }

  @Post(':id/tickets/:ticketNo/refund')
  @HttpCode(201)
  @Access('receipts.issue')
  @ApiOperation({ summary: 'Refund a ticket', description: 'Answers the negative bill over its price.' })
  @ApiHeader(IDEMPOTENCY)
  @ApiBody({ type: WriteOffReceiptDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto })
  @ApiResponse({ status: 409, description: 'It was used or refunded before' })
  async refund(
    @CurrentPrincipal() { ownerId: issuerId }: Principal,
    @Param('id', PathId) receiptId: string,
    @Param('ticketNo') ticketNo: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(WriteOffReceiptDto)) { reason }: WriteOffReceiptDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer(await this.tickets.refund({ issuerId, receiptId, ticketNo }, { reason, idempotencyKey }));
  }

  private answer({ id, number, documentAddress }: IssuedDocument): IssuedDocumentDto {
    return { id, number, documentAddress, verifyUrl: `${this.settings.publicBaseUrl}/v/${documentAddress}` };
  }
}
