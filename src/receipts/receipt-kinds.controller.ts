import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Access, InvalidQuery } from '../platform/http/index.js';
import { ReadReceiptKinds } from './read-receipt-kinds.js';
import { ReceiptKindConfigurationDto } from './receipt-kind-configuration.dto.js';
import { ReceiptKindDto, ReceiptKindListDto, ReceiptKindSummaryDto, RegisteredKindDto } from './receipts.dto.js';
import { RegisterReceiptKind } from './register-receipt-kind.js';

@ApiTags('receipts')
@Controller('v1/receipt-kinds')
export class ReceiptKindsController {
  constructor(
    private readonly registerKind: RegisterReceiptKind,
    private readonly kinds: ReadReceiptKinds,
  ) {}

  @Get()
  @Access('operator', 'receipts.issue')
  @ApiOperation({ summary: 'The kinds of receipts that may be issued' })
  @ApiOkResponse({ type: ReceiptKindListDto })
  async list(): Promise<ReceiptKindListDto> {
    return { items: (await this.kinds.list()).map(ReceiptKindSummaryDto.of) };
  }

  @Get(':name')
  @Access('operator', 'receipts.issue')
  @ApiOperation({
    summary: 'One kind of receipt, with the configuration it was registered by',
    description: 'Without `version`, the present one; documents name theirs as `kindVersion`.',
  })
  @ApiQuery({ name: 'version', required: false })
  @ApiOkResponse({ type: ReceiptKindDto })
  @ApiResponse({ status: 404, description: 'There is no such kind, or no such version of it' })
  show(@Param('name') name: string, @Query('version') version: string | undefined): Promise<ReceiptKindDto> {
    return this.kinds.one(name, version === undefined ? undefined : readVersion(version));
  }

  @Post()
  @HttpCode(201)
  @Access('operator')
  @ApiOperation({
    summary: 'Register a kind of receipt, or a new version of one',
    description: 'From this answer on every process issues, draws and verifies it; documents remember their version.',
  })
  @ApiBody({ type: ReceiptKindConfigurationDto })
  @ApiCreatedResponse({ type: RegisteredKindDto })
  @ApiResponse({ status: 409, description: 'A built-in kind has this name, or the life cycle would change' })
  @ApiResponse({ status: 422, description: 'Each wrong part of the configuration is named; nothing was stored' })
  register(@Body() body: unknown): Promise<RegisteredKindDto> {
    return this.registerKind.execute(body);
  }
}

function readVersion(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    const message = 'Give the version as a whole number from 1.';
    throw new InvalidQuery([{ field: 'version', code: 'validation.format', message }]);
  }
  return Number(text);
}
