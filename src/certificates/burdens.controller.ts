import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IssuedDocumentDto } from '../documents/index.js';
import { Access, CurrentPrincipal, PathId, validated, type Principal } from '../platform/http/index.js';
import { ActAnswer, RepeatableAct } from './act-answer.js';
import { BurdenProperty } from './burden-property.js';
import { RegisterPageDto } from './certificates.dto.js';
import { CloseEntry } from './close-entry.js';
import { ReadRegister } from './read-register.js';
import {
  CancelProofDto,
  MortgagePropertyDto,
  RegisterEasementDto,
  RegisterNoticeDto,
  RegisterObjectionDto,
  ReleaseSeizureDto,
  SeizePropertyDto,
} from './register-acts.dto.js';
import { RegisterEasement } from './register-easement.js';
import { SeizeProperty } from './seize-property.js';

/** Acts that burden a unit, or free it. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class BurdensController {
  constructor(
    private readonly burdens: BurdenProperty,
    private readonly seizures: SeizeProperty,
    private readonly closing: CloseEntry,
    private readonly easements: RegisterEasement,
    private readonly register: ReadRegister,
    private readonly answer: ActAnswer,
  ) {}

  @Get(':id/register')
  @Access('documents.read')
  @ApiOperation({ summary: 'What the register book says of the unit of a certificate' })
  @ApiOkResponse({ type: RegisterPageDto })
  async page(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
  ): Promise<RegisterPageDto> {
    return RegisterPageDto.of(await this.register.execute(ownerId, certificateId));
  }

  @Post(':id/mortgage')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({ summary: 'Enter a mortgage (抵押登记)', description: 'Ranks follow the order of registration.' })
  @RepeatableAct()
  @ApiBody({ type: MortgagePropertyDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The proof' })
  @ApiResponse({ status: 409, description: '`certificates.seized`, `.notice-blocks`, `.not-current`' })
  async mortgage(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(MortgagePropertyDto)) request: MortgagePropertyDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.burdens.mortgage({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/easement')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Enter an easement (地役权登记) on the unit that serves',
    description: 'When this register keeps the unit that gains, its certificate tells of it, too.',
  })
  @RepeatableAct()
  @ApiBody({ type: RegisterEasementDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The proof' })
  @ApiResponse({ status: 409, description: '`certificates.seized`, `.notice-blocks`, `.not-current`' })
  async easement(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(RegisterEasementDto)) request: RegisterEasementDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.easements.execute({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/notice')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Enter an advance notice (预告登记)',
    description:
      'It blocks disposal without the consent of its holder, and lapses 90 days after registration became possible.',
  })
  @RepeatableAct()
  @ApiBody({ type: RegisterNoticeDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The proof' })
  @ApiResponse({ status: 409, description: '`certificates.seized`, `.notice-blocks`, `.not-current`' })
  async notice(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(RegisterNoticeDto)) request: RegisterNoticeDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.burdens.notice({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/objection')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Enter an objection (异议登记)',
    description: 'It lapses after 15 days unless a suit is entered.',
  })
  @RepeatableAct()
  @ApiBody({ type: RegisterObjectionDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The proof' })
  @ApiResponse({ status: 409, description: '`certificates.objection-pending`, `.not-current`' })
  async objection(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(RegisterObjectionDto)) request: RegisterObjectionDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.burdens.objection({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/proof-cancellation')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'End a mortgage, notice, objection or easement (注销)',
    description: 'Its proof is cancelled.',
  })
  @RepeatableAct()
  @ApiBody({ type: CancelProofDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The certificate the act is entered on' })
  @ApiResponse({ status: 409, description: '`certificates.burden-not-active`, `.not-current`' })
  async cancelProof(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(CancelProofDto)) request: CancelProofDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(
      await this.closing.cancelProof({ issuerId: ownerId, certificateId, request, idempotencyKey }),
    );
  }

  @Post(':id/seizure')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Enter a seizure (查封登记)',
    description: 'A further one waits until the one before it is released or its term is over.',
  })
  @RepeatableAct()
  @ApiBody({ type: SeizePropertyDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The certificate the act is entered on' })
  @ApiResponse({ status: 409, description: '`certificates.seizure-known`, `.not-current`' })
  async seize(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(SeizePropertyDto)) request: SeizePropertyDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.seizures.seize({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/seizure-release')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({ summary: 'End a seizure (解封)', description: 'The next waiting one takes effect.' })
  @RepeatableAct()
  @ApiBody({ type: ReleaseSeizureDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The certificate the act is entered on' })
  @ApiResponse({ status: 409, description: '`certificates.not-seized`, `.not-current`' })
  async release(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(ReleaseSeizureDto)) request: ReleaseSeizureDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.seizures.release({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }
}
