import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Clock, formatAmount, parseAmount, toChinaDate, toChinaTime } from '../kernel/index.js';
import { Access, CurrentPrincipal, InvalidRequest, PathId, validated, type Principal } from '../platform/http/index.js';
import {
  AllowanceDto,
  DrawBlockDto,
  NumberBlockDto,
  NumberBlockListDto,
  SetAllowanceDto,
} from './invoice-limits.dto.js';
import { InvoiceLimits, type DrawnBlock } from './invoice-limits.js';

@ApiTags('invoices')
@Controller('v1')
export class InvoiceLimitsController {
  constructor(
    private readonly limits: InvoiceLimits,
    private readonly clock: Clock,
  ) {}

  @Get('invoice-allowance')
  @Access('invoices.issue')
  @ApiOperation({ summary: 'What you may still issue this month (授信额度)' })
  @ApiOkResponse({ type: AllowanceDto })
  async allowance(@CurrentPrincipal() { ownerId }: Principal): Promise<AllowanceDto> {
    const allowance = await this.limits.allowance(ownerId);
    if (allowance === null) {
      return { month: toChinaDate(this.clock.now()).slice(0, 7) };
    }
    const { month, monthlyTotal, used } = allowance;
    const available = monthlyTotal > used ? monthlyTotal - used : 0n;
    return {
      month,
      monthlyTotal: formatAmount(monthlyTotal),
      used: formatAmount(used),
      available: formatAmount(available),
    };
  }

  @Put('issuers/:id/invoice-allowance')
  @HttpCode(204)
  @Access('operator')
  @ApiOperation({ summary: 'Set what an issuer may issue in a month' })
  @ApiBody({ type: SetAllowanceDto })
  @ApiNoContentResponse()
  async setAllowance(
    @Param('id', PathId) issuerId: string,
    @Body(validated(SetAllowanceDto)) { monthlyTotal }: SetAllowanceDto,
  ): Promise<void> {
    const total = parseAmount(monthlyTotal);
    if (total < 0n) {
      throw new InvalidRequest([
        { field: 'monthlyTotal', code: 'validation.format', message: 'Give an amount of 0.00 or more.' },
      ]);
    }
    await this.limits.setAllowance(issuerId, total);
  }

  @Post('invoice-number-blocks')
  @HttpCode(201)
  @Access('invoices.issue')
  @ApiOperation({
    summary: 'Draw a block of invoice numbers (领票)',
    description: 'Who has drawn one issues under drawn numbers only, and gets 409 when they are used up.',
  })
  @ApiBody({ type: DrawBlockDto })
  @ApiCreatedResponse({ type: NumberBlockDto })
  @ApiResponse({ status: 409, description: 'This year’s series has not so many numbers left' })
  async draw(
    @CurrentPrincipal() { ownerId }: Principal,
    @Body(validated(DrawBlockDto)) { scheme, count }: DrawBlockDto,
  ): Promise<NumberBlockDto> {
    return blockDto(await this.limits.draw(ownerId, scheme ?? 'shudian', count));
  }

  @Get('invoice-number-blocks')
  @Access('invoices.issue')
  @ApiOperation({ summary: 'The blocks you have drawn, newest first' })
  @ApiOkResponse({ type: NumberBlockListDto })
  async blocks(@CurrentPrincipal() { ownerId }: Principal): Promise<NumberBlockListDto> {
    return { blocks: (await this.limits.drawn(ownerId)).map(blockDto) };
  }
}

function blockDto({ drawnAt, ...block }: DrawnBlock): NumberBlockDto {
  return { ...block, drawnAt: toChinaTime(drawnAt) };
}
