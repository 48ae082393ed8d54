import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../platform/http/index.js';
import { ReceiptKindConfigurationDto } from './receipt-kind-configuration.dto.js';
import { RegisteredKindDto } from './receipts.dto.js';
import { RegisterReceiptKind } from './register-receipt-kind.js';

@ApiTags('receipts')
@Controller('v1/receipt-kinds')
export class ReceiptKindsController {
  constructor(private readonly registerKind: RegisterReceiptKind) {}

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
