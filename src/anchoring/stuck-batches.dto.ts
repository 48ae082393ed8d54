import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { formatEther } from 'ethers';
import { toChinaTime } from '../kernel/index.js';
import { defineTextRule, Optional } from '../platform/validation/index.js';
import { type GasAccount, gasTodo, isShort } from './gas-accounts.js';
import type { StuckAnchor } from './stuck-batches.repository.js';
import type { StuckReason } from './stuck-reasons.js';

const LONGEST = 31_536_000;
const IsSeconds = defineTextRule<true>('isSeconds', (text) =>
  /^(0|[1-9]\d{0,7})$/.test(text) && Number(text) <= LONGEST
    ? null
    : { code: 'validation.format', message: `Give seconds, from 0 to ${LONGEST}.` },
);

export class StuckBatchesQueryDto {
  @ApiPropertyOptional({ description: 'Seconds since the batch was sealed; 300 unless told', example: '300' })
  @Optional()
  @IsSeconds(true)
  minAge?: string;
}

export class StuckAttemptDto {
  @ApiProperty({ description: 'Of the transaction' })
  readonly hash!: string;

  @ApiProperty()
  readonly nonce!: number;

  @ApiProperty({ description: 'From 1; each further one has the same nonce and higher fees' })
  readonly attempt!: number;

  @ApiProperty({ description: 'In wei' })
  readonly maxFeePerGas!: string;

  @ApiProperty({ description: 'In wei' })
  readonly maxPriorityFeePerGas!: string;

  @ApiProperty({ format: 'date-time' })
  readonly signedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When a node was last given it' })
  readonly broadcastAt!: string | null;
}

export class StuckBatchDto {
  @ApiProperty({ format: 'uuid' })
  readonly issuerId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly batchId!: string;

  @ApiProperty({ example: 31337 })
  readonly chainId!: number;

  @ApiProperty({ enum: ['pending', 'submitted'] })
  readonly state!: string;

  @ApiProperty({ description: 'Entries that wait with it' })
  readonly documents!: number;

  @ApiProperty({ format: 'date-time' })
  readonly sealedAt!: string;

  @ApiProperty({ description: 'Whole seconds since then' })
  readonly waitingSeconds!: number;

  @ApiProperty({ description: 'A stable code', example: 'chain.transaction-refused: insufficient-funds' })
  readonly reason!: string;

  @ApiProperty({ description: 'What the code means' })
  readonly why!: string;

  @ApiProperty({ description: 'What to do about it' })
  readonly todo!: string;

  @ApiProperty({ type: StuckAttemptDto, nullable: true, description: 'The newest transaction that was to carry it' })
  readonly attempt!: StuckAttemptDto | null;

  static of(anchor: StuckAnchor, reason: StuckReason, now: Date): StuckBatchDto {
    const { issuerId, batchId, chainId, state, documents, attempt, sealedAt } = anchor;
    return {
      ...{ issuerId, batchId, chainId, state, documents },
      sealedAt: toChinaTime(sealedAt),
      waitingSeconds: Math.floor((now.getTime() - sealedAt.getTime()) / 1_000),
      reason: reason.code,
      why: reason.why,
      todo: reason.todo,
      attempt: attempt && {
        ...attempt,
        signedAt: toChinaTime(attempt.signedAt),
        broadcastAt: attempt.broadcastAt && toChinaTime(attempt.broadcastAt),
      },
    };
  }
}

/** One of our accounts on one chain, and whether it can pay. */
export class GasAccountDto {
  @ApiProperty({ example: 31337 })
  readonly chainId!: number;

  @ApiProperty({ enum: ['relayer', 'admin'], description: 'Relayers anchor; the admin revokes, and deploys stores' })
  readonly role!: GasAccount['role'];

  @ApiProperty({ example: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' })
  readonly address!: string;

  @ApiProperty({
    ...{ type: String, nullable: true, example: '0.25' },
    description: 'What it has, in the chain’s own coin; null when the chain cannot be asked',
  })
  readonly balance!: string | null;

  @ApiProperty({
    ...{ type: String, nullable: true, example: '0.021' },
    description: 'What its next transaction may cost at today’s price; null when the chain cannot be asked',
  })
  readonly needed!: string | null;

  @ApiProperty({ type: Boolean, nullable: true, description: 'Null when the chain cannot be asked' })
  readonly isEnough!: boolean | null;

  @ApiProperty({ type: String, nullable: true, description: 'What to do; null when nothing is to be done' })
  readonly todo!: string | null;

  static of(account: GasAccount): GasAccountDto {
    const { chainId, role, address, balance, needed } = account;
    const short = isShort(account);
    return {
      ...{ chainId, role, address },
      balance: balance === null ? null : formatEther(balance),
      needed: needed === null ? null : formatEther(needed),
      isEnough: short === null ? null : !short,
      todo: gasTodo(account),
    };
  }
}

export class StuckBatchesDto {
  @ApiProperty({ type: [StuckBatchDto], description: 'At most 500, the longest waiting first; empty when all is well' })
  readonly items!: readonly StuckBatchDto[];

  @ApiProperty({ type: [GasAccountDto], description: 'Who pays for transactions on each chain, and whether they can' })
  readonly accounts!: readonly GasAccountDto[];
}
