import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../kernel/index.js';
import { Chains } from '../platform/chain/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Access, validated } from '../platform/http/index.js';
import { GasAccounts } from './gas-accounts.js';
import { GasAccountDto, StuckBatchDto, StuckBatchesDto, StuckBatchesQueryDto } from './stuck-batches.dto.js';
import { StuckBatchesRepository } from './stuck-batches.repository.js';
import { stuckReason } from './stuck-reasons.js';

const DEFAULT_AGE_SECONDS = 300;
const MOST = 500;

@ApiTags('batches')
@Controller('v1/stuck-batches')
export class StuckBatchesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stuck: StuckBatchesRepository,
    private readonly chains: Chains,
    private readonly gas: GasAccounts,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Access('operator')
  @ApiOperation({
    summary: 'Batches that a chain does not hold though it should by now, with why and what to do',
    description:
      'Of all issuers, once for each chain. Documents are issued and served all the same; they wait for their anchor.',
  })
  @ApiOkResponse({ type: StuckBatchesDto })
  async list(@Query(validated(StuckBatchesQueryDto)) { minAge }: StuckBatchesQueryDto): Promise<StuckBatchesDto> {
    const now = this.clock.now();
    const sealedBefore = new Date(now.getTime() - Number(minAge ?? DEFAULT_AGE_SECONDS) * 1_000);
    const found = await this.unitOfWork.run((tx) => this.stuck.find(tx, sealedBefore, MOST));
    const accounts = await this.gas.all();
    const isConfigured = (chainId: number): boolean => this.chains.find(chainId) !== undefined;
    return {
      items: found.map((anchor) =>
        StuckBatchDto.of(anchor, stuckReason(anchor, isConfigured(anchor.chainId), accounts), now),
      ),
      accounts: accounts.map((account) => GasAccountDto.of(account)),
    };
  }
}
