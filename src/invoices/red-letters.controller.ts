import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { IssuedDocumentDto } from '../documents/index.js';
import { Clock, normaliseText, toChinaTime, toHalfWidth, type FieldError } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { Access, CurrentPrincipal, InvalidRequest, PathId, validated, type Principal } from '../platform/http/index.js';
import { IssueRedLetter, type RedLetterWish } from './issue-red-letter.js';
import { lapseOf, statusAt } from './red-confirmation.js';
import { storedLineOf, takingOf } from './red-confirmations.repository.js';
import { ConfirmUse, RedConfirmations, type SlipView } from './red-confirmations.js';
import { CONFIRMATION_STATUSES, RED_REASONS, type RedTaking } from './red-letter.js';
import {
  ConfirmUseDto,
  CreateRedConfirmationDto,
  RedConfirmationDto,
  RedConfirmationListDto,
  RedLetterDto,
  VoidedRedConfirmationDto,
  VoidRedConfirmationDto,
  type RedLineDto,
} from './red-letters.dto.js';

@ApiTags('red-letter invoices')
@Controller('v1/invoices')
export class RedLettersController {
  constructor(
    private readonly issueRedLetter: IssueRedLetter,
    private readonly settings: Settings,
  ) {}

  @Post(':id/red-letters')
  @HttpCode(201)
  @Access('invoices.issue')
  @ApiOperation({
    summary: 'Take back a blue invoice by a red-letter one (红字发票)',
    description:
      'Alone and as a whole while the buyer has not confirmed its use; else by a confirmation slip that both sides agreed to.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiBody({ type: RedLetterDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto })
  @ApiResponse({ status: 409, description: 'Less than this is left, or the slip does not allow it (yet)' })
  @ApiResponse({ status: 422, description: 'Each wrong field is named; nothing was stored' })
  async issue(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) documentId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(RedLetterDto)) request: RedLetterDto,
  ): Promise<IssuedDocumentDto> {
    const issued = await this.issueRedLetter.execute({
      ...{ issuerId: ownerId, documentId, idempotencyKey },
      wish: wishOf(request),
    });
    const { id, number, documentAddress } = issued;
    return { id, number, documentAddress, verifyUrl: `${this.settings.publicBaseUrl}/v/${documentAddress}` };
  }
}

@ApiTags('red-letter invoices')
@Controller('v1')
export class RedConfirmationsController {
  constructor(
    private readonly confirmations: RedConfirmations,
    private readonly confirmUse: ConfirmUse,
    private readonly clock: Clock,
  ) {}

  @Post('red-confirmations')
  @HttpCode(201)
  @Access('invoices.confirm')
  @ApiOperation({ summary: 'Enter a confirmation slip (红字发票信息确认单), as seller or as buyer' })
  @ApiBody({ type: CreateRedConfirmationDto })
  @ApiCreatedResponse({ type: RedConfirmationDto })
  async enter(
    @CurrentPrincipal() { ownerId }: Principal,
    @Body(validated(CreateRedConfirmationDto)) { documentAddress, reasonCode, lines }: CreateRedConfirmationDto,
  ): Promise<RedConfirmationDto> {
    const takings = lines?.map(readLine);
    return this.dto(await this.confirmations.enter(ownerId, documentAddress, { reasonCode, takings }));
  }

  @Get('red-confirmations')
  @Access('invoices.confirm')
  @ApiOperation({ summary: 'The newest slips of invoices that you sold or bought' })
  @ApiOkResponse({ type: RedConfirmationListDto })
  async list(@CurrentPrincipal() { ownerId }: Principal): Promise<RedConfirmationListDto> {
    return { confirmations: (await this.confirmations.list(ownerId)).map((view) => this.dto(view)) };
  }

  @Get('red-confirmations/:id')
  @Access('invoices.confirm')
  @ApiOperation({ summary: 'One slip' })
  @ApiOkResponse({ type: RedConfirmationDto })
  async one(@CurrentPrincipal() { ownerId }: Principal, @Param('id', PathId) id: string): Promise<RedConfirmationDto> {
    return this.dto(await this.confirmations.one(ownerId, id));
  }

  @Post('red-confirmations/:id/confirm')
  @HttpCode(200)
  @Access('invoices.confirm')
  @ApiOperation({ summary: 'Agree to a slip of the other side' })
  @ApiOkResponse({ type: RedConfirmationDto })
  @ApiResponse({ status: 409, description: 'It was answered, used, or lapsed after 72 hours' })
  async confirm(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
  ): Promise<RedConfirmationDto> {
    return this.dto(await this.confirmations.answer(ownerId, id, 'confirm'));
  }

  @Post('red-confirmations/:id/deny')
  @HttpCode(200)
  @Access('invoices.confirm')
  @ApiOperation({ summary: 'Deny a slip of the other side' })
  @ApiOkResponse({ type: RedConfirmationDto })
  @ApiResponse({ status: 409, description: 'It was answered, used, or lapsed after 72 hours' })
  async deny(@CurrentPrincipal() { ownerId }: Principal, @Param('id', PathId) id: string): Promise<RedConfirmationDto> {
    return this.dto(await this.confirmations.answer(ownerId, id, 'deny'));
  }

  @Post('red-confirmations/:id/withdraw')
  @HttpCode(200)
  @Access('invoices.confirm')
  @ApiOperation({ summary: 'Withdraw a slip of your own, or one that both sides agreed to' })
  @ApiOkResponse({ type: RedConfirmationDto })
  @ApiResponse({ status: 409, description: 'It was answered, used, or lapsed after 72 hours' })
  async withdraw(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
  ): Promise<RedConfirmationDto> {
    return this.dto(await this.confirmations.answer(ownerId, id, 'withdraw'));
  }

  @Post('red-confirmations/:id/void')
  @HttpCode(200)
  @Access('operator')
  @ApiOperation({
    summary: 'Pass on that the tax bureau’s platform has voided a slip',
    description:
      'Status 10, 11, 12 or 13, while the slip is in status 01 to 04 and no red-letter invoice was issued on it. ' +
      '12 only when the buyer is a natural person, who has no account to deny it with.',
  })
  @ApiBody({ type: VoidRedConfirmationDto })
  @ApiOkResponse({ type: VoidedRedConfirmationDto })
  @ApiResponse({ status: 409, description: 'It is void or used already, or the buyer is no natural person' })
  async void(
    @Param('id', PathId) slipId: string,
    @Body(validated(VoidRedConfirmationDto)) { statusCode: as }: VoidRedConfirmationDto,
  ): Promise<VoidedRedConfirmationDto> {
    const { id, number, status } = await this.confirmations.void(slipId, as);
    return { id, number, statusCode: status, status: CONFIRMATION_STATUSES[status] };
  }

  @Post('invoice-uses')
  @HttpCode(204)
  @Access('invoices.confirm')
  @ApiOperation({
    summary: 'Say, as the buyer, that an invoice is deducted (用途确认) or booked (入账确认)',
    description: 'From then on the seller cannot take it back alone. Saying it twice changes nothing.',
  })
  @ApiBody({ type: ConfirmUseDto })
  @ApiNoContentResponse()
  async use(
    @CurrentPrincipal() { ownerId }: Principal,
    @Body(validated(ConfirmUseDto)) { documentAddress, use }: ConfirmUseDto,
  ): Promise<void> {
    await this.confirmUse.execute(ownerId, documentAddress, use);
  }

  private dto({ slip, side }: SlipView): RedConfirmationDto {
    const statusCode = statusAt(slip, this.clock.now());
    const { id, number, uuid, initiator, reasonCode, takings, enteredAt, confirmedAt } = slip;
    const isOpen = statusCode === '02' || statusCode === '03';
    return {
      ...{ id, number, uuid, side, initiator, statusCode, status: CONFIRMATION_STATUSES[statusCode] },
      ...{ reasonCode, reason: RED_REASONS[reasonCode] },
      ...(takings !== undefined && { lines: takings.map(storedLineOf) }),
      enteredAt: toChinaTime(enteredAt),
      ...(isOpen && { expiresAt: toChinaTime(lapseOf(enteredAt)) }),
      ...(confirmedAt !== undefined && { confirmedAt: toChinaTime(confirmedAt) }),
      isUsed: slip.redDocumentId !== undefined,
    };
  }
}

function wishOf({ confirmationId, reasonCode, lines, drawer, remark }: RedLetterDto): RedLetterWish {
  const words = { drawer: normaliseText(drawer), ...(remark !== undefined && { remark: normaliseText(remark) }) };
  const errors: FieldError[] = [];
  if (confirmationId === undefined) {
    if (reasonCode !== undefined) {
      return { ...words, reasonCode, ...(lines !== undefined && { takings: lines.map(readLine) }) };
    }
    errors.push(refused('reasonCode', 'invoices.red-reason-required', 'Give a reason, or a confirmation slip.'));
  }
  for (const [field, value] of Object.entries({ reasonCode, lines })) {
    if (value !== undefined) {
      errors.push(refused(field, 'invoices.red-slip-says-it', 'Leave this out: the confirmation slip says it.'));
    }
  }
  if (confirmationId === undefined || errors.length > 0) {
    throw new InvalidRequest(errors);
  }
  return { ...words, confirmationId };
}

function refused(field: string, code: string, message: string): FieldError {
  return { field, code, message };
}

function readLine({ quantity, ...line }: RedLineDto): RedTaking {
  return takingOf({ ...line, ...(quantity !== undefined && { quantity: toHalfWidth(quantity) }) });
}
