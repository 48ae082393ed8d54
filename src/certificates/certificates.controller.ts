import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IssuedDocumentDto } from '../documents/index.js';
import { Access, CurrentPrincipal, PathId, validated, type Principal } from '../platform/http/index.js';
import { ActAnswer, RepeatableAct } from './act-answer.js';
import { ChangeProperty } from './change-property.js';
import { CloseEntry } from './close-entry.js';
import { RegisterPropertyDto } from './property.dto.js';
import {
  CancelCertificateDto,
  ChangePropertyDto,
  CorrectPropertyDto,
  ReissueCertificateDto,
  TransferPropertyDto,
} from './register-acts.dto.js';
import { RegisterProperty } from './register-property.js';
import { TransferProperty } from './transfer-property.js';

/** Acts that lead to certificates, or end them. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class CertificatesController {
  constructor(
    private readonly first: RegisterProperty,
    private readonly transfers: TransferProperty,
    private readonly changes: ChangeProperty,
    private readonly closing: CloseEntry,
    private readonly answer: ActAnswer,
  ) {}

  @Post()
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Register a unit for the first time (首次登记)',
    description: 'When this answers 201 the certificate is stored under its final number and address.',
  })
  @RepeatableAct()
  @ApiBody({ type: RegisterPropertyDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The new certificate' })
  @ApiResponse({ status: 409, description: '`certificates.unit-has-current`, `certificates.other-place`' })
  async register(
    @CurrentPrincipal() { ownerId }: Principal,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(RegisterPropertyDto)) request: RegisterPropertyDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.first.execute({ issuerId: ownerId, request, idempotencyKey }));
  }

  @Post(':id/transfer')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Transfer to new owners (转移登记)',
    description: 'Mortgages go along; the certificate before is superseded.',
  })
  @RepeatableAct()
  @ApiBody({ type: TransferPropertyDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The new certificate' })
  @ApiResponse({
    status: 409,
    description: '`certificates.seized`, `.notice-blocks`, `.transfer-forbidden-by-mortgage`, `.not-current`',
  })
  async transfer(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(TransferPropertyDto)) request: TransferPropertyDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.transfers.execute({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/change')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({ summary: 'Change names, address, area (变更登记)', description: 'What is left out stays.' })
  @RepeatableAct()
  @ApiBody({ type: ChangePropertyDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The new certificate' })
  @ApiResponse({ status: 409, description: '`certificates.not-current`' })
  async change(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(ChangePropertyDto)) request: ChangePropertyDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.changes.change({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/correction')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({ summary: 'Correct an error (更正登记)', description: 'What is left out stays.' })
  @RepeatableAct()
  @ApiBody({ type: CorrectPropertyDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The new certificate' })
  @ApiResponse({ status: 409, description: '`certificates.not-current`' })
  async correct(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(CorrectPropertyDto)) request: CorrectPropertyDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.changes.correct({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/reissue')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Issue a lost certificate anew (遗失补证)',
    description: '15 working days after the declaration of loss.',
  })
  @RepeatableAct()
  @ApiBody({ type: ReissueCertificateDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The new certificate' })
  @ApiResponse({ status: 409, description: '`certificates.not-current`' })
  async reissue(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(ReissueCertificateDto)) request: ReissueCertificateDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(await this.changes.reissue({ issuerId: ownerId, certificateId, request, idempotencyKey }));
  }

  @Post(':id/cancellation')
  @HttpCode(201)
  @Access('certificates.issue')
  @ApiOperation({
    summary: 'Cancel, and close the entry of the unit (注销登记)',
    description: 'The unit may be registered anew later.',
  })
  @RepeatableAct()
  @ApiBody({ type: CancelCertificateDto })
  @ApiCreatedResponse({ type: IssuedDocumentDto, description: 'The certificate the act is entered on' })
  @ApiResponse({ status: 409, description: '`certificates.seized`, `.encumbered`, `.not-current`' })
  async cancel(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) certificateId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(CancelCertificateDto)) request: CancelCertificateDto,
  ): Promise<IssuedDocumentDto> {
    return this.answer.of(
      await this.closing.cancelCertificate({ issuerId: ownerId, certificateId, request, idempotencyKey }),
    );
  }
}
