import { ApiProperty } from '@nestjs/swagger';
import { to0x } from '../../kernel/index.js';
import { defineTextRule } from '../../platform/validation/index.js';
import { parseStatusListId } from '../../proof/index.js';
import type { ProvenVersion } from './read-status-lists.js';

const IsStatusListId = defineTextRule<true>('isStatusListId', (text) =>
  parseStatusListId(text) !== undefined
    ? null
    : {
        code: 'validation.format',
        message:
          'Give the id of a status list: the issuer’s store in lower case, -revocation- or -message-, and its number.',
      },
);

export class StatusListNameDto {
  @ApiProperty({ example: '0x5fbdb2315678afecb367f032d93f642f64180aa3-revocation-0' })
  @IsStatusListId(true)
  id!: string;
}

class StatusListAnchorDto {
  @ApiProperty({ example: 1337 })
  chainId!: number;

  @ApiProperty({ enum: ['pending', 'submitted', 'anchored', 'confirmed', 'final'] })
  state!: string;

  @ApiProperty({ type: String, nullable: true })
  transactionHash!: string | null;
}

class StatusListProofDto {
  @ApiProperty({ format: 'uuid' })
  batchId!: string;

  @ApiProperty({ description: '`0x` and 64 hex digits' })
  root!: string;

  @ApiProperty()
  batchSize!: number;

  @ApiProperty()
  leafIndex!: number;

  @ApiProperty({ type: [String], description: 'From the leaf to the root, lowest first' })
  hashes!: string[];

  @ApiProperty({ type: [StatusListAnchorDto] })
  anchors!: StatusListAnchorDto[];
}

class StatusListVersionDto {
  @ApiProperty({ description: 'Counts changes of the content, from 1' })
  version!: number;

  @ApiProperty({ description: 'Digest of the list’s id and bits: what is anchored of it' })
  leaf!: string;

  @ApiProperty({ format: 'date-time', description: 'When the list first said this' })
  firstAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Until when what was signed last is good for' })
  lastUntil!: string;

  @ApiProperty({
    type: StatusListProofDto,
    nullable: true,
    description:
      'Null while it waits for its batch, and of a list in which every document is in force: it is not anchored',
  })
  proof!: StatusListProofDto | null;
}

export class StatusListVersionsDto {
  @ApiProperty({ type: [StatusListVersionDto], description: 'The newest first' })
  versions!: StatusListVersionDto[];

  static of(versions: readonly ProvenVersion[]): StatusListVersionsDto {
    return { versions: versions.map(versionOf) };
  }
}

function versionOf({ version, leaf, firstAt, lastUntil, proof }: ProvenVersion): StatusListVersionDto {
  return {
    version,
    leaf: to0x(leaf),
    firstAt: firstAt.toISOString(),
    lastUntil: lastUntil.toISOString(),
    proof: proof?.state === 'sealed' ? proofOf(proof) : null,
  };
}

function proofOf(proof: Extract<ProvenVersion['proof'], { state: 'sealed' }>): StatusListProofDto {
  const { batchId, root, batchSize, leafIndex, proof: hashes, anchors } = proof;
  return {
    ...{ batchId, root: to0x(root), batchSize, leafIndex, hashes: hashes.map(to0x) },
    anchors: anchors.map(({ chainId, state, transactionHash }) => ({ chainId, state, transactionHash })),
  };
}
