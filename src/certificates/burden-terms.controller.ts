import { Body, Controller, Headers, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiCreatedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IssuedDocumentDto } from '../documents/index.js';
import { Access, CurrentPrincipal, validated, type Principal } from '../platform/http/index.js';
import { ActAnswer, RepeatableAct } from './act-answer.js';
import { ExtendBurden } from './extend-burden.js';
import { EnterSuitDto, RenewSeizureDto, StartNoticeTermDto } from './register-acts.dto.js';

/** Acts that say how long a burden stands. */
@ApiTags('certificates')
@ApiBearerAuth()
@Controller('v1/certificates')
export class BurdenTermsController {
  constructor(
    private readonly extend: ExtendBurden,
    private readonly answer: ActAnswer,
  ) {}

  @Post(':id/objection-suit')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Enter the suit that follows an objection',
    description: 'Handed in within its 15 days, it keeps the objection from lapsing.',
  })
  @RepeatableAct()
  @ApiBody({ type: EnterSuitDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The certificate the act is entered on' })
  @ApiResponse({ status: 409, description: '`certificates.burden-not-active`, `.suit-known`, `.not-current`' })
  async suit(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', ParseUUIDPipe) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(EnterSuitDto)) request: EnterSuitDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.extend.suit({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/notice-term')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Enter the day from which on a noticed right can be registered',
    description: 'The advance notice lapses 90 days after.',
  })
  @RepeatableAct()
  @ApiBody({ type: StartNoticeTermDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The certificate the act is entered on' })
  @ApiResponse({ status: 409, description: '`certificates.burden-not-active`, `.term-known`, `.not-current`' })
  async noticeTerm(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', ParseUUIDPipe) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(StartNoticeTermDto)) request: StartNoticeTermDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(
      await this.extend.startNoticeTerm({ issuerId: ownerId, certificateId, request, idempotencyKey }),
    );
  }

  @Post(':id/seizure-renewal')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Renew the seizure in effect (续封)',
    description: 'Without it, the seizure lapses after its last day.',
  })
  @RepeatableAct()
  @ApiBody({ type: RenewSeizureDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The certificate the act is entered on' })
  @ApiResponse({ status: 409, description: '`certificates.not-seized`, `.not-current`' })
  async renew(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', ParseUUIDPipe) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(RenewSeizureDto)) request: RenewSeizureDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(
      await this.extend.renewSeizure({ issuerId: ownerId, certificateId, request, idempotencyKey }),
    );
  }
}
